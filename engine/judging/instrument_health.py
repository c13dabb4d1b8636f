"""Tells a portal that changed from an instrument that went blind, before anything is scored (decision 0008)."""

from collections.abc import Iterable, Iterator
from math import comb, exp

from crawler.coverage import BLANK, FILLED, UNSEEN, CoverageCount
from domain.crawl import GuideOutcome
from domain.field_coverage import MEASURED, FieldCoverage, part_title_zh
from domain.review import ReviewVerdict
from domain.run import Run, RunKind, RunState
from engine.run_place import place_of
from portals.adapter import adapters
from storage.store import Store

LOST_MIN = 20
"""With nothing gained, 20 losses have a chance of 2⁻²⁰: below ``CHANCE_MAX`` under edits that go either way."""
LOST_SHARE_MIN = 0.3
BODIES_MIN = 3
"""One body may rewrite all its guides in one decision; three bodies that do so on one night did not decide it."""
LONE_SHARE_MIN = 0.9  # of a crawl of fewer bodies than that
CHANCE_MAX = 1e-6
EXACT_MAX = 1000
NAMED_MAX = 4
GOOD_STATES = (RunState.FINISHED, RunState.PARTIAL)
GOOD_KINDS = (RunKind.NIGHTLY, RunKind.CRAWL)
STATES = {GuideOutcome.MEASURED: FILLED, GuideOutcome.ABSENT: BLANK, GuideOutcome.NOT_MEASURED: UNSEEN}


def find_good_run(store: Store, run: Run, portal: str) -> Run | None:
    """Return the newest earlier run that this one may be compared with; ``None`` when there is none.

    It ended, is not in quarantine, crawled the same portals of the same place and every body of this run, and measured
    at least half as many guides: a blocked night is no yardstick.
    """
    seen = _count_measured(store, run.id, portal)
    for other in store.runs.all():  # newest first
        if other.started_at >= run.started_at or not _is_alike(run, other, portal):
            continue
        if _count_measured(store, other.id, portal) >= max(LOST_MIN, seen / 2):
            return other
    return None


def _is_alike(run: Run, other: Run, portal: str) -> bool:
    fit = other.kind in GOOD_KINDS and other.state in GOOD_STATES and portal in other.portals
    return fit and set(run.units) <= set(other.units) and place_of(run) == place_of(other)


def _count_measured(store: Store, run: str, portal: str) -> int:
    counts = store.overview.count_visits(run)
    return sum(n for (where, _, how), n in counts.items() if (where, how) == (portal, GuideOutcome.MEASURED))


def count_outcomes(store: Store, run: str, portal: str, good: Run | None) -> CoverageCount:
    """Count how the visits ended beside how they ended in the last good run, as one more part of the guides."""
    count = CoverageCount()
    for unit, item, now, then in store.crawls.fates(run, portal, good.id if good else None):
        before = None if then is None else {MEASURED: STATES[then]}
        count.count(item, unit, {MEASURED: STATES[now]}, before)
    return count


def examine(count: CoverageCount, run: str, portal: str, compared_with: str) -> tuple[FieldCoverage, ...]:
    """Return the figures of every part, each with the word whether it has vanished."""
    bodies = len(count.compared_units)
    return tuple(
        part.model_copy(update={"vanished": has_vanished(part, bodies)})
        for part in count.coverage(run, portal, compared_with)
    )


def has_vanished(part: FieldCoverage, bodies: int) -> bool:
    """Say whether more was lost than chance or honest change explain; ``bodies`` counts those compared."""
    many = bodies >= BODIES_MIN
    share = LOST_SHARE_MIN if many else LONE_SHARE_MIN
    enough = part.lost >= max(LOST_MIN, share * part.held_before)
    spread = part.lost_bodies >= (BODIES_MIN if many else bodies)
    return enough and spread and chance(part.lost, part.gained) <= CHANCE_MAX


def chance(lost: int, gained: int) -> float:
    """Return how likely at least so many losses are if edits go either way alike (sign test; a bound when large)."""
    changed = lost + gained
    if changed <= EXACT_MAX:
        return sum(comb(changed, number) for number in range(lost, changed + 1)) / (1 << changed)
    return exp(-2 * changed * (lost / changed - 0.5) ** 2) if lost > gained else 1.0


def is_released(store: Store, run: str) -> bool:
    """Say whether an evaluator has lifted the quarantine of a run."""
    return any(review.verdict is ReviewVerdict.RELEASE for review in store.reviews.about(run))


def word_doubt(parts: Iterable[FieldCoverage]) -> str:
    """Say in one Chinese sentence what vanished; ``""`` when nothing did."""
    gone = sorted((part for part in parts if part.vanished), key=lambda part: -part.lost)
    if not gone:
        return ""
    named = "；".join(_word_loss(gone[:NAMED_MAX]))
    more = f"；另有 {len(gone) - NAMED_MAX} 项" if len(gone) > NAMED_MAX else ""
    return f"与上次正常运行 {gone[0].compared_with} 相比：{named}{more}。采集或解析存疑，本次运行已隔离，不计分。"


def _word_loss(parts: Iterable[FieldCoverage]) -> Iterator[str]:
    for part in parts:
        portal = adapters.get(part.portal).portal.title
        what = "采集到的指南" if part.field == MEASURED else f"“{part_title_zh(part.field)}”"
        share = f"{part.lost / part.held_before:.0%}"
        yield (
            f"{portal}{what}在 {part.lost_bodies} 个单位的 {part.lost} 份指南中消失"
            f"（原有 {part.held_before} 份，占 {share}）"
        )
