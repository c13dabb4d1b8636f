"""Holds every request against the one host policy, also those that redirects and robots.txt make."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from portals.host_policy import HostPolicy


class HostPolicyMiddleware:
    """Refuses requests that the policy does not let out."""

    def __init__(self, policy: HostPolicy) -> None:
        self._policy = policy

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "HostPolicyMiddleware":
        return cls(crawler.settings["HOST_POLICY"])

    def process_request(self, request: Request) -> None:
        """Raise ``IgnoreRequest`` naming the rule."""
        rule = self._policy.check(request.method, request.url)
        if rule is not None:
            raise IgnoreRequest(f"refused by the host policy ({rule}): {request.url}")
