"""Obeys robots.txt also when it cannot be read (RFC 9309 §2.3.1.4), and shares it with the browsers of the run."""

import time

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

from domain.failure import FailureReason, reason_for_exception
from portals.robots import RobotsShelf, RobotsText

SHUT = b"User-agent: *\nDisallow: /\n"
BUSY = 429


class StrictRobotsTxtMiddleware(RobotsTxtMiddleware):
    """Reads an answer of 429 or 5xx as a closed door; a missing file (4xx) allows everything, as the RFC says."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._shelf = RobotsShelf(crawler.settings["MANNERS"].robots)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the request's host; what another process of this run has read is not asked for again."""
        parts = urlparse_cached(request)
        known = self._shelf.find(f"{parts.scheme}://{parts.netloc}") if parts.netloc not in self._parsers else None
        if known is not None and known.status:
            body = known.meant().encode()
            self._parsers[parts.netloc] = build_from_crawler(self._parserimpl, self.crawler, body)
        answer = await super().robot_parser(request)
        # Of the requests that wait together for one robots.txt, asyncio hands the rules to the first alone, and to the
        # others ``None``, which lets them in (Scrapy 2.19: one Deferred is awaited by all of them).
        rules = self._parsers.get(parts.netloc)
        return answer if rules is None or isinstance(rules, Deferred) else rules

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        parts = urlparse_cached(request)
        text = RobotsText(status=response.status, text=response.body.decode("utf-8", "replace"), read_at_s=time.time())
        self._shelf.keep(f"{parts.scheme}://{parts.netloc}", text)
        if response.status >= 500 or response.status == BUSY:
            response = response.replace(body=SHUT)
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        """Keep out of a host whose rules did not come in time.

        One that cannot be reached at all lets us in: the request itself will say so, which is its fault and no policy.
        """
        late = reason_for_exception(f"{type(exc).__name__}: {exc}") is FailureReason.TIMEOUT
        if not late:
            super()._robots_error(exc, netloc)
            return
        waiting, shut = self._parsers[netloc], build_from_crawler(self._parserimpl, self.crawler, SHUT)
        self._parsers[netloc] = shut
        if isinstance(waiting, Deferred):
            waiting.callback(shut)
