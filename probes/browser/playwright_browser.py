"""The citizen's browser over Playwright: bounded waits, and every trouble named through the one failure table."""

import base64
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Locator, Page
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from domain.failure import NOTICE_LENGTH_MAX, PAGE_PATTERNS, FailureReason
from portals.citizen import FactPlan, FetchedFile, Obstacle, ShownFact, UploadFile
from probes.browser.arrival import PAGE_FACTS, PageFacts, explain_arrival, is_garbled
from probes.browser.browser_settings import BrowserSettings
from probes.browser.document_trail import DocumentTrail
from probes.browser.hung_page import require_answering
from probes.browser.named_trouble import named_trouble, read_trouble
from probes.browser.page_reader import ANSWER_MS, POLL_MS, PageReader
from probes.browser.page_scripts import COUNT, FORGET, NOTICE, READ_ROWS, VISIBLE_TEXT, WAIT_FOR, WAIT_FOR_CHANGE
from probes.browser.page_traffic import PageTraffic
from probes.browser.popups import Popups
from probes.browser.shown_scripts import FACT_MARK, FETCH_FILE, PAGE_SOURCE, SHOWN_FACTS, TIMEOUT, UNFOLD
from probes.browser.upload_shelf import path_of
from probes.browser.used_control import UsedControl
from probes.safety.control_words import CONTROL_TEXTS, FIND_AND_READ, ControlMeaning, meaning_of

STILL_MS = 60  # an address that has not changed for so long is where the citizen has arrived
NEW_PAGE_WAIT_MS = 500
PATIENCE_MS = 20_000  # a form page over 15 s is slow (methodology.md §5), and has to be seen to come all the same
UNFOLD_ROUNDS = 3  # what unfolds may hold something folded
WORDS_LENGTH_MAX = 60
NOTICES = [pattern.expression.pattern for pattern in PAGE_PATTERNS]


class PlaywrightBrowser:
    """Implements ``portals.citizen.CitizenBrowser`` on one context; counts what the citizen had to do."""

    def __init__(
        self,
        context: BrowserContext,
        settings: BrowserSettings,
        *,
        entrances: frozenset[str] = frozenset(),
        refuse: Callable[[str, str], None] | None = None,
    ) -> None:
        """``entrances`` are selectors that may lead in by words such as 预约; ``refuse`` notes what was not pressed."""
        self._context = context
        self._entrances = entrances
        self._refuse = refuse
        self._settings = settings
        self.clicks = 0
        self.chars_typed = 0
        self.secrets: set[str] = set()
        self._popups = Popups()
        self.trail = DocumentTrail(context)
        self.used: list[UsedControl] = []  # filled or chosen since the last picture of this page
        self.on_press: Callable[[UsedControl, bool], None] | None = None  # before a press; it may lead on
        self._asked = ""
        self._follow(context.new_page())

    @property
    def page(self) -> Page:
        """The tab in front."""
        return self._page

    @property
    def reader(self) -> PageReader:
        """Questions to the tab in front."""
        return self._reader

    @property
    def url(self) -> str:
        return self._page.url

    def open(self, url: str) -> int | None:
        """Go to an address and return the HTTP status; raise ``Obstacle`` for a failed load or a notice page."""
        self._asked = url
        try:
            with named_trouble("打开页面"):
                response = self._page.goto(url, wait_until="domcontentloaded", timeout=self._settings.load_ms)
        except Obstacle as obstacle:
            if obstacle.reason is FailureReason.TIMEOUT:
                self._reader.stop_loading()
                require_answering(self._page)
            raise
        status = response.status if response is not None else None
        self._raise_for_page(status)
        return status

    def click(self, selector: str, *, within: str | None = None, text: str | None = None) -> None:
        """Click the first visible match, if need be inside another element or with this text in it."""
        place = self._page.locator(within).first.locator(selector) if within else self._page.locator(selector)
        target = (place.filter(has_text=text) if text else place).filter(visible=True).first
        control = UsedControl(selector=selector, within=within or "", text=text or "")
        self._act(selector, lambda: self._announce(control, target))
        self._act(selector, target.click)
        self.clicks += 1

    def fill(self, selector: str, value: str, *, secret: bool = False) -> None:
        """Type a value into a field; a secret one is masked in pictures and scrubbed from the trace."""
        if secret:
            self.keep_secret(value)
        target = self._page.locator(selector).first
        self._act(selector, lambda: target.fill(value))
        self._use(selector)
        self.chars_typed += len(value)

    def keep_secret(self, text: str) -> None:
        """Treat a text as confidential: cover it in pictures and scrub it from what is kept."""
        if text.strip():
            self.secrets.add(text.strip())

    def choose(self, selector: str, value: str) -> None:
        """Choose an option of a list by its value or its label."""
        target = self._page.locator(selector).first
        self._act(selector, lambda: target.select_option(value))
        self._use(selector)
        self.clicks += 1

    def upload(self, selector: str, file: UploadFile) -> None:
        """Choose a file in a file field; the guard still decides whether the page may send it anywhere."""
        target = self._page.locator(selector).first
        self._act(selector, lambda: target.set_input_files(path_of(file)))
        self._use(selector)
        self.clicks += 1

    def wait_for(self, *selectors: str) -> str:
        """Wait until one of the selectors is visible and return it; raise ``Obstacle`` that says why none came."""
        deadline = time.monotonic() + self._settings.wait_ms / 1000
        while (left_ms := (deadline - time.monotonic()) * 1000) > 0:
            found = self._reader.wait_until(WAIT_FOR, selectors, NOTICES, NOTICE_LENGTH_MAX, wait_ms=left_ms)
            if found is not None and found != NOTICE:
                return str(found)
            self._raise_for_page(None)
            self._reader.pause(POLL_MS)
        raise self._explain_missing(", ".join(selectors))

    def wait_for_change(self, selector: str, before: str) -> str:
        """Wait until the first match shows another text than before, or is gone, and return the new text."""
        if self._reader.wait_until(WAIT_FOR_CHANGE, selector, before, wait_ms=self._settings.wait_ms) is None:
            raise self._explain_missing(f"{selector} 的变化")
        return self.text(selector)

    def changes_within(self, selector: str, before: str, wait_ms: int) -> bool:
        """Say whether the first match shows another text than before; a data request under way is waited for."""
        started = time.monotonic()
        while (waited_ms := (time.monotonic() - started) * 1000) < (PATIENCE_MS if self._traffic.waiting else wait_ms):
            if self.text(selector) != before:
                return True
            if self._popups.said and waited_ms > STILL_MS:
                return False
            self._reader.pause(POLL_MS)
        return False

    def take_alert(self) -> str:
        """Return what the page said in popups since the last call, "" for nothing; each was dismissed at once."""
        return self._popups.take()

    @property
    def withheld(self) -> int:
        """Data requests of this page that the guard did not let out."""
        return self._traffic.withheld

    def forget_session(self) -> None:
        """Become a stranger to every site again; the values that are forgotten stay secret."""
        with named_trouble("清除会话"):
            for cookie in self._context.cookies():
                self.keep_secret(cookie.get("value", ""))
            self._context.clear_cookies()
        self._reader.ask(FORGET)

    def settle(self) -> None:
        """Wait until the page has loaded and its address no longer changes; raise ``Obstacle`` for a notice page."""
        deadline = time.monotonic() + self._settings.load_ms / 1000
        seen = None
        while self._traffic.loading or self._where() != seen:
            if time.monotonic() >= deadline:
                self._give_up_loading()
                raise Obstacle(FailureReason.TIMEOUT, "页面在限定时间内没有加载完成")
            seen = self._where()
            self._reader.pause(STILL_MS)
        self._raise_for_page(None)

    def check_data(self) -> None:
        """Raise the ``Obstacle`` behind a data request of this page that failed, where there is one."""
        failed = self._traffic.data_failure
        if failed is not None:
            raise Obstacle(failed.reason, f"页面数据请求失败：{failed.method} {failed.url}")

    def count(self, selector: str) -> int:
        """Number of matches now, visible or not."""
        return int(str(self._reader.ask(COUNT, selector)))

    def text(self, selector: str) -> str:
        """Visible text of the first match, "" when there is none."""
        rows = self.rows(selector, {"text": ""})
        return rows[0]["text"] if rows else ""

    def rows(self, selector: str, parts: dict[str, str]) -> list[dict[str, str]]:
        """Read all matches in one question to the page; see ``CitizenBrowser.rows``."""
        plan = [[name, *part.partition("@")[::2]] for name, part in parts.items()]
        found = self._reader.ask(READ_ROWS, selector, plan)
        return found if isinstance(found, list) else []

    def unfold(self, toggle: str, word: str) -> int:
        """Press every visible button with this word in it, also those that appear then; return how many."""
        pressed = 0
        for _ in range(UNFOLD_ROUNDS):
            found = int(str(self._reader.ask(UNFOLD, toggle, word)))
            if not found:
                break
            pressed += found
            self._reader.pause(POLL_MS)
        return pressed

    def shown_facts(self, plan: FactPlan, labels: Iterable[str]) -> tuple[ShownFact, ...]:
        """Read these labels with what is displayed beside them, in the order of the page."""
        found = self._reader.ask(SHOWN_FACTS, plan.model_dump(), sorted(set(labels)), FACT_MARK)
        return tuple(ShownFact.model_validate(fact) for fact in (found if isinstance(found, list) else []))

    def source(self) -> str:
        """HTML of the page as it stands now."""
        return str(self._reader.ask(PAGE_SOURCE, FACT_MARK))

    def fetch_file(self, url: str, *, bytes_max: int) -> FetchedFile:
        """Fetch a file from its own host; where the tab is elsewhere it first moves there, to the plainest page."""
        origin = origin_of(url)
        if origin_of(self._page.url) != origin:
            with named_trouble("打开文件所在网站"):
                self._page.goto(f"{origin}/robots.txt", wait_until="commit", timeout=self._settings.load_ms)
        answer = self._reader.ask(
            FETCH_FILE, url, bytes_max, self._settings.load_ms, answer_ms=self._settings.load_ms + ANSWER_MS
        )
        told = answer if isinstance(answer, dict) else {"error": "no answer"}
        if "error" in told:
            self.check_data()
            reason = FailureReason.TIMEOUT if told["error"] == TIMEOUT else FailureReason.BROKEN_ANSWER
            raise Obstacle(reason, f"文件无法下载：{told['error']}")
        content = base64.b64decode(told["content"])
        return FetchedFile(
            url=told["url"], status=told["status"], media_type=told["media"], content=content, cut=told["cut"]
        )

    def narrow(self) -> None:
        """Make the tab as small as a telephone."""
        width, height = self._settings.phone
        with named_trouble("调整窗口"):
            self._page.set_viewport_size({"width": width, "height": height})

    @contextmanager
    def expect_new_page(self) -> Iterator[None]:
        """Follow the next page that a click opens in a new tab, if it does."""
        opened: list[Page] = []
        before = self._where()

        def remember(page: Page) -> None:
            opened.append(page)

        self._context.on("page", remember)
        try:
            yield
            deadline = time.monotonic() + NEW_PAGE_WAIT_MS / 1000
            while not opened and self._where() == before and time.monotonic() < deadline:
                self._reader.pause(POLL_MS)
        finally:
            self._context.remove_listener("page", remember)
        if opened:
            self._follow(opened[-1])

    @contextmanager
    def expect_answer(self) -> Iterator[None]:
        """Wait until the page or the data that an action asks for has come; what stood there before is no answer."""
        traffic, before, page = self._traffic, self._traffic.asked, self._traffic.navigations
        yield
        asking = time.monotonic() + NEW_PAGE_WAIT_MS / 1000
        while traffic.asked == before and time.monotonic() < asking:
            self._reader.pause(POLL_MS)
        deadline = time.monotonic() + self._settings.load_ms / 1000
        while traffic.loading or traffic.waiting:
            if time.monotonic() >= deadline:
                raise Obstacle(FailureReason.TIMEOUT, "检索结果在限定时间内没有返回")
            self._reader.pause(POLL_MS)
        if traffic.navigations == page:
            self._reader.pause(STILL_MS)  # a page that stays open has to put what came in the place of what it showed

    def _follow(self, page: Page) -> None:
        self._page = page
        self._popups.watch(page)
        self._traffic = PageTraffic(page)
        self._reader = PageReader(page)
        self._used_where = self._where()
        page.set_default_timeout(self._settings.wait_ms)
        page.on("crash", leave_crashed)

    def _announce(self, control: UsedControl, target: Locator) -> None:
        """Check a control and say that it is about to be pressed."""
        leads_on = self._check_control(control, target)
        if self.on_press is not None:
            self._forget_used()
            self.on_press(control, leads_on)

    def _check_control(self, control: UsedControl, target: Locator) -> bool:
        """Say whether a control leads on; raise ``Obstacle`` when its words mean an act, see control_words.py.

        What is there already is read beside the trace; what is not is left to Playwright, which waits for it.
        """
        told = self._reader.ask(FIND_AND_READ, *control.spelled())
        read = told if isinstance(told, dict) else target.evaluate(CONTROL_TEXTS)
        texts = [str(text) for text in read["texts"]]
        meaning = meaning_of(texts)
        leads_in = meaning is ControlMeaning.ENTRANCE and control.selector in self._entrances
        if meaning is ControlMeaning.HARMLESS or leads_in:
            return isinstance(told, dict) and bool(told["leads"])
        words = " ".join(" ".join(texts).split())[:WORDS_LENGTH_MAX]
        if self._refuse is not None:
            self._refuse(words, str(read["href"]) or self._page.url)
        raise Obstacle(FailureReason.REFUSED_BY_POLICY, f"不按“{words}”：按下可能就是提交、缴费、取消或评价")

    def _use(self, selector: str) -> None:
        self._forget_used()
        self.used.append(UsedControl(selector=selector))

    def _forget_used(self) -> None:
        """Forget what was used on an earlier page: the same selector means another control here."""
        if self._where() != self._used_where:
            self.used, self._used_where = [], self._where()

    def _act(self, selector: str, action: Callable[[], object]) -> None:
        """Do something with an element; one that never comes is explained by the page, not by Playwright."""
        try:
            action()
        except PlaywrightError as error:
            if isinstance(error, PlaywrightTimeout):
                self._give_up_loading()
                require_answering(self._page)
                self._raise_for_page(None)
                raise self._explain_missing(selector) from error
            with named_trouble(f"操作 {selector}"):
                raise

    def _give_up_loading(self) -> None:
        """Raise when the next document never came; until it is given up, the page answers no question."""
        if self._traffic.loading:
            self._reader.stop_loading()
            raise Obstacle(FailureReason.TIMEOUT, "页面在限定时间内没有响应")

    def _where(self) -> tuple[str, int]:
        return self._page.url, self._traffic.navigations

    def _visible_text(self) -> str:
        return str(self._reader.ask(VISIBLE_TEXT))

    def _raise_for_page(self, status: int | None) -> None:
        """Raise when the document failed to load or says by its status or words that it is a notice."""
        failed = self._traffic.document_failure
        if failed is not None and status is None and not self._page.url.startswith("http"):
            raise Obstacle(failed.reason, f"页面无法打开：{failed.url}")
        text = self._visible_text()
        reason = read_trouble(status, text) or (failed.reason if failed is not None else None)
        if reason is None and is_garbled(text):
            reason = FailureReason.BROKEN_ANSWER
        if reason is FailureReason.BUSY:
            self.check_data()  # what the page words as 系统繁忙 may be a refused or broken request, which says more
        if reason is not None:
            raise Obstacle(reason, f"页面提示：{' '.join(text.split())[:120]}")

    def _explain_missing(self, wanted: str) -> Obstacle:
        """Say why an element never came: slow or broken data, an empty page, or a page laid out differently."""
        failed = self._traffic.data_failure
        if failed is not None:
            return Obstacle(failed.reason, f"页面数据请求失败：{failed.method} {failed.url}")
        if self._traffic.waiting:
            return Obstacle(FailureReason.TIMEOUT, "页面数据在限定时间内没有返回")
        require_answering(self._page)
        page = PageFacts.model_validate(self._reader.ask(PAGE_FACTS))
        return explain_arrival(page, self._asked, wanted)


def origin_of(url: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def leave_crashed(page: Page) -> None:
    """Close the whole visit when a page's process dies, because a question to a dead page is never answered."""
    page.context.close()
