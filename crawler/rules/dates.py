"""Reads days as guides print them, and knows on which day in China a guide was captured."""

import re
from datetime import date, timedelta
from functools import lru_cache

from crawler.rules.guide_text import remember
from domain.guide import Guide

DATE = re.compile(r"((?:19|20)\d{2})[-/年.]?(\d{1,2})[-/月.]?(\d{1,2})")
BEIJING_OFFSET = timedelta(hours=8)


@remember
def day_of(guide: Guide) -> date:
    """Return the day in China on which the guide was captured."""
    return (guide.captured_at + BEIJING_OFFSET).date()


@lru_cache(maxsize=65_536)
def read_day(text: str) -> date | None:
    """Read a day; ``None`` for anything else."""
    match = DATE.match(text.strip())
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
