"""Brings lists of other channels, and what an earlier period counted, from the store to the facts of each body."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from domain.facts import UnitFacts
from domain.handed_list import SPEAKS_FOR_ALL, HandedEntry, ListEntry, ListKind
from domain.run import Run, RunState
from scoring.indicators.power_list import COUNTED
from storage.store import Store

POWER_LIST = "power-list"
ENDED = (RunState.FINISHED, RunState.PARTIAL)
Lists = Mapping[ListKind, tuple[ListEntry, ...]]


def with_lists(facts: Iterable[UnitFacts], store: Store, about: Run) -> tuple[UnitFacts, ...]:
    """Give every body its lists of the period and its count of power items of an earlier one."""
    by_unit, versions = sort_entries(store.lists.current(about.period))
    whole = dict.fromkeys(versions.keys() & SPEAKS_FOR_ALL, ())
    counted = earlier_counts(store, about)
    return tuple(
        fact.model_copy(
            update={
                "lists": {**whole, **by_unit.get(fact.unit.id, {})},
                "list_versions": versions,
                "earlier": counted.get(fact.unit.id, {}),
            }
        )
        for fact in facts
    )


def sort_entries(entries: Iterable[HandedEntry]) -> tuple[dict[str, Lists], dict[ListKind, int]]:
    """Sort entries by body and list; the second value maps the lists that were handed in at all to their version."""
    found: dict[str, dict[ListKind, list[ListEntry]]] = defaultdict(lambda: defaultdict(list))
    versions: dict[ListKind, int] = {}
    for one in entries:
        found[one.unit][one.kind].append(one.entry)
        versions[one.kind] = one.version
    by_unit: dict[str, Lists] = {
        unit: {kind: tuple(listed) for kind, listed in lists.items()} for unit, lists in found.items()
    }
    return by_unit, versions


def earlier_counts(store: Store, about: Run) -> dict[str, dict[str, Decimal]]:
    """Return what the last finished run of an earlier period counted of each body, where it saw enough of it.

    Later rounds of 权责清单 compare two snapshots of the same portal (methodology.md §3.6 D17/C11).
    """
    for run in store.runs.all():  # the newest first
        if run.target == about.target and run.period < about.period and run.state in ENDED:
            found = {
                score.unit: {COUNTED: Decimal(str(count))}
                for score in store.scores.of_run(run.id)
                if score.indicator == POWER_LIST
                and score.coverage >= score.minimum_coverage
                and (count := score.parts.get(COUNTED)) is not None
            }
            if found:
                return found
    return {}
