"""Two nights with everything that a run can hold, so that no data set is empty when its files are checked."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from filled_store import (
    FIRST_NIGHT,
    FORMULA,
    SECOND_NIGHT,
    START,
    UNITS,
    fill_night,
    make_finding,
    make_listed,
    make_observation,
    make_run,
    make_step,
    make_total,
)

from domain.handed_list import HandedEntry, ListKind
from domain.imported_figure import ImportChannel, ImportedFigure
from domain.observation import ObservedRow, StepStatus
from domain.outcome import Outcome
from domain.row_grade import RowGrade, hash_row
from domain.run import RunKind
from domain.sample import Aspect, SampleCheck, SampleCommitment, SampledItem, SampleDraw, Verdict
from domain.scoring_basis import ScoringBasis
from domain.sensitivity import Choice, Sensitivity, Variation
from domain.standing import Standing
from domain.total import GapChannel, MissingPart, ReadingTotal, TotalKind, TotalList
from storage.store import Store

PERIOD = "2026H2"
CONTROL = "\x07bell"
SAMPLE = "2026H2-1"
HAND_IN = "20261124T020000Z-cccc"


def fill_two_nights(store: Store) -> None:
    """A first night, and a second one in which a guide, faults and probes came, went and changed."""
    fill_night(store, make_run(FIRST_NIGHT, days=-1), items=4)
    fill_night(store, make_run(), items=4)
    changed = make_finding(make_listed("dept-01", 0), 0, reason="承诺办结时限与法定办结时限写反")
    gone = make_listed("dept-09", 1)
    store.audits.save([], [changed, make_finding(make_listed("dept-23", 2), 2, unit=None, excerpt="-1+2\t" + CONTROL)])
    audits = {audit.item_id: audit for audit in store.audits.of_run(SECOND_NIGHT)}
    store.audits.save([audits[gone.item_id]], [])  # judged again: nothing is at fault any more
    for run in (FIRST_NIGHT, SECOND_NIGHT):
        probe(store, run)
        rank(store, run)
    hand_in(store)
    draw(store)


def probe(store: Store, run: str) -> None:
    """A probe with steps and rows, one of which a person has graded."""
    row = ObservedRow(kind="T2", asked="施工许可证", expected=FORMULA, seen="第 1 条", grade=0.5, review=True)
    walked = make_observation(
        make_listed("dept-01", 3),
        Outcome.PASS,
        probe="keyword-search",
        run=run,
        value=None,
        unit_of_value="",
        rows=(row, ObservedRow(kind="condition", measures={"rank": 3, "shown": False, "first": None, "name": "=1"})),
        steps=(make_step(1, "打开首页"), make_step(2, "检索", StepStatus.SKIPPED)),
    )
    store.observations.save(walked)
    store.row_grades.add(
        RowGrade(
            observation=walked.id, row=0, row_hash=hash_row(row), reviewer="张评估", grade=1.0, machine=0.5, at=START
        )
    )


def rank(store: Store, run: str) -> None:
    """Totals with what they lack, and a ranking."""
    lacks = MissingPart(row=1, title="办件上报", channel=GapChannel.STATISTICS, figures=("cases_uploaded",), share=0.4)
    wide = ReadingTotal(
        reading="wide",
        kind=TotalKind.PARTIAL,
        base=88.5,
        value=88.5,
        published=Decimal("88.50"),
        weight_scored=30.5,
        weight_applicable=38.0,
        applicable_points=Decimal("85.5"),
        in_list=TotalList.A,
        rank=1,
    )
    totals = [
        make_total(run, unit, rank).model_copy(
            update={"missing": (lacks, lacks), "readings": (wide,), "published": Decimal("86.75"), "bonus": Decimal(0)}
        )
        for rank, unit in enumerate(UNITS, start=1)
    ]
    inputs = (
        f"{run}/gdzwfw/online-application/gdzwfw-dept-01-0",
        "gdzwfw-dept-01-2",
        "imported/D1/cases_uploaded",
        "lists/wide-use/2",
    )
    blocked = f"{run}/gdzwfw/online-application/gdzwfw-dept-01-1"
    first, *rest = store.scores.of_run(run)
    proven = first.model_copy(update={"inputs": inputs, "excluded": (blocked, "gone/gdzwfw/booking-calendar/x")})
    store.scores.save(run, (proven, *rest), totals)
    basis = ScoringBasis(
        run=run,
        period=PERIOD,
        tool_version="0.1.0",
        reading="narrow",
        rule_sets=("rs1",),
        targets={},
        targets_placeholder=True,
        readability_calibrated=False,
        seed=7,
        draws=5000,
        rows=(),
    )
    facts = {"run": run, "period": PERIOD, "table": "D", "in_list": "A", "reading": "narrow", "kind": "partial"}
    standing = Standing.model_validate(
        {
            **facts,
            "unit": "dept-01",
            "total": 86.75,
            "interval": (84.5, 88.0),
            "rank": 1,
            "rank_low": 1,
            "rank_high": 2,
            "above_next": 0.75,
            "p_top3": 1.0,
            "band": 1,
            "draws": 5000,
            "seed": 7,
        }
    )
    last = standing.model_copy(update={"unit": "dept-09", "interval": None, "above_next": None, "rank": 2})
    store.standings.save(run, basis, (standing, last))
    moved = Variation(choice=Choice.WEIGHTS, title="权重各 ±20 %", bodies=2, mean_shift=0.5, max_shift=1.0, tau_b=None)
    store.standings.save_sensitivities(
        run, [Sensitivity(**facts, seed=7, draws=100, variations=(moved, moved), movers=())]
    )


def hand_in(store: Store) -> None:
    """Two versions of one figure, a list of data sets and two versions of a list of codes."""
    figure = ImportedFigure(
        period=PERIOD,
        unit="dept-01",
        table="D",
        row=1,
        figure="cases_uploaded",
        value=Decimal("1234567.89"),
        channel=ImportChannel.STATISTICS,
        source="一体化平台 10 月报表",
        recorded_by="李统计",
        version=1,
        imported_at=START,
        file_sha256="a" * 64,
    )
    store.figures.add([figure])
    store.figures.add([figure.model_copy(update={"version": 2, "value": Decimal("0.1")})])
    entry = HandedEntry(
        period=PERIOD,
        unit="dept-01",
        kind=ListKind.OPEN_DATA,
        key="=学校名录",
        figures={"rows": 321, "downloads": True, "current": None},
        version=1,
        source="开放广东",
        recorded_by="李统计",
        imported_at=START,
        file_sha256="f" * 64,
    )
    read = next(iter(store.scores.of_run(SECOND_NIGHT))).unit  # whose score names the list among its inputs
    wide = entry.model_copy(update={"unit": read, "kind": ListKind.WIDE_USE, "key": "1" * 31, "figures": {}})
    store.lists.add([entry, wide])
    store.lists.add([wide.model_copy(update={"version": 2, "key": "2" * 31})])


def draw(store: Store) -> None:
    """A committed and drawn sample of which one item was checked."""
    made = datetime(2026, 11, 20, tzinfo=UTC)
    commitment = SampleCommitment(
        id=SAMPLE,
        period=PERIOD,
        target="sandbox",
        run=FIRST_NIGHT,
        salt_sha256="b" * 64,
        frame_sha256="c" * 64,
        frame_items=16,
        made_at=made,
        made_by="王组长",
        in_time=True,
    )
    store.samples.commit(commitment, "the secret salt", ())
    listed = make_listed("dept-01", 0)
    item = SampledItem(
        commitment=SAMPLE,
        unit="dept-01",
        code=listed.code,
        item_id=listed.item_id,
        title=listed.title,
        url=listed.url,
        stratum="01/unknown",
        order="d" * 64,
        checks=(Aspect.GUIDE_TRUTH, Aspect.BOOKING),
    )
    drawn = SampleDraw(commitment=SAMPLE, drawn_at=made, drawn_by="王组长", populations={}, sizes={})
    store.samples.save_draw(drawn, [item])
    check = SampleCheck(
        commitment=SAMPLE,
        unit="dept-01",
        code=listed.code,
        aspect=Aspect.BOOKING,
        observer="赵观察",
        observation=f"{HAND_IN}/counter/{Aspect.BOOKING.value}/{listed.item_id}",
        verdict=Verdict.MISMATCH,
        seen="预约页没有可选的日子",
        source="一号窗口",
        observed_at=START + timedelta(hours=3),
        note="",
        pictures=("e" * 64,),
        recorded_by="赵观察",
        recorded_at=START + timedelta(hours=4),
    )
    store.manual.save(make_run(HAND_IN, kind=RunKind.MANUAL, days=1), (), (), [check])
