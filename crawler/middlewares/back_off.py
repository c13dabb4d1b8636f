"""Leaves a host alone for as long as it asks with 429 or 503, and gives up on a request after a few pauses."""

import asyncio
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

BUSY_STATUSES = frozenset({429, 503})
PAUSES = "pauses"


def read_retry_after(header: bytes | None, *, now: datetime) -> float | None:
    """Return the seconds that a Retry-After header asks for, as a number or a date; ``None`` if it cannot be read."""
    text = (header or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, ((when if when.tzinfo else when.replace(tzinfo=UTC)) - now).total_seconds())


class BackOffMiddleware:
    """Pauses a whole host. It stands next to the downloader, so that at most the requests under way slip through."""

    def __init__(self, *, patience: int, pause_s_max: float) -> None:
        self._patience = patience
        self._pause_s_max = pause_s_max
        self._open_at_s: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "BackOffMiddleware":
        settings = crawler.settings
        return cls(patience=settings.getint("BACK_OFF_PATIENCE"), pause_s_max=settings.getfloat("BACK_OFF_PAUSE_S_MAX"))

    async def process_request(self, request: Request) -> None:
        """Wait until the host is open again."""
        host = urlparse_cached(request).netloc
        while (wait_s := self._open_at_s.get(host, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(wait_s)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Pause the host and ask again, or hand the refusal on when patience is at its end."""
        if response.status not in BUSY_STATUSES:
            return response
        pauses = request.meta.get(PAUSES, 0)
        self._pause(urlparse_cached(request).netloc, self._pause_s(response, pauses))
        if pauses >= self._patience:
            return response
        return request.replace(meta={**request.meta, PAUSES: pauses + 1}, dont_filter=True)

    def _pause_s(self, response: Response, pauses: int) -> float:
        """Return what the host asks for, else 1, 2, 4 … seconds, within the bound."""
        asked = read_retry_after(response.headers.get(b"Retry-After"), now=datetime.now(UTC))
        return min(2.0**pauses if asked is None else asked, self._pause_s_max)

    def _pause(self, host: str, pause_s: float) -> None:
        self._open_at_s[host] = max(self._open_at_s.get(host, 0.0), time.monotonic() + pause_s)
