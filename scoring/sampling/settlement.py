"""What people's checks prove about a body's declarations: item by item, then row by row, and what refutes them.

One look that finds a mismatch proves nothing yet: a second look on another day has to find it too, and while any
mismatch of a row waits for that look, the row's k does not move (methodology.md §3.5).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.sample import ASPECT_ROWS, Aspect, SampleCheck, SampledItem, SampleDraw, Verdict
from domain.spread import SampledShare
from domain.unit import Table
from scoring.sampling.finite_population import exact_interval, refutation_limit

LOOKS_THAT_REFUTE = 2
RELIABLE_ALPHA = 0.67
"""Judgements of observers who agree less than this are not used (methodology.md §3.5)."""
PAIRS_MIN = 10
"""Below so many pairs Krippendorff's α is reported and decides nothing: one slip would swing it."""

CLEAR = {Verdict.CONFIRMED: 1.0, Verdict.MISMATCH: 0.0}
Key = tuple[str, str, Aspect]
Checks = Mapping[Key, Sequence[SampleCheck]]


class ItemState(StrEnum):
    """What all looks at one item in one aspect come to."""

    OPEN = "open"  # nobody looked yet
    CONFIRMED = "confirmed"
    MISMATCH = "mismatch"  # seen on two days
    PENDING = "pending"  # a mismatch seen once, or as many looks for it as against it
    UNCLEAR = "unclear"  # nobody could tell


class RowState(StrEnum):
    """Whether a row's checks may move its score."""

    COUNTS = "counts"
    TOO_FEW = "too_few"
    PENDING = "pending"
    UNRELIABLE = "unreliable"  # the observers agree too little


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """How far two observers agree in one aspect, over the items that were to be looked at twice."""

    pairs: int = 0
    same: int = 0
    kappa: float | None = None
    alpha: float | None = None

    @property
    def too_low(self) -> bool:
        """Say whether the judgements are not to be used; where chance alone would agree everywhere, α says nothing."""
        return self.pairs >= PAIRS_MIN and self.alpha is not None and self.alpha < RELIABLE_ALPHA


@dataclass(frozen=True, kw_only=True)
class RowProof:
    """What the checks of one body and aspect come to."""

    unit: str
    aspect: Aspect
    population: int
    asked: int  # items of the row's sample, all of which have to be settled or replaced by a spare
    confirmed: int
    mismatched: tuple[str, ...]  # codes
    pending: tuple[str, ...]
    unclear: int
    open: int
    reliability: Reliability = field(default_factory=Reliability)
    observations: tuple[str, ...] = ()
    held: tuple[str, ...] = ()  # codes of the confirmed ones

    @property
    def settled(self) -> int:
        """Items of which it is known whether the declaration is true."""
        return self.confirmed + len(self.mismatched)

    @property
    def state(self) -> RowState:
        """Whether the row's k may move."""
        if self.reliability.too_low:
            return RowState.UNRELIABLE
        if self.pending:
            return RowState.PENDING
        return RowState.COUNTS if self.settled and self.settled >= self.asked else RowState.TOO_FEW

    @property
    def share(self) -> SampledShare | None:
        """k with its population; ``None`` while nothing is settled."""
        if not self.settled:
            return None
        return SampledShare(
            name="consistency", confirmed=self.confirmed, sampled=self.settled, population=self.population
        )

    @property
    def interval(self) -> tuple[float, float]:
        """The exact 95 % interval of the share that is true."""
        return exact_interval(self.confirmed, self.settled, self.population)

    @property
    def limit(self) -> int:
        """The number of mismatches from which on the declaration is refuted."""
        return refutation_limit(self.population, self.settled)

    @property
    def refuted(self) -> bool:
        """Say whether the declaration is refuted (申报不实): a candidate for 虚假材料 on which a person decides."""
        return self.state is RowState.COUNTS and len(self.mismatched) >= self.limit

    def row_of(self, table: Table) -> int:
        """Return the row of the notice that the aspect belongs to."""
        return ASPECT_ROWS[self.aspect][table]


def prove_rows(
    draw: SampleDraw,
    items: Iterable[SampledItem],
    checks: Iterable[SampleCheck],
    reliabilities: Mapping[Aspect, Reliability],
) -> tuple[RowProof, ...]:
    """Return one proof per body and aspect that was drawn; ``checks`` come in the order in which they were recorded."""
    by_key = group_checks(checks)
    by_unit: dict[str, list[SampledItem]] = defaultdict(list)
    for item in items:
        by_unit[item.unit].append(item)
    return tuple(
        prove_row(draw, unit, aspect, sorted(by_unit[unit], key=lambda item: item.order), by_key, reliabilities)
        for unit, sizes in sorted(draw.sizes.items())
        for aspect in Aspect
        if aspect in sizes
    )


def prove_row(  # noqa: PLR0917
    draw: SampleDraw,
    unit: str,
    aspect: Aspect,
    ordered: Sequence[SampledItem],
    checks: Checks,
    reliabilities: Mapping[Aspect, Reliability],
) -> RowProof:
    """Settle a row: its own sample first, then one spare, in order, for each item that nobody could settle."""
    states = {item.code: settle_item(checks.get((unit, item.code, aspect), ())) for item in ordered}
    own = [item.code for item in ordered if aspect in item.checks]
    spares = [item.code for item in ordered if aspect in item.spare]
    unclear = sum(states[code] is ItemState.UNCLEAR for code in own)
    used = own + take_spares(spares, states, unclear)
    found = {state: tuple(code for code in used if states[code] is state) for state in ItemState}
    looks = [check for code in used for check in checks.get((unit, code, aspect), ())]
    return RowProof(
        unit=unit,
        aspect=aspect,
        population=draw.populations[unit][aspect],
        asked=len(own),
        confirmed=len(found[ItemState.CONFIRMED]),
        mismatched=found[ItemState.MISMATCH],
        pending=found[ItemState.PENDING],
        unclear=len(found[ItemState.UNCLEAR]),
        open=len(found[ItemState.OPEN]),
        reliability=reliabilities.get(aspect, Reliability()),
        observations=tuple(dict.fromkeys(check.observation for check in looks)),
        held=found[ItemState.CONFIRMED],
    )


def find_watched(items: Iterable[SampledItem], checks: Iterable[SampleCheck], state: ItemState) -> tuple[Key, ...]:
    """Return (body, code, aspect) of the watched items in a state; ``MISMATCH``: it offers what its guide denies."""
    by_key = group_checks(checks)
    watched = ((item.unit, item.code, aspect) for item in items for aspect in item.watched)
    return tuple(key for key in watched if settle_item(by_key.get(key, ())) is state)


def take_spares(spares: Sequence[str], states: Mapping[str, ItemState], needed: int) -> list[str]:
    """Take spares in their order until as many are clear as have to stand in; what is known of later ones is left."""
    taken: list[str] = []
    for code in spares:
        if needed <= 0:
            break
        taken.append(code)
        needed -= states[code] is not ItemState.UNCLEAR
    return taken


def group_checks(checks: Iterable[SampleCheck]) -> dict[Key, list[SampleCheck]]:
    """Group checks by body, item and aspect."""
    groups: dict[Key, list[SampleCheck]] = defaultdict(list)
    for check in checks:
        groups[check.unit, check.code, check.aspect].append(check)
    return dict(groups)


def last_looks(checks: Iterable[SampleCheck]) -> list[SampleCheck]:
    """Keep what each observer said last on each day, so that a correction takes the place of a slip."""
    return list({(check.observer, check.day): check for check in checks}.values())


def settle_item(checks: Sequence[SampleCheck]) -> ItemState:
    """Say what the looks at one item in one aspect come to; the majority of the clear looks decides."""
    if not checks:
        return ItemState.OPEN
    looks = last_looks(checks)
    against = [look for look in looks if look.verdict is Verdict.MISMATCH]
    confirmed = sum(look.verdict is Verdict.CONFIRMED for look in looks)
    if not against:
        return ItemState.CONFIRMED if confirmed else ItemState.UNCLEAR
    if confirmed > len(against):
        return ItemState.CONFIRMED
    proven = len({look.day for look in against}) >= LOOKS_THAT_REFUTE and len(against) > confirmed
    return ItemState.MISMATCH if proven else ItemState.PENDING


def pair_observers(
    items: Iterable[SampledItem], checks: Iterable[SampleCheck], aspect: Aspect
) -> list[tuple[float, float]]:
    """Return (first observer's, second observer's) clear verdicts on the items that were to be looked at twice.

    Items that got a second look because the first one found a mismatch stay out: chosen by the outcome, they say
    nothing about how far observers agree. Bodies are taken together, since it is the question that is reliable or not.
    """
    by_key = group_checks(checks)
    pairs = []
    for item in items:
        if item.second and aspect in item.checks:
            last = {check.observer: check for check in by_key.get((item.unit, item.code, aspect), ())}
            told = sorted(last.values(), key=lambda check: (check.observed_at, check.observer))[:2]
            if len(told) == 2 and all(check.verdict in CLEAR for check in told):
                pairs.append((CLEAR[told[0].verdict], CLEAR[told[1].verdict]))
    return pairs
