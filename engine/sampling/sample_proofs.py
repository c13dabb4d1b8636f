"""Brings people's checks of the drawn sample to the rows whose k they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from domain.facts import UnitFacts
from domain.sample import Aspect, FrameItem, SampleCheck, SampleCommitment, SampledItem
from domain.spread import SampledShare
from exports.rater_agreement import measure_agreement
from scoring.sampling.looks import write_looks
from scoring.sampling.settlement import (
    ItemState,
    Key,
    Reliability,
    RowProof,
    RowState,
    find_watched,
    pair_observers,
    prove_rows,
)
from storage.store import Store


def drawn_commitment(store: Store, period: str, target: str) -> SampleCommitment | None:
    """Return the commitment whose draw speaks for a period; ``None`` while none was drawn."""
    known = store.samples.commitments(period, target)
    return next((one for one in reversed(known) if store.samples.draw(one.id) is not None), None)


def prove_sample(store: Store, commitment: SampleCommitment) -> tuple[RowProof, ...]:
    """Return what the checks of a sample come to, per body and aspect; nothing before the draw."""
    draw = store.samples.draw(commitment.id)
    if draw is None:
        return ()
    items, checks = store.samples.items(commitment.id), tuple(store.samples.checks(commitment.id))
    return prove_rows(draw, items, checks, rate_observers(items, checks))


def watch_sample(store: Store, commitment: SampleCommitment, state: ItemState) -> tuple[Key, ...]:
    """Return (body, code, aspect) of the watched items in a state; nothing of it is scored."""
    return find_watched(store.samples.items(commitment.id), store.samples.checks(commitment.id), state)


def find_waiting(store: Store, commitment: SampleCommitment) -> frozenset[Key]:
    """Return (body, code, aspect) of the mismatches that wait for a look on another day, scored or watched."""
    proofs = prove_sample(store, commitment)
    scored = {(proof.unit, code, proof.aspect) for proof in proofs for code in proof.pending}
    return frozenset(scored | set(watch_sample(store, commitment, ItemState.PENDING)))


def rate_observers(items: Iterable[SampledItem], checks: Iterable[SampleCheck]) -> dict[Aspect, Reliability]:
    """Return how far observers agree, per aspect: Cohen's κ and Krippendorff's α of pycm."""
    items, checks = tuple(items), tuple(checks)
    rated: dict[Aspect, Reliability] = {}
    for aspect in Aspect:
        pairs = pair_observers(items, checks, aspect)
        if pairs:
            found = measure_agreement(pairs)
            rated[aspect] = Reliability(pairs=found.pairs, same=found.same, kappa=found.kappa, alpha=found.alpha)
    return rated


def with_samples(
    facts: Iterable[UnitFacts], proofs: Iterable[RowProof], frame: Iterable[FrameItem] = ()
) -> tuple[UnitFacts, ...]:
    """Give every body its rows' shares, the ids of the checks behind them, and why a row's checks do not count.

    ``frame`` is what was drawn from: with it the shares say item by item what was found, so that rows of one item
    sample can be drawn together and by strata.
    """
    by_unit: dict[str, list[RowProof]] = defaultdict(list)
    for proof in proofs:
        by_unit[proof.unit].append(proof)
    frames: dict[str, list[FrameItem]] = defaultdict(list)
    for item in frame:
        frames[item.unit].append(item)
    return tuple(
        with_proofs(body, by_unit[body.unit.id], frames[body.unit.id]) if body.unit.id in by_unit else body
        for body in facts
    )


def with_proofs(body: UnitFacts, proofs: Iterable[RowProof], frame: Sequence[FrameItem] = ()) -> UnitFacts:
    """Give one body what was proved about it."""
    table = body.unit.table
    told = {proof.row_of(table): proof for proof in proofs}
    shares = {row: share_of(proof, frame) for row, proof in told.items()}
    return body.model_copy(
        update={
            "samples": {row: share for row, share in shares.items() if share is not None},
            "sample_notes": {row: note for row, proof in told.items() if (note := note_of(proof))},
            "sample_inputs": {row: proof.observations for row, proof in told.items() if shares[row] is not None},
        }
    )


def share_of(proof: RowProof, frame: Sequence[FrameItem] = ()) -> SampledShare | None:
    """Return a row's share; one whose sample is not settled whole does not move a score, one in doubt is left out."""
    if proof.state in (RowState.UNRELIABLE, RowState.PENDING) or proof.share is None:
        return None
    looks = write_looks(frame, proof.aspect, held=proof.held, refuted=proof.mismatched)
    known = proof.share.model_dump() | {"enough": proof.state is RowState.COUNTS, "looks": looks}
    return SampledShare.model_validate(known)


NOTES: Mapping[RowState, str] = {
    RowState.COUNTS: "",
    RowState.TOO_FEW: "人工抽查应核验 {asked} 项，已有结论 {settled} 项，未达样本量，不计入。",
    RowState.PENDING: "人工抽查有 {pending} 项“不符”尚待另一天复核，暂不计入。",
    RowState.UNRELIABLE: "两名核验人的一致性 α = {alpha}，低于 0.67，人工判断不采用，k 按 1 计。",
}


def note_of(proof: RowProof) -> str:
    """Say why a row's checks do not count; "" where they do, or where nobody has looked yet."""
    if not (proof.settled or proof.pending or proof.unclear):
        return ""
    alpha = "—" if proof.reliability.alpha is None else f"{proof.reliability.alpha:.2f}"
    return NOTES[proof.state].format(asked=proof.asked, settled=proof.settled, pending=len(proof.pending), alpha=alpha)
