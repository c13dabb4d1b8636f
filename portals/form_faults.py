"""Answers a form wrongly on purpose and reads what it says, before anything is sent (methodology.md §5)."""

from collections.abc import Mapping

from domain.failure import FailureReason
from portals.citizen import CitizenBrowser, FormComplaint, FormFault, Obstacle, UploadFile
from portals.form_reading import Row, is_required, read_rows, read_state, title_place
from portals.form_words import PRAISE, size_limit_kb
from portals.synthetic_identity import ID_CHECKS, NOBODY
from portals.upload_samples import too_large_file, wrong_type_file

STILL_MS = 100  # a page that is fetching the next one is waited for as long as it fetches
REACTION_MS = 800  # a page that says nothing within this time after a click says nothing
PLACE = "body"
MESSAGE_LENGTH_MAX = 200
Selectors = Mapping[str, str]


def provoke_fault(browser: CitizenBrowser, selectors: Selectors, fault: FormFault) -> FormComplaint | None:
    """Put one wrong answer, read the complaint and put the answer right; ``None`` where the page has no such field."""
    if fault is FormFault.EMPTY_REQUIRED:
        return leave_empty(browser, selectors)
    if fault is FormFault.WRONG_CHECK_DIGIT:
        return spoil_identity(browser, selectors)
    return choose_wrong_file(browser, selectors, fault)


def leave_empty(browser: CitizenBrowser, selectors: Selectors) -> FormComplaint | None:
    """Go on without an answer to a required field: one that is still empty, or else one that came filled."""
    if not read_state(browser, selectors)["next"]:
        return None
    rows = read_rows(browser, selectors)
    required = [at for at, row in enumerate(rows) if is_required(row) and can_be_empty(row)]
    if not required:
        return None
    at = next((at for at in required if not rows[at]["value"]), required[0])
    return press_on(browser, selectors, FormFault.EMPTY_REQUIRED, at, "")


def can_be_empty(row: Row) -> bool:
    """Say whether a row can be left without an answer: a text field always, a choice or list while none is taken."""
    return bool(row["name"] or (row["choice"] and not row["taken"]) or (row["list"] and not row["picked"]))


def spoil_identity(browser: CitizenBrowser, selectors: Selectors) -> FormComplaint | None:
    """Go on with an identity number whose check character is wrong."""
    if not read_state(browser, selectors)["next"]:
        return None
    rows = read_rows(browser, selectors)
    asked = (
        at for at, row in enumerate(rows) if row["name"] and ("身份证" in row["label"] or "证件号" in row["label"])
    )
    at = next(asked, None)
    return None if at is None else press_on(browser, selectors, FormFault.WRONG_CHECK_DIGIT, at, wrong_number())


def wrong_number() -> str:
    """Return an identity number of nobody with a wrong check character (GB 11643-1999)."""
    right = NOBODY.id_number[-1]
    return NOBODY.id_number[:-1] + ID_CHECKS[(ID_CHECKS.index(right) + 1) % len(ID_CHECKS)]


def press_on(browser: CitizenBrowser, selectors: Selectors, fault: FormFault, at: int, answer: str) -> FormComplaint:
    """Type a wrong answer, press 下一步, read what is said, come back if the page went on, and put the answer right."""
    row = read_rows(browser, selectors)[at]
    if row["value"] != answer:
        browser.fill(text_field(selectors, row), answer, secret=bool(answer))
    state = read_state(browser, selectors)
    title = state["title"]
    heard = listen(browser, selectors, at)
    browser.click(f"{selectors['form_root']} {selectors['form_next']}")
    complaint = heard.complaint(fault)
    browser.changes_within(title_place(selectors, state), title, STILL_MS)
    if read_state(browser, selectors)["title"] != title:
        complaint = FormComplaint(fault=fault, field=row["label"], checked=False)
        come_back(browser, selectors, title)
    if row["value"] != answer:
        browser.fill(text_field(selectors, row), row["value"], secret=True)
    return complaint


def text_field(selectors: Selectors, row: Row) -> str:
    """Return the selector of a row's text field."""
    return f"{selectors['form_text']}[name='{row['name']}']"


def come_back(browser: CitizenBrowser, selectors: Selectors, title: str) -> None:
    """Return to the page that a wrong answer should not have left; raise ``Obstacle`` when there is no way back."""
    if browser.count(selectors["login_name"]):
        raise Obstacle(FailureReason.SESSION_LOST, "填写途中被退回登录页")
    state = read_state(browser, selectors)
    if state["previous"]:
        browser.click(f"{selectors['form_root']} {selectors['form_previous']}")
        browser.wait_for_change(selectors["form_root"], state["text"])
    else:
        browser.open(browser.url)
        browser.wait_for(selectors["form_page"])
    if read_state(browser, selectors)["title"] != title:
        raise Obstacle(FailureReason.LAYOUT_CHANGED, "试填错误内容后未能回到原页")


def choose_wrong_file(browser: CitizenBrowser, selectors: Selectors, fault: FormFault) -> FormComplaint | None:
    """Choose a file of a wrong type or of too many bytes in the page's first upload."""
    rows = read_rows(browser, selectors)
    at = next((at for at, row in enumerate(rows) if row["file"]), None)
    if at is None:
        return None
    heard = listen(browser, selectors, at)
    browser.upload(f"[id='{rows[at]['file']}']", wrong_file(fault, rows[at]))
    return heard.complaint(fault)


def wrong_file(fault: FormFault, row: Row) -> UploadFile:
    """Return the file that a field ought to refuse."""
    if fault is FormFault.WRONG_TYPE:
        return wrong_type_file()
    return too_large_file(row["accept"] or row["hint"], size_limit_kb(row["hint"]))


class Listener:
    """Remembers how the page reads before a wrong answer, to tell afterwards what it says to it."""

    def __init__(self, browser: CitizenBrowser, selectors: Selectors, at: int) -> None:
        self._browser = browser
        self._selectors = selectors
        self._at = at
        self._row = read_rows(browser, selectors)[at]
        self._page = browser.text(PLACE)
        self._withheld = browser.withheld
        browser.take_alert()

    def complaint(self, fault: FormFault) -> FormComplaint:
        """Wait for a reaction and read it."""
        changed = self._browser.changes_within(PLACE, self._page, REACTION_MS)
        alert = self._browser.take_alert()
        if self._browser.withheld > self._withheld:
            return FormComplaint(fault=fault, field=self._row["label"], checked=False)
        near, message = self._read(changed=changed)
        if alert and message not in alert and alert not in message:
            near, message = False, ""  # what changed beside a popup, a hint that came back, is not the complaint
        if PRAISE.search(message):
            return FormComplaint(fault=fault, field=self._row["label"], checked=False)
        return FormComplaint(
            fault=fault,
            field=self._row["label"],
            # A file taken without a word may still be refused by the server; a 下一步 that does nothing was refused.
            checked=bool(alert or message) or fault in (FormFault.EMPTY_REQUIRED, FormFault.WRONG_CHECK_DIGIT),
            message=message or alert,
            at_field=near,
            alert=bool(alert),
        )

    def _read(self, *, changed: bool) -> tuple[bool, str]:
        """Return whether the message stands at the field, and the message; the browser's own bubble points at it."""
        rows = read_rows(self._browser, self._selectors)[self._at :]
        if rows and rows[0]["bubble"]:
            return True, rows[0]["bubble"]
        if not changed:
            return False, ""
        beside = new_lines(self._row["text"], rows[0]["text"]) if rows else ""
        return (True, beside) if beside else (False, new_lines(self._page, self._browser.text(PLACE)))


def listen(browser: CitizenBrowser, selectors: Selectors, at: int) -> Listener:
    """Begin to listen to what the page says about the row at a place."""
    return Listener(browser, selectors, at)


def new_lines(before: str, after: str) -> str:
    """Return the lines that were not there before."""
    known = set(before.splitlines())
    return " ".join(line.strip() for line in after.splitlines() if line not in known and line.strip())[
        :MESSAGE_LENGTH_MAX
    ]
