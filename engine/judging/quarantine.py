"""Puts a stored run into quarantine or lifts it: by what its documents say now, or on an evaluator's word."""

from datetime import UTC, datetime

from domain.errors import UsageError
from domain.review import Review, ReviewVerdict
from domain.run import Run, RunState
from engine.judging.examination import Examination
from engine.judging.instrument_health import GOOD_KINDS, GOOD_STATES
from storage.store import Store


def settle(store: Store, run: Run, seen: Examination) -> Run:
    """Bring the state of an ended crawl in line with its examination; return the run as it stands now.

    A quarantine is lifted only when there was a good run to compare with and nothing is missing any more.
    """
    if seen.doubt and run.state in GOOD_STATES and run.kind in GOOD_KINDS:
        change = {"state": RunState.QUARANTINED, "note": seen.doubt}
    elif run.state is RunState.QUARANTINED and seen.compared and not seen.doubt:
        change = {"state": RunState.PARTIAL, "note": f"{run.note}　重新解析、审核后不再有字段消失，隔离已解除。"}
    else:
        return run
    settled = run.model_copy(update=change)
    store.runs.update(settled)
    return settled


def release(store: Store, run: Run, *, reviewer: str, note: str) -> Run:
    """Record who lifts the quarantine and why, and make the run a partial one that may be scored.

    Raises ``UsageError`` for a run that is not in quarantine, or when nobody or no reason is named.
    """
    if run.state is not RunState.QUARANTINED:
        raise UsageError(f"run {run.id!r} is {run.state.value}; only a run in quarantine can be released")
    if not reviewer.strip() or not note.strip():
        raise UsageError("a release needs --reviewer and --note: who lifts the quarantine, and why")
    word = Review(
        about=run.id, reviewer=reviewer.strip(), verdict=ReviewVerdict.RELEASE, note=note.strip(), at=datetime.now(UTC)
    )
    store.reviews.add(word)
    told = f"{run.note}　已由 {word.reviewer} 解除隔离：{word.note}"
    released = run.model_copy(update={"state": RunState.PARTIAL, "note": told})
    store.runs.update(released)
    return released
