"""What looks come to, worked by hand: item by item, row by row, and what moves k and what refutes a declaration."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from domain.sample import ASPECT_ROWS, Aspect, SampleCheck, SampledItem, SampleDraw, Verdict
from domain.spread import SampledShare
from domain.unit import Table, Unit
from engine.sampling.sample_proofs import note_of, rate_observers, share_of, with_samples
from scoring.consistency import check_row
from scoring.examples import body_facts, measured_item
from scoring.indicator import Targets, indicators
from scoring.sampling.settlement import (
    ItemState,
    Reliability,
    RowProof,
    RowState,
    find_watched,
    pair_observers,
    prove_rows,
    settle_item,
)

DAY = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)
YES, NO, DUNNO = Verdict.CONFIRMED, Verdict.MISMATCH, Verdict.UNCLEAR
Look = tuple[str, int, Verdict]  # observer, day, verdict


def make_check(code: str, look: Look, aspect: Aspect = Aspect.BOOKING, number: int = 0) -> SampleCheck:
    observer, day, verdict = look
    return SampleCheck(
        commitment="2026H2-1",
        unit="dept-01",
        code=code,
        aspect=aspect,
        observer=observer,
        observation=f"run-{day}/visit/sample-check/{code}",
        verdict=verdict,
        seen="所见",
        source="12 号窗口",
        observed_at=DAY + timedelta(days=day, minutes=number),
        note="",
        pictures=(),
        recorded_by="李登记",
        recorded_at=DAY + timedelta(days=day),
    )


def make_sampled(code: str, *, spare: bool = False, second: bool = False, watched: bool = False) -> SampledItem:
    booking = (Aspect.BOOKING,)
    return SampledItem(
        commitment="2026H2-1",
        unit="dept-01",
        code=code,
        item_id=f"i-{code}",
        title="事项",
        url="",
        stratum="01/unknown",
        order=code,
        checks=() if spare or watched else booking,
        spare=booking if spare else (),
        watched=booking if watched else (),
        second=second,
    )


def prove(
    items: Sequence[SampledItem], looks: dict[str, list[Look]], population: int = 60, **rated: Reliability
) -> RowProof:
    asked = sum(bool(item.checks) for item in items)
    draw = SampleDraw(
        commitment="2026H2-1",
        drawn_at=DAY,
        drawn_by="王抽样",
        populations={"dept-01": {Aspect.BOOKING: population}},
        sizes={"dept-01": {Aspect.BOOKING: asked}},
    )
    checks = [make_check(code, look) for code, told in looks.items() for look in told]
    (proof,) = prove_rows(draw, items, checks, {Aspect.BOOKING: rated["rated"]} if rated else {})
    return proof


@pytest.mark.parametrize(
    ("looks", "state"),
    [
        ([], ItemState.OPEN),
        ([("甲", 0, YES)], ItemState.CONFIRMED),
        ([("甲", 0, DUNNO)], ItemState.UNCLEAR),
        ([("甲", 0, DUNNO), ("乙", 1, YES)], ItemState.CONFIRMED),
        ([("甲", 0, NO)], ItemState.PENDING),  # seen once: nothing is proved
        ([("甲", 0, NO), ("乙", 0, NO)], ItemState.PENDING),  # two people on one day: one occasion
        ([("甲", 0, NO), ("甲", 1, NO)], ItemState.MISMATCH),  # a second run on another day
        ([("甲", 0, NO), ("乙", 1, NO)], ItemState.MISMATCH),
        ([("甲", 0, NO), ("乙", 1, YES)], ItemState.PENDING),  # one against one: a third look decides
        ([("甲", 0, NO), ("乙", 1, YES), ("丙", 2, YES)], ItemState.CONFIRMED),
        ([("甲", 0, NO), ("乙", 1, YES), ("丙", 2, NO)], ItemState.MISMATCH),
        ([("甲", 0, NO), ("甲", 0, YES)], ItemState.CONFIRMED),  # corrected on the same day
    ],
)
def test_an_item_is_settled_by_its_looks(looks: list[Look], state: ItemState) -> None:
    assert settle_item([make_check("c", look) for look in looks]) is state


def test_the_printed_example_as_a_row() -> None:
    """18 of 20 out of 60: k = 0.9 within [0.733, 0.967]; two mismatches refute nothing, a third one would."""
    codes = [f"c{number:02}" for number in range(20)]
    looks: dict[str, list[Look]] = {code: [("甲", 0, YES)] for code in codes}
    looks |= {code: [("甲", 0, NO), ("乙", 3, NO)] for code in codes[:2]}
    proof = prove([make_sampled(code) for code in codes], looks)
    assert (proof.state, proof.confirmed, proof.settled, proof.population) == (RowState.COUNTS, 18, 20, 60)
    assert [round(bound, 3) for bound in proof.interval] == [0.733, 0.967]
    assert (proof.limit, proof.refuted) == (3, False)
    share = share_of(proof)
    assert share is not None
    assert (share.share, share.enough, note_of(proof)) == (0.9, True, "")
    looks[codes[2]] = [("甲", 0, NO), ("乙", 3, NO)]
    worse = prove([make_sampled(code) for code in codes], looks)
    assert worse.refuted
    assert worse.mismatched == tuple(codes[:3])


def test_a_mismatch_that_waits_for_its_second_look_holds_the_row() -> None:
    items = [make_sampled(f"c{number}") for number in range(3)]
    looks: dict[str, list[Look]] = {"c0": [("甲", 0, NO)], "c1": [("甲", 0, YES)], "c2": [("甲", 0, YES)]}
    proof = prove(items, looks, population=3)
    assert proof.state is RowState.PENDING
    assert not proof.refuted
    assert share_of(proof) is None
    assert "1 项“不符”尚待另一天复核" in note_of(proof)


def test_a_sample_below_its_size_moves_nothing_and_a_spare_fills_it_up() -> None:
    items = [make_sampled("c0"), make_sampled("c1"), make_sampled("d0", spare=True), make_sampled("d1", spare=True)]
    looks: dict[str, list[Look]] = {"c0": [("甲", 0, YES)], "c1": [("甲", 0, DUNNO)]}
    short = prove(items, looks)
    assert (short.state, short.settled, short.asked, short.open) == (RowState.TOO_FEW, 1, 2, 1)
    share = share_of(short)
    assert share is not None
    assert not share.enough
    assert "应核验 2 项，已有结论 1 项" in note_of(short)
    later = prove(items, looks | {"d1": [("甲", 0, YES)]})
    assert later.state is RowState.TOO_FEW, "spares stand in in their order only"
    filled = prove(items, looks | {"d0": [("甲", 0, DUNNO)], "d1": [("甲", 0, YES)]})
    assert (filled.state, filled.confirmed, filled.unclear) == (RowState.COUNTS, 2, 2)


def test_a_spare_does_not_count_where_nothing_is_unclear() -> None:
    items = [make_sampled("c0"), make_sampled("d0", spare=True)]
    proof = prove(items, {"c0": [("甲", 0, YES)], "d0": [("甲", 0, NO), ("乙", 1, NO)]})
    assert (proof.confirmed, proof.mismatched) == (1, ())


def test_judgements_of_observers_who_agree_too_little_leave_k() -> None:
    items = [make_sampled("c0")]
    looks: dict[str, list[Look]] = {"c0": [("甲", 0, YES)]}
    low = prove(items, looks, rated=Reliability(pairs=12, same=7, kappa=0.2, alpha=0.66))
    assert low.state is RowState.UNRELIABLE
    assert share_of(low) is None
    assert "α = 0.66，低于 0.67" in note_of(low)
    assert prove(items, looks, rated=Reliability(pairs=12, same=11, alpha=0.67)).state is RowState.COUNTS
    assert prove(items, looks, rated=Reliability(pairs=9, same=4, alpha=0.1)).state is RowState.COUNTS
    assert prove(items, looks, rated=Reliability(pairs=12, same=12, alpha=None)).state is RowState.COUNTS


def test_under_reporting_is_seen_twice_or_not_at_all() -> None:
    items = [make_sampled("w0", watched=True), make_sampled("w1", watched=True)]
    checks = [make_check("w0", ("甲", 0, NO)), make_check("w0", ("乙", 1, NO)), make_check("w1", ("甲", 0, NO))]
    assert find_watched(items, checks, ItemState.MISMATCH) == (("dept-01", "w0", Aspect.BOOKING),)
    assert find_watched(items, checks, ItemState.PENDING) == (("dept-01", "w1", Aspect.BOOKING),)


MEG = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0)
OWEN = (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)


def rate(first: Sequence[int], second: Sequence[int]) -> Reliability:
    verdicts = {0: NO, 1: YES}
    items = [make_sampled(f"c{number}", second=True) for number in range(len(first))]
    checks = [make_check(f"c{n}", ("甲", 0, verdicts[one])) for n, one in enumerate(first)]
    checks += [make_check(f"c{n}", ("乙", 1, verdicts[one])) for n, one in enumerate(second)]
    return rate_observers(items, checks)[Aspect.BOOKING]


def test_alpha_is_that_of_krippendorff_s_own_example() -> None:
    """K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section A: two observers, binary: 0.095."""
    rated = rate(MEG, OWEN)
    assert (rated.pairs, rated.same) == (10, 6)
    assert rated.alpha == pytest.approx(0.095, abs=0.0005)
    assert rated.too_low


def test_kappa_by_hand() -> None:
    """20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: p_o = 0.7, p_e = 0.5·0.6 + 0.5·0.4 = 0.5, κ = 0.4."""
    first = [1] * 25 + [0] * 25
    second = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15
    assert rate(first, second).kappa == pytest.approx(0.4)


def test_only_items_chosen_beforehand_speak_for_the_observers() -> None:
    items = [make_sampled("c0", second=True), make_sampled("c1"), make_sampled("c2", second=True)]
    checks = [
        *(make_check("c0", look) for look in (("甲", 0, YES), ("乙", 1, NO), ("丙", 2, YES))),
        *(
            make_check("c1", look) for look in (("甲", 0, NO), ("乙", 1, YES))
        ),  # looked at twice because of what was seen
        *(make_check("c2", look) for look in (("甲", 0, YES), ("乙", 1, DUNNO))),
    ]
    assert pair_observers(items, checks, Aspect.BOOKING) == [(1.0, 0.0)]


@pytest.mark.parametrize("aspect", [aspect for aspect in Aspect if aspect is not Aspect.GUIDE_TRUTH])
@pytest.mark.parametrize("table", list(Table))
def test_k_of_people_enters_the_row(aspect: Aspect, table: Table) -> None:
    """A body with full marks, of whose 60 declarations 18 of 20 proved true, has 0.9; by a smaller sample still 1."""

    targets = Targets(time_saving=Decimal("0.5"), promise_days=Decimal(20), immediate_share=Decimal("0.4"))
    plug_in = next(one for one in indicators.all() if dict(one.rows) == dict(ASPECT_ROWS[aspect]))
    unit = Unit(id="county-1" if table is Table.COUNTIES else "dept-01", name="某单位", portal_names=(), table=table)
    body = plug_in.passing().model_copy(update={"unit": unit})
    row = ASPECT_ROWS[aspect][table]
    share = SampledShare(name="consistency", confirmed=18, sampled=20, population=60)
    told = body.model_copy(update={"samples": {row: share}, "sample_inputs": {row: ("run/visit/sample-check/i",)}})
    scored = plug_in.compute(told, targets)
    assert scored.value is not None
    assert Fraction(scored.value) == Fraction(9, 10)
    assert (scored.parts["consistency_checked"], scored.parts["consistency_confirmed"]) == (20, 18)
    assert "run/visit/sample-check/i" in scored.inputs
    assert "k = 18/20，由人工抽查核验" in scored.note
    assert share in scored.spread.factors
    small = share.model_copy(update={"confirmed": 9, "sampled": 10})
    unfinished = share.model_copy(update={"enough": False})
    for weak in (small, unfinished):
        assert plug_in.compute(body.model_copy(update={"samples": {row: weak}}), targets).value == 1
    assert plug_in.compute(body.model_copy(update={"samples": {row + 1: share}}), targets).value == 1


def test_the_truth_of_guides_enters_the_half_that_speaks_of_accuracy() -> None:
    """0.5·C + 0.5·A·p_true with C = A = 1 and 18 of 20 guides true: 0.95 (methodology.md §3.7)."""
    plug_in = indicators.get("guide-completeness-accuracy")
    share = SampledShare(name="consistency", confirmed=18, sampled=20, population=60)
    targets = Targets(time_saving=Decimal("0.5"), promise_days=Decimal(20), immediate_share=Decimal("0.4"))
    scored = plug_in.compute(plug_in.passing().model_copy(update={"samples": {13: share}}), targets)
    assert scored.value == Decimal("0.95")


def test_people_s_proof_comes_before_the_program_s() -> None:
    body = body_facts([measured_item(1)])
    share = SampledShare(name="consistency", confirmed=1, sampled=2, population=2)
    rows = {"D": 27, "C": 24}
    proofs = [True] * 20
    assert check_row(body, rows, 20, proofs).factor == 1
    assert check_row(body.model_copy(update={"samples": {27: share}}), rows, 20, proofs).factor == Fraction(1, 2)
    weak = share.model_copy(update={"enough": False})
    assert check_row(body.model_copy(update={"samples": {27: weak}}), rows, 20, proofs).checked == 20


def test_proofs_reach_the_rows_of_their_own_body_and_table() -> None:
    proof = prove([make_sampled("c0")], {"c0": [("甲", 0, NO), ("乙", 1, NO)]}, population=1)
    body = body_facts([measured_item(1)])
    county = body.model_copy(update={"unit": body.unit.model_copy(update={"id": "county-1", "table": Table.COUNTIES})})
    told, other = with_samples([body, county], [proof])
    assert told.samples == {27: SampledShare(name="consistency", confirmed=0, sampled=1, population=1)}
    assert told.sample_inputs == {27: ("run-0/visit/sample-check/c0", "run-1/visit/sample-check/c0")}
    assert other == county
