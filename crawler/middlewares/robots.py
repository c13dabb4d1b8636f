"""Obeys robots.txt also when it cannot be read: a server error means "not now", not "come in" (RFC 9309 §2.3.1.4)."""

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response

SHUT = b"User-agent: *\nDisallow: /\n"
BUSY = 429


class StrictRobotsTxtMiddleware(RobotsTxtMiddleware):
    """Reads an answer of 429 or 5xx as a closed door; a missing file (4xx) allows everything, as the RFC says."""

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == BUSY:
            response = response.replace(body=SHUT)
        await super()._parse_robots(response, netloc, request)
