"""Validators of a document (RFC 9110 §8.8): its ETag and date, and whether a visitor's copy is still good."""

import hashlib
from datetime import datetime
from email.utils import format_datetime

from starlette.requests import Request


def make_validators(content: bytes, modified: datetime) -> dict[str, str]:
    """Make the headers that let a visitor ask again cheaply."""
    return {
        "ETag": f'"{hashlib.sha256(content).hexdigest()[:20]}"',
        "Last-Modified": format_datetime(modified, usegmt=True),
    }


def is_still_good(request: Request, validators: dict[str, str]) -> bool:
    """Say whether the copy that a visitor has is the one that would be sent; an ETag counts before a date."""
    known = request.headers.get("if-none-match")
    if known is not None:
        return validators["ETag"] in {tag.strip().removeprefix("W/") for tag in known.split(",")}
    return request.headers.get("if-modified-since") == validators["Last-Modified"]
