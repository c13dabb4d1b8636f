"""Time limits as guides print them, brought to one number of working days."""

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum

from domain.frozen import Frozen


class LimitUnit(StrEnum):
    """How days are counted (portals.md §3.3: G 工作日, Z 自然日)."""

    WORKING = "working"
    CALENDAR = "calendar"


class TimeLimit(Frozen):
    """A time limit in days; zero days means on the spot (即办)."""

    days: Decimal
    unit: LimitUnit

    @property
    def working_days(self) -> Decimal:
        """Days in working days; calendar days count 5/7 (methodology.md §3.7)."""
        return self.days if self.unit is LimitUnit.WORKING else self.days * 5 / 7


IMMEDIATE = re.compile(r"当场|即时|即办|当日|立等可取|马上办")
AMOUNT = re.compile(
    r"(?P<amount>\d+(?:\.\d+)?)\s*(?:\(|（)?\s*个?\s*(?P<unit>工作日|自然日|日历日|小时|天|日|月|年|周)"
)
DAYS_PER_UNIT = {"小时": Decimal(1) / 24, "周": Decimal(7), "月": Decimal(30), "年": Decimal(365)}


def parse_time_limit(text: str) -> TimeLimit | None:
    """Read "70(工作日)", "5个工作日", "30自然日", "2个月", "当场办结"; ``None`` when no limit is stated."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = AMOUNT.search(plain)
    if match is not None:
        amount = Decimal(match["amount"])
        unit = match["unit"]
        if unit == "工作日":
            return TimeLimit(days=amount, unit=LimitUnit.WORKING)
        return TimeLimit(days=amount * DAYS_PER_UNIT.get(unit, Decimal(1)), unit=LimitUnit.CALENDAR)
    if IMMEDIATE.search(plain):
        return TimeLimit(days=Decimal(0), unit=LimitUnit.WORKING)
    return None
