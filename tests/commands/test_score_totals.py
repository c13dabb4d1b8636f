"""``yuece import figures``, ``list imports`` and ``score`` from the door, in one process, over one stored night."""

import csv
import io
import json
import shutil
import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parents[1] / "exports"))

from filled_store import fill_night, make_run

from domain.errors import UsageError
from domain.run import RunKind
from engine.night_plan import NightPlan
from engine.settings import PlanSizes
from exports.datasets.standings import STANDINGS
from storage.store import Store
from yuece import make_app

UNITS = ("dept-01", "county-1")
APP = make_app(("import", "list", "score"))


def plan(period: str) -> dict[str, Any]:
    made = NightPlan(target="sandbox", period=period, units=UNITS, portals=("gdzwfw",), sizes=PlanSizes(), salt="yuece")
    return made.model_dump(mode="json")


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One night of 2026H2 with two bodies, kept once."""
    home = tmp_path_factory.mktemp("night")
    run = make_run().model_copy(
        update={"kind": RunKind.NIGHTLY, "period": "2026H2", "settings": plan("2026H2"), "units": UNITS}
    )
    with Store.open(home) as store:
        fill_night(store, run, units=UNITS)
    return home


@pytest.fixture
def home(night: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied = shutil.copytree(night, tmp_path / "home")
    monkeypatch.setenv("YUECE_HOME", str(copied))
    monkeypatch.chdir(tmp_path)
    return copied


def yuece(*arguments: str) -> Result:
    return CliRunner().invoke(APP, arguments)


def told(*arguments: str) -> Any:  # noqa: ANN401 - JSON
    done = yuece(*arguments, "--json")
    assert done.exit_code == 0, done.output or done.exception
    return json.loads(done.stdout)


def table(path: Path, rows: Sequence[Sequence[str]]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target).writerows([["单位", "指标", "数据编号", "数值"], *rows])
    path.write_text(target.getvalue(), encoding="utf-8")
    return str(path)


def test_imported_figures_reach_the_scores_and_the_list_of_what_is_missing(home: Path, tmp_path: Path) -> None:
    before = told("score")
    file = table(
        tmp_path / "figures.csv",
        [
            ["江城区", "C29", "cases_finished", "8"],
            ["江城区", "C29", "cases_in_time", "6"],
            ["江城区", "C27", "cases_accepted_all", "9"],
        ],
    )
    taken = yuece("import", "figures", file, "--by", "王明", "--source", "市办件数据库")
    assert taken.exit_code == 0, taken.output
    assert "3 figures of 1 bodies as version 1 of 2026H2" in taken.stdout
    assert "nothing new" in yuece("import", "figures", file, "--by", "王明", "--source", "市办件数据库").stdout
    after = told("score")
    on_time = next(one for one in after["scores"] if (one["unit"], one["row"]) == ("county-1", 29))
    assert (on_time["state"], on_time["value"], on_time["points"]) == ("scored", 0.75, 1.5)
    assert (on_time["numerator"], on_time["denominator"]) == (6, 8)
    assert on_time["inputs"] == ["imported/C29/cases_finished", "imported/C29/cases_in_time"]
    gaps = {
        when: {(gap["row"], tuple(gap["figures"])) for gap in one["missing"]}
        for when, told_then in (("before", before), ("after", after))
        for one in told_then["totals"]
        if one["unit"] == "county-1"
    }
    assert gaps["before"] - gaps["after"] == {
        (29, ("cases_finished", "cases_in_time")),
        (27, ("cases_accepted_all", "cases_accepted_online")),
    }
    assert gaps["after"] - gaps["before"] == {(27, ("cases_accepted_online",))}
    others = [one for one in after["scores"] if one["unit"] == "dept-01"]
    assert others == [one for one in before["scores"] if one["unit"] == "dept-01"]
    (listed,) = told("list", "imports")
    assert (listed["period"], listed["version"], listed["rows"], listed["by"]) == ("2026H2", "1", "3", "王明")


def test_a_bad_cell_keeps_the_whole_table_out(home: Path, tmp_path: Path) -> None:
    file = table(
        tmp_path / "figures.csv",
        [["江城区", "C29", "cases_finished", "8"], ["江城区", "C29", "cases_in_time", "六"]],
    )
    done = yuece("import", "figures", file, "--by", "王明", "--source", "库")
    assert isinstance(done.exception, UsageError)
    assert "第 3 行“数值”（D3）" in done.stderr
    with Store.open(home) as store:
        assert store.figures.history() == ()


def test_the_reading_may_be_chosen_and_both_are_told(home: Path) -> None:
    narrow, wide = told("score"), told("score", "--reading", "wide")
    for one, other in zip(narrow["totals"], wide["totals"], strict=True):
        assert (one["reading"], other["reading"]) == ("narrow", "wide")
        assert one["readings"] == other["readings"]
        assert one["kind"] == other["kind"] == "partial"
    refused = yuece("score", "--reading", "both")
    assert isinstance(refused.exception, UsageError)


def test_a_partial_score_is_never_called_the_total(home: Path) -> None:
    shown = yuece("score", "--table", "C")
    assert shown.exit_code == 0, shown.exception
    assert "用户视角部分得分" in shown.stdout
    assert "总分 ·" not in shown.stdout
    assert "尚缺（补齐后出总分）" in shown.stdout


def test_one_half_gives_no_year(home: Path) -> None:
    told("score")
    year = told("score", "--year", "2026")
    assert {one["unit"] for one in year["totals"]} == set(UNITS)
    assert all(one["value"] is None and "上半年" in one["note"] for one in year["totals"])
    empty = yuece("score", "--year", "2025")
    assert isinstance(empty.exception, UsageError)
    assert "缺少上半年" in yuece("score", "--year", "2026").stdout


def test_a_year_has_places_with_intervals_and_keeps_them(home: Path) -> None:
    """The first half is a second run with the same scores, half a year earlier; totals of 80 and 90 are put in."""
    run = told("score")["run"]
    with Store.open(home) as store:
        second = store.runs.get(run)
        first = second.model_copy(update={"id": "20260723T013000Z-1c3d", "period": "2026H1"})
        store.runs.add(first)
        basis = store.standings.basis(run)
        assert basis is not None
        scores, totals = tuple(store.scores.of_run(run)), store.scores.totals(run)
        for one, value in ((first, "80"), (second, "90")):
            dated = {"run": one.id, "period": one.period}
            published = {"value": float(value), "published": Decimal(value)}
            store.scores.save(
                one.id,
                [score.model_copy(update=dated) for score in scores],
                [total.model_copy(update=dated | published) for total in totals],
            )
            store.standings.save(one.id, basis.model_copy(update=dated), [])
    year = told("score", "--year", "2026")
    assert {one["unit"]: one["published"] for one in year["totals"]} == dict.fromkeys(UNITS, "86.00")
    assert {one["unit"]: (one["total"], one["rank"], one["period"]) for one in year["standings"]} == dict.fromkeys(
        UNITS, (86.0, 1, "2026")
    )
    assert all(one["run"] == run and one["seed"] == basis.seed for one in year["standings"])
    assert told("score", "--year", "2026", "--table", "C")["standings"] == [year["standings"][0]]
    assert "年度名次与区间" in yuece("score", "--year", "2026").stdout
    with Store.open(home) as store:
        assert [one.model_dump(mode="json") for one in store.standings.of_year(run)] == year["standings"]
        assert [row.period for row in STANDINGS.rows(store, run)] == ["2026", "2026"]
        assert STANDINGS.count(store, run) == 2
    told("score", "--run", run)
    with Store.open(home) as store:
        assert store.standings.of_year(run) == (), "the year speaks of scores that are gone"


def test_the_client_s_files_are_checked_at_the_door(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = tmp_path / "totals.toml"
    rules.write_text("first_half = 0.9", encoding="utf-8")
    monkeypatch.setenv("YUECE_TOTALS_FILE", str(rules))
    refused = yuece("score")
    assert isinstance(refused.exception, UsageError)
    assert "must weigh 1 together" in str(refused.exception)
