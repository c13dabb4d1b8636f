"""Holds every look at a published address against its policy, hop by hop, and tells a refusal from a closed door."""

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from portals.published_host_policy import PublishedHostPolicy


class PolicyRefusalError(IgnoreRequest):
    """Our own policy kept the request back."""


class PublishedHostsMiddleware:
    """Asks the policy in a thread, because it may wait for a name to be resolved while other hosts could be served."""

    def __init__(self, policy: PublishedHostPolicy) -> None:
        self._policy = policy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PublishedHostsMiddleware":
        return cls(crawler.settings["HOST_POLICY"])

    async def process_request(self, request: Request) -> None:
        """Raise ``PolicyRefusalError`` naming the rule."""
        rule = await asyncio.to_thread(self._policy.check, request.method, request.url)
        if rule is not None:
            raise PolicyRefusalError(f"refused by the host policy ({rule}): {request.url}")
