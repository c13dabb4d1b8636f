"""Says what beside the document goes into a judgement, so that the same judgement is never made twice.

A judgement is the same as an earlier one when the rules and their versions, the document, the parser that read it, what
the listing says, the surroundings and the imported registers are the same, and when no day that the guide names has
come or gone since. The last point is what makes rules on dates safe: they may compare the day of capture with days and
years that the guide names or that a register holds, and with nothing else.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from crawler.rules.guide_text import whole_text
from crawler.rules.law_register import fingerprint, register
from domain.dossier import Dossier
from domain.guide import Guide

BEIJING_OFFSET = timedelta(hours=8)
YEAR = re.compile(r"(?<!\d)20[2-9]\d")
REST = re.compile(r"\s*[-年/.]\s*(1[0-2]|0?[1-9])(?!\d)(?:\s*[-月/.]\s*(3[01]|[12]\d|0?[1-9])(?!\d))?")


def judging_basis(dossier: Dossier) -> str:
    """Return the short hash that stands in ``Audit.basis``."""
    guide = dossier.guide
    day = (guide.captured_at + BEIJING_OFFSET).date()
    hidden = ",".join(sorted(name.value for name, field in guide.fields.items() if not field.measured))
    listed = (guide.parser, guide.unit or "", guide.code, guide.url, guide.listed_title, hidden)
    return dossier.basis(*listed, fingerprint(), str(laws_repealed_by(day)), *days_to_come(guide, day))


def laws_repealed_by(day: date) -> int:
    """Count the entries of the law register that are in force on a day."""
    return sum(entry.repealed <= day for entry in register().values())


def days_to_come(guide: Guide, day: date) -> list[str]:
    """Return the days, months and years that the guide names and that are not wholly past, with how they lie."""
    return sorted({name for name in name_days(guide, day) if name})


def name_days(guide: Guide, day: date) -> Iterator[str]:
    """Yield every such mention; ``""`` for one that is past or no day of the calendar."""
    for law in guide.laws or ():
        if law.effective is not None and law.effective >= day:
            yield place_days(law.effective, law.effective, day)
    text = whole_text(guide)
    for match in YEAR.finditer(text):
        year = int(match[0])
        if year >= day.year:
            rest = REST.match(text, match.end())
            month, of_month = (int(part or 0) for part in rest.groups()) if rest else (0, 0)
            yield place_span(year, month, of_month, day)


def place_span(year: int, month: int, of_month: int, day: date) -> str:
    """Place a year, a month or a day of the calendar beside ``day``."""
    try:
        first = date(year, month or 1, of_month or 1)
    except ValueError:
        return ""
    if of_month:
        return place_days(first, first, day)
    if month:
        return place_days(first, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1), day)
    return place_days(first, date(year, 12, 31), day)


def place_days(first: date, last: date, day: date) -> str:
    """Say whether a span of days lies ahead or is under way; ``""`` once it is past, for then it stays so."""
    if last < day:
        return ""
    return f"{first}/{last} {'ahead' if first > day else 'now'}"
