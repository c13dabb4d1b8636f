"""The indicator as a plug-in: facts of one body in, one measured ratio out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from domain.facts import UnitFacts
from domain.registry import Registry
from domain.spread import Spread
from scoring.maps import PointsMap


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """What an indicator computed; ``value`` is ``None`` where nothing could be counted.

    ``coverage`` = seen / planned in 0..1. ``measured_share`` < 1 when the formula has parts that tonight's channels
    cannot see; ``value`` then speaks for the seen parts alone.
    """

    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    coverage: Decimal
    minimum_coverage: Decimal | None = None
    measured_share: Decimal = Decimal(1)
    spread: Spread = field(default_factory=Spread)  # what of the value rests on chance; empty for a census
    parts: Mapping[str, Decimal | None] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    note: str = ""
    withheld: str = ""  # why there is no value although it could be computed; such a row touches no total


@dataclass(frozen=True, kw_only=True)
class Targets:
    """Target values c*, p*, q* and the others of the maps, set before the sampling window (methodology.md §3.4)."""

    time_saving: Decimal
    promise_days: Decimal
    immediate_share: Decimal
    power_list_cut: Decimal = Decimal("0.10")  # the next three: ours, until a targets file names them
    open_data_sets: Decimal = Decimal(50)
    open_data_rows: Decimal = Decimal(100_000)
    seal_uses: Decimal = Decimal(100)  # the next six, too: targets of figures that other channels hand in
    person_users: Decimal = Decimal("0.6")
    legal_users: Decimal = Decimal("0.8")
    yst_users: Decimal = Decimal("0.6")
    active_users: Decimal = Decimal("0.8")
    evaluation_share: Decimal = Decimal("0.2")
    maps: Mapping[str, PointsMap] = field(default_factory=dict)  # "D32" → the map that the client chose for the row
    undecided: frozenset[str] = frozenset()  # names that a decided file left at our placeholders
    readability_calibrated: bool = False  # R may enter a score (docs/readability.md)
    least_efforts_s: Mapping[str, Fraction] = field(default_factory=dict)  # group of like services → least KLM time
    placeholder: bool = False  # not yet set by the client: every score that rests on them says so

    def value_of(self, name: str) -> Decimal:
        """Return a target value by its name; raise ``KeyError`` for one that does not exist."""
        value = vars(self).get(name)
        if not isinstance(value, Decimal):
            raise KeyError(name)
        return value

    def is_placeholder(self, name: str) -> bool:
        """Say whether a target value is ours, because the client has not set it."""
        return self.placeholder or name in self.undecided


Compute = Callable[[UnitFacts, Targets], Measurement]
Applies = Callable[[UnitFacts], bool]


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A computed indicator and the rows of the two tables that it fills."""

    id: str  # "fewer-visits"
    title: str
    why: str
    source: str
    version: int
    rows: Mapping[str, int]  # {"D": 37, "C": 34}
    minimum_coverage: Decimal
    applies: Applies
    compute: Compute
    passing: Callable[[], UnitFacts]  # an example with full marks
    failing: Callable[[], UnitFacts]  # an example with less
    docs: str = "docs/scoring.md"


indicators: Registry[Indicator] = Registry("indicator", "scoring.indicators")
