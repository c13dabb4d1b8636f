"""Tells a real JSON answer of the portal from the error pages that come in its place (portals.md §0.3)."""

import json
from functools import lru_cache
from typing import Any

import orjson

from domain.crawl import GuideOutcome
from domain.failure import FailureReason, reason_for_status, reason_on_page
from portals.documents import Answer, UnreadableAnswerError
from portals.text import plain_text

Json = dict[str, Any]
MEASURED = Answer(outcome=GuideOutcome.MEASURED)
ABSENT = Answer(outcome=GuideOutcome.ABSENT, failure=FailureReason.ABSENT)
PAGE_BYTES_MAX = 200_000  # a notice page is short; reading more of a stray page tells nothing new


def unseen(reason: FailureReason) -> Answer:
    """Build the answer of a document that we could not see."""
    return Answer(outcome=GuideOutcome.NOT_MEASURED, failure=reason)


def reason_in_body(body: bytes) -> FailureReason:
    """Name what came in place of JSON: a notice page, a page of another kind, a broken document or nothing."""
    text = body[:PAGE_BYTES_MAX].decode("utf-8", "replace").strip()
    if not text:
        return FailureReason.EMPTY_ANSWER
    if text.startswith("<"):
        return reason_on_page(plain_text(text)) or FailureReason.LAYOUT_CHANGED
    return reason_on_page(text) or FailureReason.BROKEN_ANSWER


@lru_cache(maxsize=1)
def read_object(body: bytes) -> Json:
    """Read a JSON object; raise ``UnreadableAnswerError`` with the reason for anything else.

    The last one is kept, because a crawl first classifies a document and then parses it; nobody may change it.
    """
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError:
        value = read_loosely(body)
    if not isinstance(value, dict):
        raise UnreadableAnswerError(FailureReason.EMPTY_ANSWER, "the answer is JSON but not an object")
    return value


def read_loosely(body: bytes) -> object:
    """Read what only the lenient decoder takes: a byte order mark, NaN, lone surrogates."""
    try:
        return scrub(json.loads(body))
    except ValueError:
        reason = reason_in_body(body)
        raise UnreadableAnswerError(reason, f"the answer is no JSON ({reason.value})") from None


def scrub(value: object) -> object:
    """Put a question mark in the place of lone surrogates, which no file or database takes."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [scrub(child) for child in value]
    if isinstance(value, dict):
        return {str(scrub(key)): scrub(child) for key, child in value.items()}
    return value


def first_object(value: object) -> Json:
    """Return an object, or the first element of a list of objects (both forms are seen, §1.4a); ``{}`` for neither."""
    if isinstance(value, list):
        value = value[0] if value else None
    return value if isinstance(value, dict) else {}


def is_package(document: Json) -> bool:
    """Say whether a document is a 一件事/套餐 in its own lower-case schema (portals.md §1.5)."""
    return "AUDIT_ITEM" not in document and (document.get("special_item_type") == "TC" or "catalog_name" in document)


def classify(status: int, body: bytes) -> Answer:
    """Decide between measured, absent and not measured for one detail answer; never raises."""
    failure = reason_for_status(status)
    if failure is not None:
        return unseen(failure if failure is FailureReason.RATE_LIMITED else notice_of(body) or failure)
    try:
        document = read_object(body)
    except UnreadableAnswerError as error:
        return unseen(error.reason)
    if first_object(document.get("AUDIT_ITEM")) or is_package(document):
        return MEASURED
    if str(document.get("errCode")) == "0":
        return ABSENT
    return unseen(reason_on_page(str(document.get("msg", ""))) or FailureReason.EMPTY_ANSWER)


def notice_of(body: bytes) -> FailureReason | None:
    """Name what an error page says in words, which is closer than its status: a captcha comes as 403 too."""
    return reason_on_page(plain_text(body[:PAGE_BYTES_MAX].decode("utf-8", "replace")))
