"""Notes every document that a visit's tabs were answered with, so that a chain of redirects can be shown afterwards."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Response
from playwright.sync_api import Error as PlaywrightError


@dataclass(frozen=True, kw_only=True)
class Hop:
    """One answer on the way: a redirect, or the page that the way ends with."""

    place: str  # scheme, host and path; what follows the path may hold one-time codes and is never kept
    host: str
    status: int


class DocumentTrail:
    """The documents of one browser context, of all its tabs, in the order of their answers."""

    def __init__(self, context: BrowserContext) -> None:
        self._hops: list[Hop] = []
        context.on("response", self._answered)

    def __len__(self) -> int:
        return len(self._hops)

    def since(self, mark: int) -> tuple[Hop, ...]:
        """Return what came after the first ``mark`` answers."""
        return tuple(self._hops[mark:])

    def _answered(self, response: Response) -> None:
        request = response.request
        if not request.is_navigation_request() or is_framed(response):
            return
        parts = urlsplit(response.url)
        place = f"{parts.scheme}://{parts.netloc}{parts.path}"
        self._hops.append(Hop(place=place, host=parts.netloc, status=response.status))


def is_framed(response: Response) -> bool:
    """Say whether a document belongs to a frame inside a page; a new tab's first one has no frame yet."""
    try:
        return response.frame.parent_frame is not None
    except PlaywrightError:
        return False
