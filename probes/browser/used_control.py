"""Names a control that the citizen used, so that a picture can show it outlined."""

from dataclasses import dataclass

FIND_CONTROL = """(selector, within, text) => {
  const plain = words => words.replace(/\\s+/g, ' ').trim().toLowerCase();
  const seen = one => one.checkVisibility({visibilityProperty: true}) && one.getClientRects().length > 0;
  try {
    const place = within ? document.querySelector(within) : document;
    const wanted = plain(text);
    return place && [...place.querySelectorAll(selector)].find(one =>
      seen(one) && (!wanted || plain(one.textContent || '').includes(wanted))) || null;
  } catch { return null; }
}"""
"""Find the first visible match as Playwright's locators do; ``null`` for none and for words that those alone know."""


@dataclass(frozen=True, kw_only=True)
class UsedControl:
    """The words by which a control was found, as ``CitizenBrowser.click`` takes them."""

    selector: str
    within: str = ""
    text: str = ""

    def spelled(self) -> list[str]:
        """Return the three words for a question to the page."""
        return [self.selector, self.within, self.text]
