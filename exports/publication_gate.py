"""A snapshot that shrank overnight is more likely our fault than the portals': nobody publishes it by accident.

Published snapshots of comparable programmes have once held 4 rows in place of 31,000 (peers.md §0.5).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from domain.crawl import GuideOutcome
from domain.errors import PublishRefusedError
from domain.frozen import Frozen
from domain.run import Run, RunKind, RunState
from exports.dataset import UNIT_NAMES, Dataset
from storage.store import Store

NAMED_MAX = 8
"""How many bodies one message names."""


class ShrinkLimits(Frozen):
    """How much a run may fall behind the one before it."""

    guides_share: float = 0.05  # of all guides measured
    observations_share: float = 0.05  # of all probes carried out
    coverage_points: float = 10.0  # percentage points of one body's coverage
    rows_share: float = 0.5  # of a data set's rows: a fall like that is seldom the portals' doing


class UnitExtent(Frozen):
    """How much of one body a run saw on one portal."""

    listed: int
    measured: int

    @property
    def coverage(self) -> float:
        """Guides measured over guides listed, in percent; a body without guides is fully covered."""
        return 100.0 if self.listed == 0 else 100.0 * self.measured / self.listed


class Extent(Frozen):
    """How much a run saw altogether; ``units`` maps ``portal/unit``."""

    guides: int
    observations: int
    units: Mapping[str, UnitExtent]


def refuse_quarantined(run: Run) -> None:
    """Raise ``PublishRefusedError`` for a run whose instrument is in doubt: nothing of it is scored or published."""
    if run.state is RunState.QUARANTINED:
        raise PublishRefusedError(
            f"run {run.id} is in quarantine and is neither scored nor published ({run.note}); allowed: look at it with "
            f"`yuece serve`, then `yuece release {run.id} --reviewer NAME --note WHY`"
        )


def refuse_shrunken(store: Store, run: Run, limits: ShrinkLimits, chosen: Sequence[Dataset[Any]] = ()) -> None:
    """Compare a run, and the chosen data sets of it, with the run before it.

    Raises ``PublishRefusedError`` naming everything that shrank.
    """
    before = None if run.kind is RunKind.MANUAL else find_baseline(store, run)  # hand-ins differ in size
    if before is None:
        return
    losses = [*find_losses(measure_extent(store, before.id), measure_extent(store, run.id), limits)]
    for dataset in chosen:
        counted = dataset.count(store, before.id), dataset.count(store, run.id)
        losses += _total_loss(f"rows of {dataset.id}", *counted, limits.rows_share)
    if losses:
        raise PublishRefusedError(
            f"run {run.id} shrank against run {before.id}: {'; '.join(losses)}; "
            "allowed: find out why, then export with force"
        )


def find_baseline(store: Store, run: Run) -> Run | None:
    """Return the last run of the same kind and target before this one, a whole one if there is any, else a partial one.

    A partial run counts last, so that several poor nights in a row cannot lower the bar step by step.
    """
    earlier = [
        other
        for other in store.runs.all()
        if (other.target, other.kind) == (run.target, run.kind)
        and other.started_at < run.started_at
        and other.counts.get("measured", 1)  # a night that never began is no yardstick
    ]
    for state in (RunState.FINISHED, RunState.PARTIAL):
        candidates = [other for other in earlier if other.state is state]
        if candidates:
            return max(candidates, key=lambda other: other.started_at)
    return None


def measure_extent(store: Store, run: str) -> Extent:
    """Count what a run saw."""
    visits = store.overview.count_visits(run)
    measured = {
        f"{portal}/{unit}": count
        for (portal, unit, outcome), count in visits.items()
        if outcome is GuideOutcome.MEASURED
    }
    units = {
        f"{listing.portal}/{listing.unit}": UnitExtent(
            listed=max(listing.guides, listing.total or 0),
            measured=measured.get(f"{listing.portal}/{listing.unit}", 0),
        )
        for listing in store.crawls.listings(run)
        if listing.offered
    }
    return Extent(guides=sum(measured.values()), observations=len(store.observations.keys(run)), units=units)


def find_losses(before: Extent, now: Extent, limits: ShrinkLimits) -> Iterator[str]:
    """Name every loss beyond the limits."""
    yield from _total_loss("guides measured", before.guides, now.guides, limits.guides_share)
    yield from _total_loss("observations", before.observations, now.observations, limits.observations_share)
    gone = [key for key, extent in before.units.items() if extent.measured and not _seen(now, key)]
    if gone:
        yield f"bodies vanished: {_name(gone)}"
    fallen = [key for key in before.units.keys() - set(gone) if _fall(before, now, key) > limits.coverage_points]
    if fallen:
        named = [f"{key} {before.units[key].coverage:.0f} % → {now.units[key].coverage:.0f} %" for key in fallen]
        yield f"coverage fell: {_name(named)}"


def _total_loss(what: str, before: int, now: int, share: float) -> Iterator[str]:
    if before - now > before * share:
        yield f"{what} fell from {before} to {now} (-{(before - now) / before:.1%}, limit {share:.1%})"


def _seen(extent: Extent, key: str) -> bool:
    return key in extent.units and extent.units[key].measured > 0


def _fall(before: Extent, now: Extent, key: str) -> float:
    return before.units[key].coverage - now.units[key].coverage if key in now.units else 0.0


def _name(items: list[str]) -> str:
    named = sorted(f"{item} {UNIT_NAMES.get(item.rpartition('/')[2], '')}".strip() for item in items)
    more = f" and {len(named) - NAMED_MAX} more" if len(named) > NAMED_MAX else ""
    return ", ".join(named[:NAMED_MAX]) + more
