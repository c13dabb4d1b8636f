"""One round of sampling in its order: commit before the window, draw, reveal after it; nothing can be done over."""

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime

from domain.errors import RefusedError, UsageError
from domain.period import Period
from domain.run import Run
from domain.sample import (
    CHINA_TIME,
    SaltReveal,
    SampleCommitment,
    SampledItem,
    SampleDraw,
    SizeRule,
    hash_salt,
)
from engine.sampling.sample_frame import gather_frame
from exports.publication_gate import refuse_quarantined
from scoring.sampling.frames import hash_frame
from scoring.sampling.item_draw import draw_sample
from storage.store import Store

SALT_BYTES = 32
TRIAL = "sandbox"
"""Target whose rounds are trials: the window of the notice does not bind them, and the record says so."""


def commit_sample(
    store: Store,
    run: Run,
    *,
    by: str,
    size: SizeRule,
    cases: Mapping[str, int] | None = None,
    beacon: str = "",
    now: datetime | None = None,
) -> SampleCommitment:
    """Choose a salt, freeze the frame of a run and keep both; ``beacon`` names a public value that is not known yet.

    Raises ``RefusedError`` once the sampling window has begun or the period's sample was drawn, ``UsageError`` for a
    run without guides, ``PublishRefusedError`` for one in quarantine.
    """
    refuse_quarantined(run)
    moment = now or datetime.now(UTC)
    begins, _ = Period.parse(run.period).sampling_window
    in_time = china_day(moment) < begins
    if not in_time and run.target != TRIAL:
        raise RefusedError(f"the window of {run.period} began on {begins}; allowed: a commitment before that day")
    earlier = store.samples.commitments(run.period)
    refuse_drawn(store, run, earlier)
    frame = gather_frame(store, run.id, cases)
    if not frame:
        raise UsageError(f"run {run.id} holds no measured guide of an evaluated body; allowed: a run with a crawl")
    salt = secrets.token_hex(SALT_BYTES)
    commitment = SampleCommitment(
        id=f"{run.period}-{len(earlier) + 1}",
        period=run.period,
        target=run.target,
        run=run.id,
        salt_sha256=hash_salt(salt),
        frame_sha256=hash_frame(frame),
        frame_items=len(frame),
        size=size,
        beacon=beacon,
        made_at=moment,
        made_by=by,
        in_time=in_time,
    )
    store.samples.commit(commitment, salt, frame)
    return commitment


def refuse_drawn(store: Store, run: Run, earlier: tuple[SampleCommitment, ...]) -> None:
    """Raise ``RefusedError`` when the period's sample was drawn: a second draw would let one choose between two."""
    for one in earlier:
        if one.target == run.target and store.samples.draw(one.id) is not None:
            raise RefusedError(f"sample {one.id} was drawn already; allowed: one draw of {run.period} for {run.target}")


def china_day(moment: datetime) -> date:
    """Return the day in China."""
    return moment.astimezone(CHINA_TIME).date()


def chosen_commitment(store: Store, name: str | None) -> SampleCommitment:
    """Return the named commitment, or the latest one; raise ``UsageError`` when there is none."""
    if name is not None:
        return store.samples.commitment(name)
    known = store.samples.commitments()
    if not known:
        raise UsageError("there is no sample yet; allowed: `yuece sample commit --by NAME` first")
    return known[-1]


def draw_committed(
    store: Store, commitment: SampleCommitment, *, by: str, beacon_value: str = "", now: datetime | None = None
) -> tuple[SampleDraw, tuple[SampledItem, ...]]:
    """Draw what was committed to and keep it.

    Raises ``RefusedError`` when it was drawn before, when a later commitment of the period stands, and when salt or
    frame are no longer what was promised; ``UsageError`` for a beacon's value that is missing or was not promised.
    """
    if store.samples.draw(commitment.id) is not None:
        raise RefusedError(
            f"sample {commitment.id} was drawn already; allowed: one draw; `yuece sample publish` writes its list"
        )
    latest = store.samples.commitments(commitment.period, commitment.target)[-1]
    if latest.id != commitment.id:
        raise RefusedError(f"sample {commitment.id} was replaced by {latest.id}; allowed: a draw of {latest.id}")
    refuse_drawn(store, store.runs.get(commitment.run), store.samples.commitments(commitment.period))
    salt, frame = store.samples.salt(commitment.id), store.samples.frame(commitment.id)
    if hash_salt(salt) != commitment.salt_sha256:
        raise RefusedError(f"the salt of {commitment.id} is not the one that was promised; nothing was drawn")
    if hash_frame(frame) != commitment.frame_sha256:
        raise RefusedError(f"the frame of {commitment.id} is not the one that was promised; nothing was drawn")
    if bool(beacon_value) != bool(commitment.beacon):
        asked = f"the value of {commitment.beacon!r}" if commitment.beacon else "no public value: none was promised"
        raise UsageError(f"sample {commitment.id} is drawn with {asked}; allowed: --beacon-value with just that")
    drawn = draw_sample(
        frame, commitment=commitment.id, period=commitment.period, salt=salt + beacon_value, size=commitment.size
    )
    draw = SampleDraw(
        commitment=commitment.id,
        drawn_at=now or datetime.now(UTC),
        drawn_by=by,
        beacon_value=beacon_value,
        populations=drawn.populations,
        sizes=drawn.sizes,
    )
    store.samples.save_draw(draw, drawn.items)
    return draw, drawn.items


def reveal_salt(store: Store, commitment: SampleCommitment, *, by: str, now: datetime | None = None) -> SaltReveal:
    """Publish the salt; a second time returns the same record.

    Raises ``RefusedError`` before the draw, and while the window is open: who has the salt knows what will be checked.
    """
    known = store.samples.reveal(commitment.id)
    if known is not None:
        return known
    if store.samples.draw(commitment.id) is None:
        raise RefusedError(f"sample {commitment.id} is not drawn yet; allowed: `yuece sample draw` first")
    moment = now or datetime.now(UTC)
    _, ends = Period.parse(commitment.period).sampling_window
    if china_day(moment) <= ends and commitment.target != TRIAL:
        raise RefusedError(f"the window of {commitment.period} is open until {ends}; allowed: a reveal after that day")
    salt = store.samples.salt(commitment.id)
    reveal = SaltReveal(commitment=commitment.id, salt=salt, revealed_at=moment, revealed_by=by)
    store.samples.save_reveal(reveal)
    return reveal
