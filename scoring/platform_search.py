"""The platform's own level of search, reported once for all bodies: it is the province's, no body's merit or fault."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from domain.facts import ProbeFact
from scoring.arithmetic import as_decimal
from scoring.probing import KEYWORD_SEARCH, SCORED_PORTAL
from scoring.search_quality import level_searches

PREFIX = "platform_"


def level_platform(probes: Iterable[ProbeFact]) -> Mapping[str, Decimal]:
    """Return the means over the base items of all bodies by part name; what nobody observed is left out."""
    searches = [
        fact
        for fact in probes
        if fact.probe_id == KEYWORD_SEARCH and fact.portal == SCORED_PORTAL and fact.outcome.counts
    ]
    parts = level_searches(searches).parts
    return {f"{PREFIX}{name}": as_decimal(value) for name, value in parts.items() if value is not None}
