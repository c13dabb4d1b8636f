"""Holds a crawl to what the run promised its hosts together with every browser: pauses, budgets and the stop switch."""

import asyncio
import os
from collections import defaultdict
from functools import partial

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawler.parent_watch import EXIT_STOPPED
from portals.manners import STOPPED, HostMeter, Manners

HELD = "place_held"


class MannersMiddleware:
    """Stands next to the downloader. A place is held from before the pause until the answer, so that none overtakes."""

    def __init__(self, manners: Manners, concurrency: int) -> None:
        self._metered = manners.metered
        self._meter = HostMeter(manners)
        self._places: dict[str, asyncio.Semaphore] = defaultdict(partial(asyncio.Semaphore, concurrency))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "MannersMiddleware":
        settings = crawler.settings
        return cls(settings["MANNERS"], settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))

    async def process_request(self, request: Request) -> None:
        """Wait for the host's next place; raise ``IgnoreRequest`` when its budget is used up."""
        host = urlparse_cached(request).netloc
        if self._metered:
            await self._places[host].acquire()
            request.meta[HELD] = host
        wait = self._meter.take(host)
        if wait == STOPPED:
            os._exit(EXIT_STOPPED)  # what was seen is in the spool; what was not must not read as refused
        if isinstance(wait, str):
            raise IgnoreRequest(f"refused by the run's own manners ({wait}): {request.url}")
        if wait:
            await asyncio.sleep(wait)

    def process_response(self, request: Request, response: Response) -> Response:
        """Give the place back and count what came."""
        self._give_back(request)
        self._meter.receive(urlparse_cached(request).netloc, len(response.body))
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Give the place back."""
        self._give_back(request)

    def _give_back(self, request: Request) -> None:
        host = request.meta.pop(HELD, None)
        if host is not None:
            self._places[host].release()
