"""Names the reason of a request that got no answer at all, and finds the request behind what came of it."""

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from domain.failure import FailureReason, reason_for_exception


def reason_of(failure: Failure) -> FailureReason:
    """Return the reason for a downloader's exception; a request that a policy or robots.txt held back never left."""
    error = failure.value
    if isinstance(error, IgnoreRequest):
        return FailureReason.REFUSED_BY_POLICY
    return reason_for_exception(f"{type(error).__name__}: {error}")


def request_of(failure: Failure) -> Request:
    """Return the request that failed, which Scrapy hangs on the failure."""
    request = getattr(failure, "request", None)
    if not isinstance(request, Request):
        raise TypeError(f"the failure {failure!r} belongs to no request")
    return request


def request_behind(response: Response) -> Request:
    """Return the request that a spider's callback got its answer for; Scrapy always sets it there."""
    if response.request is None:
        raise TypeError(f"the answer from {response.url} belongs to no request")
    return response.request
