"""Rankings, their definitions and what other choices make of them come back as they went in."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from domain.frozen import Frozen
from domain.run import Run, RunKind, RunState
from domain.scoring_basis import RowDefinition, ScoringBasis
from domain.sensitivity import Choice, Mover, Sensitivity, Variation
from domain.spread import PointsCurve
from domain.standing import Standing
from storage.store import Store
from tests.storage.odd_samples import TOTAL

ODD = "阳江市𠮷祥里\u3000\n'; DROP TABLE standing;--"
RUN = "20261123T013000Z-4f2a"
STANDING = Standing(
    run=RUN,
    period="2026H2",
    unit="dept-07",
    table="D",
    in_list="B",
    reading="wide",
    kind="full",
    total=81.25,
    interval=(79.5, 0.1 + 0.2 + 83),
    rank=3,
    rank_low=1,
    rank_high=9,
    above_next=2 / 3,
    p_top3=1 / 3,
    band=2,
    level=0.8,
    draws=4_000,
    seed=77,
)
BASIS = ScoringBasis(
    run=RUN,
    period="2026H2",
    tool_version="0.9",
    reading="wide",
    rule_sets=("0af3", "11bc"),
    targets={"time_saving": "0.60", ODD: "1"},
    targets_placeholder=True,
    readability_calibrated=True,
    seed=77,
    draws=4_000,
    rows=(
        RowDefinition(
            table="D",
            row=37,
            indicator="fewer-visits",
            version=2,
            level1=ODD,
            level2="服务效能",
            level3="减跑动",
            weight=4.0,
            unit="%",
            description=ODD,
            row_class="F",
            channels=("ZWFW", "SITE"),
            formula="(1−平均到场次数)·k",
            points_map="lin(x; 0.2, 0.9)",
            curve=PointsCurve(knots=((0.2, 0.0), (0.9, 1.0))),
            targets=("time_saving",),
            expressions=("(1 - MIN(mean_visits, 1)) * k",),
            terms={"users": 0.5},
            rules=("phone.dialable",),
            why=ODD,
            source="methodology.md §3.7",
            minimum_coverage=0.98,
        ),
    ),
)
SENSITIVITY = Sensitivity(
    run=RUN,
    period="2026H2",
    table="D",
    in_list="B",
    reading="wide",
    kind="full",
    seed=77,
    draws=1_000,
    variations=(
        Variation(
            choice=Choice.WEIGHTS,
            title=ODD,
            bodies=41,
            mean_shift=1.5,
            max_shift=4.0,
            tau_b=0.91,
            most_moved="dept-07",
            note=ODD,
        ),
    ),
    movers=(Mover(unit="dept-07", choice=Choice.MAPS, title=ODD, shift=2.5, rank=3, rank_otherwise=5.5),),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("home")) as opened:
        opened.runs.add(
            Run(
                id=RUN,
                kind=RunKind.NIGHTLY,
                period="2026H2",
                target="sandbox",
                state=RunState.FINISHED,
                started_at=datetime(2026, 11, 23, tzinfo=UTC),
                units=("dept-07",),
                portals=("gdzwfw",),
                tool_version="0.9",
                tool_commit="abc",
                packages={},
                settings_hash="x",
                settings={},
            )
        )
        yield opened


@pytest.mark.parametrize("sample", [STANDING, BASIS, BASIS.rows[0], SENSITIVITY, *SENSITIVITY.variations])
def test_no_sample_field_is_left_at_its_default(sample: Frozen) -> None:
    for name, field in type(sample).model_fields.items():
        assert getattr(sample, name) not in (None, "", (), {}, field.default), name


def test_every_field_survives(store: Store) -> None:
    store.standings.save(RUN, BASIS, [STANDING])
    store.standings.save_sensitivities(RUN, [SENSITIVITY])
    assert store.standings.of_run(RUN) == (STANDING,)
    assert store.standings.basis(RUN) == BASIS
    assert store.standings.sensitivities(RUN) == (SENSITIVITY,)


def test_a_new_ranking_drops_what_was_said_of_the_old_one(store: Store) -> None:
    store.standings.save(RUN, BASIS, [STANDING])
    store.standings.save_sensitivities(RUN, [SENSITIVITY])
    last = STANDING.model_copy(update={"unit": "dept-08", "above_next": None, "interval": None})
    store.standings.save(RUN, BASIS, [last])
    assert store.standings.of_run(RUN) == (last,)
    assert store.standings.sensitivities(RUN) == ()


def test_a_run_whose_scores_do_not_stand_keeps_no_ranking(store: Store) -> None:
    store.standings.save(RUN, BASIS, [STANDING])
    store.standings.save_sensitivities(RUN, [SENSITIVITY])
    store.scores.drop(RUN)
    assert (store.standings.of_run(RUN), store.standings.basis(RUN), store.standings.sensitivities(RUN)) == (
        (),
        None,
        (),
    )


def test_scores_and_ranking_are_replaced_together_or_not_at_all(store: Store) -> None:
    old, new = (TOTAL.model_copy(update={"run": RUN, "value": value}) for value in (70.5, 80.5))
    store.scores.save_ranked(RUN, (), (old,), BASIS, (STANDING,))
    broken = STANDING.model_copy(update={"run": "elsewhere"})
    with pytest.raises(ValueError, match="'elsewhere' cannot be saved with run"):
        store.scores.save_ranked(RUN, (), (new,), BASIS, (broken,))
    assert store.scores.totals(RUN) == (old,)
    assert store.standings.of_run(RUN) == (STANDING,)
    store.scores.save_ranked(RUN, (), (new,), BASIS, ())
    assert (store.scores.totals(RUN), store.standings.of_run(RUN)) == ((new,), ())
    store.scores.drop(RUN)
    assert store.scores.totals(RUN) == ()


def test_rankings_come_best_first_and_one_reading_can_be_asked_for(store: Store) -> None:
    better = STANDING.model_copy(update={"unit": "dept-09", "rank": 1, "rank_low": 1})
    narrow = STANDING.model_copy(update={"reading": "narrow"})
    store.standings.save(RUN, BASIS, [STANDING, better, narrow])
    assert store.standings.of_run(RUN, reading="wide") == (better, STANDING)
    assert store.standings.of_run(RUN) == (narrow, better, STANDING)


def test_another_runs_ranking_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="'elsewhere' cannot be saved with run"):
        store.standings.save(RUN, BASIS, [STANDING.model_copy(update={"run": "elsewhere"})])


def test_a_run_that_was_never_scored_has_no_basis(store: Store) -> None:
    assert store.standings.basis("nothing") is None


YEAR = STANDING.model_copy(update={"period": "2026", "total": 80.5})


def test_a_year_is_kept_beside_the_half_it_ends_with(store: Store) -> None:
    store.standings.save(RUN, BASIS, [STANDING])
    store.standings.save_year(2026, [YEAR])
    assert (store.standings.of_run(RUN), store.standings.of_year(RUN)) == ((STANDING,), (YEAR,))
    better = YEAR.model_copy(update={"unit": "dept-09"})
    store.standings.save_year(2026, [better])
    assert (store.standings.of_run(RUN), store.standings.of_year(RUN)) == ((STANDING,), (better,))


def test_a_half_of_another_year_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="'2026H2' cannot be saved as that of the year 2026"):
        store.standings.save_year(2026, [STANDING])


@pytest.mark.parametrize("dropped", [False, True])
def test_a_year_falls_with_either_of_its_halves(store: Store, dropped: bool) -> None:
    first_half = "20260723T013000Z-1c3d"
    if not any(run.id == first_half for run in store.runs.all()):
        store.runs.add(store.runs.get(RUN).model_copy(update={"id": first_half, "period": "2026H1"}))
    basis = BASIS.model_copy(update={"run": first_half, "period": "2026H1"})
    store.standings.save(first_half, basis, [])
    store.standings.save(RUN, BASIS, [STANDING])
    store.standings.save_year(2026, [YEAR])
    if dropped:
        store.scores.drop(first_half)
    else:
        store.standings.save(first_half, basis, [])
    assert (store.standings.of_run(RUN), store.standings.of_year(RUN)) == ((STANDING,), ())
