"""Names the reason of a request that got no answer at all, and finds the request behind what came of it."""

import gzip
import zlib

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


OUR_STRICTNESS = ("legacy renegotiation", "dh key too small", "unsupported protocol", "ee key too small", "md too weak")
"""What our TLS library refuses and a citizen's browser may still accept."""


def is_too_large_unpacked(failure: Failure) -> bool:
    """Say whether an answer, unpacked from its transfer compression, grew beyond the limit."""
    return isinstance(failure.value, IgnoreRequest) and "during decompression" in failure.getErrorMessage()


def is_garbled(failure: Failure) -> bool:
    """Say whether an answer's transfer compression cannot be unpacked."""
    return isinstance(failure.value, zlib.error | gzip.BadGzipFile | EOFError)


def is_our_strictness(failure: Failure) -> bool:
    """Say whether a secure connection failed because our side is stricter than browsers are."""
    return any(sign in failure.getErrorMessage().lower() for sign in OUR_STRICTNESS)
