"""Lifts the quarantine of a run on an evaluator's word, and keeps that word."""

from datetime import UTC, datetime

from domain.errors import UsageError
from domain.review import Review, ReviewVerdict
from domain.run import Run, RunState
from storage.store import Store


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
