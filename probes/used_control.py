"""Names a control that the citizen used, so that a picture can show it outlined."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class UsedControl:
    """The words by which a control was found, as ``CitizenBrowser.click`` takes them."""

    selector: str
    within: str = ""
    text: str = ""

    def spelled(self) -> list[str]:
        """Return the three words for a question to the page."""
        return [self.selector, self.within, self.text]
