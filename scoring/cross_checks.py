"""What the citizen's side sees beside rows that other channels fill: shown with their scores, never part of them."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from domain.facts import UnitFacts
from scoring.arithmetic import maybe_decimal, share
from scoring.census import take_census

Parts = Mapping[str, Decimal | None]


def check_licences(facts: UnitFacts) -> Parts:
    """Share of guides with a material that is tied to an electronic licence (methodology.md §3.6 D6/C4)."""
    census = take_census(facts, known=lambda item: item.e_licence is not None, needs=("e_licence",))
    marked = sum(bool(item.e_licence) for item in census.seen)
    return {
        "guides_with_e_licence": Decimal(marked),
        "guides_with_e_licence_share": maybe_decimal(share(marked, len(census.seen))),
    }


CROSS_CHECKS: Mapping[str, Callable[[UnitFacts], Parts]] = {"e-licence": check_licences}
"""Id of the row → its cross-check."""
