"""Which of a body's guides belong to an indicator's population, and which of those we did not see."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.crawl import GuideOutcome
from domain.facts import ItemFact, UnitFacts
from domain.item_type import GUANGDONG_ITEM_TYPES, is_application, is_public_service
from scoring.arithmetic import as_decimal

CENSUS_COVERAGE = Decimal("0.98")
"""Minimum coverage of rows that look at every guide (methodology.md §3.2)."""

Member = Callable[[str], bool]


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
        return tuple(item.item_id for item in self.seen)

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
    typed = member is not any_type
    seen: list[ItemFact] = []
    silent: list[ItemFact] = []
    absent: list[ItemFact] = []
    unseen: list[ItemFact] = []
    for item in facts.items:
        if item.package:
            continue
        type_known = not typed or item.item_type_code in GUANGDONG_ITEM_TYPES
        if type_known and not member(item.item_type_code):
            continue
        if item.outcome is GuideOutcome.ABSENT:
            if type_known:
                absent.append(item)
        elif type_known and item.outcome is GuideOutcome.MEASURED and known(item):
            seen.append(item)
        elif type_known and item.outcome is GuideOutcome.MEASURED and not item.unseen_facts & set(needs):
            (seen if silence_is_no else silent).append(item)
        else:
            unseen.append(item)
    return Census(
        seen=tuple(seen),
        silent=tuple(silent),
        absent=tuple(absent),
        unseen=tuple(unseen),
        missing=missing_guides(facts),
    )
