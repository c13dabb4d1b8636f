"""The two languages that evaluators can choose between, and the time zone in which they read every moment."""

from datetime import datetime, timedelta, timezone
from enum import StrEnum

from domain.errors import unknown


class Language(StrEnum):
    """A language of headers and pages; Chinese is the default everywhere."""

    ZH = "zh"
    EN = "en"


CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
"""A fixed offset: China has kept no summer time since 1991, and a machine without a time zone database works too."""


def parse_language(text: str) -> Language:
    """Read ``zh`` or ``en``; raise ``UsageError`` naming both for anything else."""
    if text not in set(Language):
        raise unknown("language", text, list(Language))
    return Language(text)


def china_time(moment: datetime) -> datetime:
    """Bring an aware moment to Asia/Shanghai."""
    return moment.astimezone(CHINA_TIME)
