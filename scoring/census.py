"""Which of a body's guides belong to an indicator's population, and which of those we did not see."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import compress
from operator import attrgetter, not_

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, UnitFacts
from domain.item_type import GUANGDONG_ITEM_TYPES, is_application, is_public_service
from scoring.arithmetic import as_decimal

CENSUS_COVERAGE = Decimal("0.98")
"""Minimum coverage of rows that look at every guide (methodology.md §3.2)."""

Member = Callable[[str], bool]


class Same:
    """A body's items as the key of what was worked out of them: the same tuple, not an equal one.

    Twenty rows sort the same thirty thousand items; to compare them one by one would cost more than to sort them.
    """

    __slots__ = ("items",)

    def __init__(self, items: tuple[ItemFact, ...]) -> None:
        self.items = items

    def __hash__(self) -> int:
        return id(self.items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.items is other.items


@dataclass(frozen=True, kw_only=True)
class Population:
    """The items that a row speaks of, whatever facts it needs of them."""

    measured: tuple[ItemFact, ...]
    absent: tuple[ItemFact, ...]
    unseen: tuple[ItemFact, ...]  # not measured, or of a type that is not known


@dataclass(frozen=True, kw_only=True)
class Census:
    """The population of one row, sorted by what we know of each guide."""

    seen: tuple[ItemFact, ...]  # measured, of the population, with the facts that the row needs
    absent: tuple[ItemFact, ...]  # of the population, listed, but the portal answers that there is no such guide
    silent: tuple[ItemFact, ...]  # measured, of the population, but the guide itself does not state the fact
    unseen: tuple[ItemFact, ...]  # may belong to the population, but we cannot tell or our source lacks a fact
    missing: int | None  # guides that the listing claimed and never showed; None: nobody knows how many

    @property
    def coverage(self) -> Decimal:
        """Seen or settled guides / planned guides; 0 when the plan itself is unknown, 1 when nothing was planned."""
        if self.missing is None:
            return Decimal(0)
        settled = len(self.seen) + len(self.silent) + len(self.absent)
        planned = settled + len(self.unseen) + self.missing
        return as_decimal(Fraction(settled, planned)) if planned else Decimal(1)

    @property
    def inputs(self) -> tuple[str, ...]:
        return list_ids(Same(self.seen))

    @property
    def excluded(self) -> tuple[str, ...]:
        return tuple(item.item_id for item in (*self.unseen, *self.silent, *self.absent))

    @property
    def parts(self) -> dict[str, Decimal | None]:
        """How many guides entered and how many were left out, for the score's ``parts``."""
        return {
            "items_seen": Decimal(len(self.seen)),
            "items_silent": Decimal(len(self.silent)),
            "items_absent": Decimal(len(self.absent)),
            "items_unseen": Decimal(len(self.unseen)),
            "items_missing": None if self.missing is None else Decimal(self.missing),
        }


def any_type(code: str) -> bool:
    """Population of the rows that speak of all 政务服务事项."""
    return True


def application_or_public(code: str) -> bool:
    """Population of the rows that speak of 依申请和公共服务事项."""
    return is_application(code) or is_public_service(code)


def missing_guides(facts: UnitFacts) -> int | None:
    """Count the guides that the listing claimed and never showed; ``None`` when it is not whole by an unknown gap."""
    if not facts.offered:
        return 0
    gap = max(facts.listed - len(facts.items), 0)
    return None if gap == 0 and not facts.listing_whole else gap


@lru_cache(maxsize=4)
def list_ids(items: Same) -> tuple[str, ...]:
    """Return the items' ids, once for all rows that see the same items."""
    return tuple(map(attrgetter("item_id"), items.items))


@lru_cache(maxsize=8)
def sort_population(items: Same, member: Member) -> Population:
    """Sort a body's items for the rows that speak of the same types; the cache holds the kinds of one body."""
    typed = member is not any_type
    measured: list[ItemFact] = []
    absent: list[ItemFact] = []
    unseen: list[ItemFact] = []
    for item in items.items:
        type_known = not typed or item.item_type_code in GUANGDONG_ITEM_TYPES
        if item.package or (type_known and not member(item.item_type_code)):
            continue
        if item.outcome is GuideOutcome.ABSENT:
            if type_known:
                absent.append(item)
        elif type_known and item.outcome is GuideOutcome.MEASURED:
            measured.append(item)
        else:
            unseen.append(item)
    return Population(measured=tuple(measured), absent=tuple(absent), unseen=tuple(unseen))


def take_census(
    facts: UnitFacts,
    *,
    member: Member = any_type,
    known: Callable[[ItemFact], bool],
    needs: tuple[str, ...],
    silence_is_no: bool = False,
) -> Census:
    """Sort a body's guides for one row; ``known`` says whether a measured guide has the facts that the row needs.

    ``needs`` names those facts as attributes of ``ItemFact``: a guide that lacks one which our source does not show is
    unseen. A guide that is merely silent is settled: where a row counts declarations it declares nothing
    (``silence_is_no``), where a row takes a mean there is nothing to enter it.

    A 一件事 bundles items that are counted by their own guides, and its schema has no facts of an item: it is left out.
    A guide whose type is not known may belong to any row: it is unseen, except when the portal says that it does not
    exist, since then it is not known to belong here at all.
    """
    population = sort_population(Same(facts.items), member)
    told = list(map(known, population.measured))
    if all(told):
        return Census(
            seen=population.measured,
            absent=population.absent,
            silent=(),
            unseen=population.unseen,
            missing=missing_guides(facts),
        )
    lacking = frozenset(needs)
    rest = list(compress(population.measured, map(not_, told)))
    quiet = [item.unseen_facts.isdisjoint(lacking) for item in rest]
    if silence_is_no:
        settled = iter(quiet)
        told = [knows or next(settled) for knows in told]
    return Census(
        seen=population.measured if all(told) else tuple(compress(population.measured, told)),
        absent=population.absent,
        silent=() if silence_is_no else tuple(compress(rest, quiet)),
        unseen=(*population.unseen, *compress(rest, map(not_, quiet))),
        missing=missing_guides(facts),
    )
