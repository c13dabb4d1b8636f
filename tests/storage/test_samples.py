"""Samples on disk: every field comes back, the salt stays apart, and nothing is ever replaced."""

from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from domain.errors import UsageError
from domain.evidence import Evidence, EvidenceKind
from domain.run import Run, RunKind, RunState
from domain.sample import (
    Aspect,
    FrameItem,
    SaltReveal,
    SampleCheck,
    SampleCommitment,
    SampledItem,
    SampleDraw,
    SizeRule,
    Verdict,
    Volume,
)
from storage.store import Store

AT = datetime(2026, 11, 23, 4, 0, 0, 123456, tzinfo=UTC)
ODD = "阳江𠮷\u200b'\";--<b>"
RUN = Run(
    id="20261123T013000Z-4f2a",
    kind=RunKind.NIGHTLY,
    period="2026H2",
    target="live",
    state=RunState.FINISHED,
    started_at=AT,
    units=("dept-01",),
    portals=("gdzwfw",),
    tool_version="0.1.0",
    tool_commit="0f",
    packages={},
    settings_hash="0f",
    settings={},
)
ITEM = FrameItem(
    unit="dept-01",
    code="c1",
    item_id="i1",
    title=ODD,
    url="https://www/1",
    item_type_code="01",
    volume=Volume.TOP,
    declared=(Aspect.BOOKING, Aspect.INSTANT),
    denied=(Aspect.NEARBY,),
)
COMMITMENT = SampleCommitment(
    id="2026H2-1",
    period="2026H2",
    target="live",
    run=RUN.id,
    salt_sha256="ab" * 32,
    frame_sha256="cd" * 32,
    frame_items=1,
    size=SizeRule(floor=21, half_width=Decimal("0.10")),
    beacon="开奖号码",
    made_at=AT,
    made_by=ODD,
    in_time=True,
)
SAMPLED = SampledItem(
    commitment=COMMITMENT.id,
    unit="dept-01",
    code="c1",
    item_id="i1",
    title=ODD,
    url="https://www/1",
    stratum="01/top",
    order="ef" * 32,
    checks=(Aspect.BOOKING,),
    spare=(Aspect.INSTANT,),
    watched=(Aspect.NEARBY,),
    second=True,
)
DRAW = SampleDraw(
    commitment=COMMITMENT.id,
    drawn_at=AT,
    drawn_by="王抽样",
    beacon_value="01 02 03",
    populations={"dept-01": {Aspect.BOOKING: 60}},
    sizes={"dept-01": {Aspect.BOOKING: 20}},
)
REVEAL = SaltReveal(commitment=COMMITMENT.id, salt="5a" * 32, revealed_at=AT, revealed_by="王抽样")
CHECK = SampleCheck(
    commitment=COMMITMENT.id,
    unit="dept-01",
    code="c1",
    aspect=Aspect.BOOKING,
    observer="甲",
    observation=f"{RUN.id}/visit/sample-check/i1",
    verdict=Verdict.MISMATCH,
    seen=ODD,
    source="12 号窗口",
    observed_at=AT,
    note="备注",
    pictures=("12" * 32,),
    recorded_by="李登记",
    recorded_at=AT,
)
THINGS = (ITEM, COMMITMENT, SAMPLED, DRAW, REVEAL, CHECK)


@pytest.fixture
def store(tmp_path: Path) -> Iterable[Store]:
    with Store.open(tmp_path / "home") as opened:
        opened.runs.add(RUN)
        opened.samples.commit(COMMITMENT, REVEAL.salt, (ITEM,))
        yield opened


def keep_checks(store: Store, *checks: SampleCheck, number: int = 1) -> None:
    run = RUN.model_copy(update={"id": f"20261124T01300{number}Z-aaaa", "kind": RunKind.MANUAL})
    store.manual.save(run, (), (), checks)


def test_every_field_survives(store: Store) -> None:
    samples = store.samples
    samples.save_draw(DRAW, [SAMPLED])
    samples.save_reveal(REVEAL)
    keep_checks(store, CHECK)
    found = (
        *samples.frame(COMMITMENT.id),
        samples.commitment(COMMITMENT.id),
        *samples.items(COMMITMENT.id, "dept-01"),
        samples.draw(COMMITMENT.id),
        samples.reveal(COMMITMENT.id),
        *samples.checks(COMMITMENT.id),
    )
    assert found == THINGS
    assert samples.commitments("2026H2", "live") == (COMMITMENT,)
    assert samples.commitments("2026H2", "sandbox") == ()
    assert samples.items(COMMITMENT.id, "dept-02") == ()


def test_no_sample_field_is_left_at_its_default() -> None:
    for thing in THINGS:
        for name, field in type(thing).model_fields.items():
            value = getattr(thing, name)
            assert value not in (None, "", (), {}), f"{type(thing).__name__}.{name} is blank"
            assert field.default is PydanticUndefined or value != field.default, f"{type(thing).__name__}.{name}"


def test_the_salt_is_handed_out_by_its_own_name_only(store: Store) -> None:
    assert store.samples.salt(COMMITMENT.id) == REVEAL.salt
    assert REVEAL.salt not in store.samples.commitment(COMMITMENT.id).model_dump_json()
    assert store.samples.reveal(COMMITMENT.id) is None


def test_nothing_is_replaced(store: Store) -> None:
    store.samples.save_draw(DRAW, [SAMPLED])
    store.samples.save_reveal(REVEAL)
    keep_checks(store, CHECK)
    with pytest.raises(UsageError):
        store.samples.commit(COMMITMENT, "another", ())
    with pytest.raises(UsageError):
        store.samples.save_draw(DRAW.model_copy(update={"drawn_by": "别人"}), [])
    with pytest.raises(UsageError):
        store.samples.save_reveal(REVEAL.model_copy(update={"salt": "another"}))
    with pytest.raises(UsageError):
        keep_checks(store, CHECK.model_copy(update={"verdict": Verdict.CONFIRMED}), number=2)
    assert store.samples.salt(COMMITMENT.id) == REVEAL.salt
    assert [check.verdict for check in store.samples.checks(COMMITMENT.id)] == [Verdict.MISMATCH]
    assert len(store.runs.all()) == 2, "a hand-in with a check that is there already leaves no run behind"


def test_a_second_observer_stands_beside_the_first(store: Store) -> None:
    store.samples.save_draw(DRAW, [SAMPLED])
    keep_checks(store, CHECK)
    keep_checks(store, CHECK.model_copy(update={"observer": "乙", "verdict": Verdict.CONFIRMED}), number=2)
    assert {check.observer for check in store.samples.checks(COMMITMENT.id)} == {"甲", "乙"}


def test_an_unknown_sample_names_the_known_ones(store: Store) -> None:
    with pytest.raises(UsageError, match="2026H2-1"):
        store.samples.commitment("2026H2-9")


def test_pictures_of_checks_are_evidence(store: Store) -> None:
    picture = Evidence(
        sha256="12" * 32,
        kind=EvidenceKind.SCREENSHOT,
        media_type="image/png",
        bytes=9,
        url="x",
        captured_at=AT,
        run="r",
    )
    run = RUN.model_copy(update={"id": "20261124T013009Z-aaaa", "kind": RunKind.MANUAL})
    store.manual.save(run, [picture.model_copy(update={"run": run.id})], (), [CHECK])
    assert store.artefacts.get(CHECK.pictures[0]).run == run.id
