"""Watches what a page loads, so that a missing element can be told from a slow, broken or refused data request."""

from dataclasses import dataclass

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Request, Response

from domain.failure import FailureReason, reason_for_exception, reason_for_status, reason_on_page
from portals.page_words import read_page_words

DATA_RESOURCES = frozenset({"xhr", "fetch"})
MARKUP = "text/html"


@dataclass(frozen=True, kw_only=True)
class FailedRequest:
    """A request that brought nothing usable."""

    reason: FailureReason
    method: str
    url: str


class PageTraffic:
    """The main document's fate and the data requests of the page that is open now; a new document starts afresh."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.navigations = 0
        self.asked = 0  # documents and data asked for since the tab was followed
        self.document_failure: FailedRequest | None = None
        self._document: Request | None = None
        self._pending: set[Request] = set()
        self._failed: list[FailedRequest] = []
        self._markup: list[Response] = []  # pages that came where data were asked for
        page.on("request", self._started)
        page.on("response", self._answered)
        page.on("requestfinished", self._finished)
        page.on("requestfailed", self._broke)

    @property
    def data_failure(self) -> FailedRequest | None:
        """The first data request of this page that failed; one of the portal's comes before one that we refused."""
        ours = FailureReason.REFUSED_BY_POLICY
        theirs = next((one for one in self._failed if one.reason is not ours), None)
        return theirs or self._read_notice() or next(iter(self._failed), None)

    @property
    def withheld(self) -> int:
        """Count the data requests of this page that we refused to let out."""
        return sum(one.reason is FailureReason.REFUSED_BY_POLICY for one in self._failed)

    @property
    def waiting(self) -> bool:
        """Say whether a data request is still without an answer."""
        return bool(self._pending)

    @property
    def loading(self) -> bool:
        """Say whether the main document is still on its way."""
        return self._document is not None

    def _read_notice(self) -> FailedRequest | None:
        """Read the pages that came in place of data: a captcha there is what keeps us out, whatever the page shows."""
        for response in self._markup:
            try:
                words = read_page_words(response.text())
            except PlaywrightError:
                continue
            reason = reason_on_page(words.title) or reason_on_page(words.text)
            if reason is not None:
                return FailedRequest(reason=reason, method=response.request.method, url=response.url)
        return None

    def _started(self, request: Request) -> None:
        if self._is_main_document(request):
            self.asked += 1
            self.navigations += 1
            self._document = request
            self.document_failure = None
            self._pending.clear()
            self._failed.clear()
            self._markup.clear()
        elif request.resource_type in DATA_RESOURCES:
            self.asked += 1
            self._pending.add(request)

    def _answered(self, response: Response) -> None:
        reason = reason_for_status(response.status)
        if reason is not None:
            self._note(response.request, reason)
        elif response.request.resource_type in DATA_RESOURCES and MARKUP in response.headers.get("content-type", ""):
            self._markup.append(response)

    def _finished(self, request: Request) -> None:
        self._end(request)

    def _end(self, request: Request) -> None:
        self._pending.discard(request)
        if request == self._document:
            self._document = None

    def _broke(self, request: Request) -> None:
        self._end(request)
        text = request.failure or ""
        if "ERR_ABORTED" not in text:  # an aborted request was given up by the page itself
            self._note(request, reason_for_exception(text))

    def _note(self, request: Request, reason: FailureReason) -> None:
        failed = FailedRequest(reason=reason, method=request.method, url=request.url)
        if self._is_main_document(request):
            self.document_failure = failed
        elif request.resource_type in DATA_RESOURCES:
            self._failed.append(failed)

    def _is_main_document(self, request: Request) -> bool:
        return request.is_navigation_request() and request.frame == self._page.main_frame
