"""What a citizen can do on a portal, as verbs; each portal says how, the probes say what for."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import date
from enum import StrEnum
from typing import Protocol

from pydantic import Field

from domain.entrance import ENTRANCE_TITLES_ZH, EntranceKind
from domain.failure import FailureReason
from domain.frozen import Frozen
from portals.site import Site


class NotOffered(Exception):  # noqa: N818 - it is a fact about the portal, not an error
    """The portal has no such service: the probe is not applicable."""


class Obstacle(Exception):  # noqa: N818 - it is what the citizen met, and becomes data
    """The citizen cannot go on; ``reason`` decides blame through the table in domain/failure.py."""

    def __init__(self, reason: FailureReason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class LoginAsked(Obstacle):
    """A page asks for a login before it shows what was asked for; without an account the way ends here."""

    def __init__(self, kind: EntranceKind) -> None:
        super().__init__(FailureReason.LOGIN_REQUIRED, f"需要登录才能查看（{ENTRANCE_TITLES_ZH[kind]}）")
        self.kind = kind


class Account(Frozen):
    """A synthetic test account; never a real person's."""

    username: str = Field(repr=False)
    password: str = Field(repr=False)


class UploadFile(Frozen):
    """A small file that a citizen would choose for a material; made up, never a real document."""

    name: str
    media_type: str
    content: bytes
    padded_to_bytes: int = 0  # a larger file ends in so many zero bytes, which take no room on a disk


class ShownFact(Frozen):
    """One label of a guide with the text that is displayed beside it; hidden text is not displayed."""

    label: str
    text: str
    place: str = ""  # where the text stands, in the browser's own words; "" = cannot be pointed at


class FactPlan(Frozen):
    """Where labels and values stand on a guide page; CSS selectors, "" = the page has no such thing.

    The value of a label is what follows it in the same parent; a column's values are the cells under its heading.
    """

    label: str
    column: str = ""
    law: str = ""  # names of laws, which have no label of their own
    material: str = ""  # names of materials in a plain list
    toggle: str = ""  # buttons that unfold text, whose own words belong to no value


class FetchedFile(Frozen):
    """A file that the browser fetched."""

    url: str
    status: int
    media_type: str
    content: bytes
    cut: bool = False  # longer than what was asked for


class CitizenBrowser(Protocol):
    """What a citizen does with a browser; selectors are CSS, every wait is bounded and raises ``Obstacle``."""

    @property
    def url(self) -> str: ...

    def open(self, url: str) -> int | None:
        """Go to an address and return the HTTP status; raise ``Obstacle`` for a failed load or a notice page."""
        ...

    def click(self, selector: str, *, within: str | None = None, text: str | None = None) -> None: ...

    def fill(self, selector: str, value: str, *, secret: bool = False) -> None: ...

    def choose(self, selector: str, value: str) -> None: ...

    def keep_secret(self, text: str) -> None:
        """Treat a text that a page shows as confidential: cover it in pictures, scrub it from what is kept."""
        ...

    def upload(self, selector: str, file: UploadFile) -> None: ...

    def wait_for(self, *selectors: str) -> str:
        """Wait until one of the selectors, plain CSS here, is visible and return it."""
        ...

    def wait_for_change(self, selector: str, before: str) -> str:
        """Wait until the first match shows another text than before, or is gone, and return the new text."""
        ...

    def changes_within(self, selector: str, before: str, wait_ms: int) -> bool:
        """Say whether the first match shows another text than before, or is gone, within a time."""
        ...

    def take_alert(self) -> str:
        """Return what the page said in popups since the last call, "" for nothing; each was dismissed at once."""
        ...

    @property
    def withheld(self) -> int:
        """Data requests of this page that the guard did not let out."""
        ...

    def settle(self) -> None:
        """Wait until the page has loaded and its address no longer changes; raise ``Obstacle`` for a notice page."""
        ...

    def check_data(self) -> None:
        """Raise the ``Obstacle`` behind a data request of this page that failed, where there is one."""
        ...

    def count(self, selector: str) -> int: ...

    def text(self, selector: str) -> str:
        """Visible text of the first match, "" when there is none."""
        ...

    def rows(self, selector: str, parts: dict[str, str]) -> list[dict[str, str]]:
        """For each match, the text of each part; ``part@name`` reads an attribute, ``@name`` one of the match.

        A part ``^selector`` is the nearest enclosing element. What is missing reads "". An attribute without a value
        reads as its own name; ``@value`` and ``@checked`` read what a form control holds now,
        ``@bubble`` what the browser itself says to it.
        """
        ...

    def unfold(self, toggle: str, word: str) -> int:
        """Press every visible button with this word in it, also those that appear then; return how many."""
        ...

    def shown_facts(self, plan: FactPlan, labels: Iterable[str]) -> tuple[ShownFact, ...]:
        """Read these labels with what is displayed beside them, in the order of the page."""
        ...

    def fetch_file(self, url: str, *, bytes_max: int) -> FetchedFile:
        """Fetch a file as the pages of its own host could; the tab may move to that host. Raises ``Obstacle``."""
        ...

    def expect_new_page(self) -> AbstractContextManager[None]:
        """Follow the next page that a click opens in a new tab, if it does."""
        ...

    def expect_answer(self) -> AbstractContextManager[None]:
        """Wait until what an action asks the portal for has come: another page, or data for the one that is open."""
        ...


class SearchHit(Frozen):
    """One search result in the order shown; ``code`` is "" where the result links elsewhere."""

    rank: int
    title: str
    department: str
    code: str
    url: str


class GuidePage(Frozen):
    """What the opened guide page offers."""

    title: str
    online_entry: bool
    booking_entry: bool


class ShownGuide(Frozen):
    """A guide as its page displays it, everything unfolded."""

    title: str
    facts: tuple[ShownFact, ...]


class Entrance(Frozen):
    """Where 在线办理 leads (methodology.md §3.2: FORM, LOGIN_UNIFIED, EXTERNAL_OK, APP_ONLY, NOT_OPEN …)."""

    kind: EntranceKind
    url: str
    login_ways: int | None = None  # ways to log in that a login page shows
    asks_login: bool | None = None  # the page asks for a login; None: it does not tell
    refused: bool = False  # a login page that says that the account may not enter


class FormPage(Frozen):
    """One page of the unified application form."""

    title: str
    fields: int
    required: int
    prefilled: int
    uploads: int
    limits_told: bool  # formats and sizes are named before the upload
    last: bool  # the confirm page: the submit button is here, and nobody touches it
    progress_entry: bool = False  # a way to 办件进度查询 is shown
    prefillable: int = 0  # fields whose answer the login already knows
    common_formats: bool | None = None  # jpg, png and pdf of at least 5 MB are taken; None: no upload, or no size told
    rating_entry: bool = False  # a way to 好差评 is shown; it is looked at, never followed
    draft: bool = False  # a control to keep a draft is shown, or the page says that it keeps one
    licence: bool = False  # an e-licence or 免提交 can be picked in place of a file
    receipt: bool = False  # a receipt or number is promised
    messages: bool = False  # a message service about the case is offered
    deliveries: tuple[str, ...] = ()  # ways to get the result that can be chosen here
    situations: int = 0  # situations of the service that can be chosen here


class FilledForm(Frozen):
    """What was put into one page: the texts typed, the choices taken and the files chosen."""

    texts: tuple[str, ...] = ()
    choices: int = 0
    uploads: int = 0

    @property
    def chars(self) -> int:
        """Characters typed."""
        return sum(len(text) for text in self.texts)


class FormFault(StrEnum):
    """A wrong answer that is put on purpose, to hear what the form says (methodology.md §5, error probing)."""

    EMPTY_REQUIRED = "empty_required"
    WRONG_CHECK_DIGIT = "wrong_check_digit"
    WRONG_TYPE = "wrong_type"
    TOO_LARGE = "too_large"


class FormComplaint(Frozen):
    """What a form says to a wrong answer, before anything is sent.

    ``checked`` is false where the page took the answer or turned to its server: what that would say is not observed.
    """

    fault: FormFault
    field: str  # label
    checked: bool
    message: str = ""
    at_field: bool = False
    alert: bool = False  # said in a popup


class DeskLink(Frozen):
    """A card or link in an answer; ``url`` as the page has it, perhaps relative."""

    title: str
    url: str


class DeskAnswer(Frozen):
    """What 智能客服 answered at last: its words, links and choices, after how many turns.

    ``seconds`` from sending to the answer, of the slowest turn.
    """

    text: str
    links: tuple[DeskLink, ...] = ()
    buttons: tuple[str, ...] = ()
    seconds: float
    turns: int = 1


class SlotDay(Frozen):
    """One day of a booking calendar."""

    day: date
    free: int
    slots: int


class ThemeLink(Frozen):
    """One item that a themed service brings together."""

    title: str
    url: str


class ThemePage(Frozen):
    """What the page of a themed service (主题式服务, 一件事) offers; addresses are as shown, each once."""

    title: str
    linked: tuple[ThemeLink, ...]
    guides: tuple[str, ...]  # merged guides of the service as a whole
    forms: tuple[str, ...]  # ways into the joint application


class CitizenSite(Protocol):
    """The browser side of a portal. A verb that the portal lacks raises ``NotOffered``."""

    def search(self, browser: CitizenBrowser, site: Site, keyword: str, *, region: str = "") -> tuple[SearchHit, ...]:
        """Type a keyword where a citizen of the region does and read the first page of results.

        ``region`` is a GB/T 2260 code; "" and a portal without regional pages: the portal's usual page.
        """
        ...

    def open_guide(self, browser: CitizenBrowser, site: Site, code: str) -> GuidePage: ...

    def read_guide_page(self, browser: CitizenBrowser, site: Site, code: str) -> ShownGuide:
        """Open a guide, unfold whatever is folded, and read labels with values as displayed."""
        ...

    def print_address(self, site: Site, code: str) -> str:
        """Return the address of the guide's print (PDF)."""
        ...

    def start_application(self, browser: CitizenBrowser, site: Site) -> Entrance:
        """Press 在线办理 on the open guide page."""
        ...

    def sign_in(self, browser: CitizenBrowser, site: Site, account: Account) -> Entrance: ...

    def read_form(self, browser: CitizenBrowser, site: Site) -> FormPage: ...

    def fill_form(self, browser: CitizenBrowser, site: Site) -> FilledForm:
        """Fill what is required on this page with synthetic values."""
        ...

    def provoke(self, browser: CitizenBrowser, site: Site, fault: FormFault) -> FormComplaint | None:
        """Answer one field of the open page wrongly, read what the page says and put the answer right.

        ``None`` where the page has no field for it. The page is the same one afterwards.
        """
        ...

    def next_form_page(self, browser: CitizenBrowser, site: Site) -> None: ...

    def open_progress(self, browser: CitizenBrowser, site: Site) -> None:
        """From the confirm page, follow the link to 办件进度查询 without asking anything there."""
        ...

    def ask(self, browser: CitizenBrowser, site: Site, question: str) -> DeskAnswer:
        """Put one question to 智能客服 in a fresh conversation."""
        ...

    def reply(self, browser: CitizenBrowser, site: Site, asked_back: DeskAnswer, choice: str) -> DeskAnswer:
        """Press one of the choices that the desk's answer offers."""
        ...

    def open_booking(self, browser: CitizenBrowser, site: Site, code: str) -> tuple[SlotDay, ...]:
        """Press 预约 and read the calendar; raise ``LoginAsked`` when a login stands before it."""
        ...

    def read_calendar(self, browser: CitizenBrowser, site: Site) -> tuple[SlotDay, ...]:
        """Read the calendar of the open booking page; raise ``LoginAsked`` when that is still a login page."""
        ...

    def pass_login(self, browser: CitizenBrowser, site: Site, account: Account) -> None:
        """Sign in at the unified login that is open, whatever lies behind it."""
        ...

    def list_themes(self, browser: CitizenBrowser, site: Site) -> tuple[SearchHit, ...]:
        """Read the portal's list of themed services."""
        ...

    def open_theme(self, browser: CitizenBrowser, site: Site, code: str) -> ThemePage: ...

    def open_theme_link(self, browser: CitizenBrowser, site: Site, url: str) -> None:
        """Open what a theme page links to; raise ``Obstacle`` when a citizen finds nothing there."""
        ...

    def start_theme(self, browser: CitizenBrowser, site: Site, url: str) -> Entrance:
        """Follow a way into the joint application of a themed service."""
        ...
