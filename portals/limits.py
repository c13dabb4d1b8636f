"""Writes a time limit in one way, whatever pieces a source keeps it in, so that "7", "工作日" and "7(工作日)" agree."""

import re

UNITS: dict[str, str] = {"G": "工作日", "Z": "自然日", "1": "工作日", "2": "自然日"}
"""时限单位 as codes (portals.md §3.3)."""

COUNTED = frozenset({"工作日", "自然日", "日历日", "月", "小时"})  # units that Chinese counts with 个
NUMBER = re.compile(r"\d+(?:\.\d+)?")
BRACKETED = re.compile(
    r"(?P<amount>\d+(?:\.\d+)?)\s*[(（]?\s*个?(?P<unit>工作日|自然日|日历日|小时|天|月|年|周)\s*[)）]?"
)


def compose_limit(amount: str, unit: str) -> str:
    """Write "7" and "工作日" or "G" as "7个工作日"; a text that is no number stays as it is, no amount is no limit."""
    unit = UNITS.get(unit, unit)
    if not NUMBER.fullmatch(amount) or not unit:
        return tidy_limit(amount)
    return f"{amount}{'个' if unit in COUNTED else ''}{unit}"


def tidy_limit(text: str) -> str:
    """Write "70(工作日)" as "70个工作日"; any other text stays."""
    match = BRACKETED.fullmatch(text)
    return compose_limit(match["amount"], match["unit"]) if match else text
