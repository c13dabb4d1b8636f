"""``yuece score --explain`` and ``--sensitivity`` as an evaluator calls them, over a stored night."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from domain.errors import UsageError
from storage.store import Store
from tests.engine.scored_store import READ, UNREAD, fill
from tests.exports.filled_store import SECOND_NIGHT, make_run
from tests.scoring.score_samples import scored, totalled
from yuece import make_app

APP = make_app(("score",))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain") / "home"
    with Store.open(folder) as store:
        fill(store)
    return folder


def call(home: Path, *arguments: str) -> str:
    """Call the command line in this process; what it refuses is raised."""
    result = CliRunner().invoke(APP, ["score", *arguments], env={"YUECE_HOME": str(home), "COLUMNS": "160"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_holds_everything_that_a_score_rests_on(home: Path) -> None:
    told = json.loads(call(home, "--explain", READ, "D37", "--json"))
    assert told["score"]["value"] == pytest.approx(3 / 7)
    assert told["score"]["version"] >= 1
    assert told["score"]["rule_set"] == told["rule_sets"][0] == "rs1"
    assert told["recomputation"]["value"] == pytest.approx(3 / 7)
    assert len(told["used"]) == 7
    assert {one["reason"] for one in told["excluded"]} == {"not_stated"}
    assert told["definition"]["description"]


def test_a_body_is_found_by_its_name_and_an_indicator_by_its_id(home: Path) -> None:
    by_name = json.loads(call(home, "--explain", "市委办公室(市档案局)", "fewer-visits", "--json"))
    assert by_name["score"]["unit"] == READ


def test_the_screen_shows_text_arithmetic_and_reasons(home: Path) -> None:
    shown = call(home, "--explain", UNREAD, "D37")
    for words in ("评估要点", "公式各项", "受阻", "验证码", "数据不足"):
        assert words in shown
    assert "1 - MIN(mean_visits, 1)" in call(home, "--explain", READ, "D37")


def test_an_indicator_that_is_not_there_is_refused(home: Path) -> None:
    with pytest.raises(UsageError, match="unknown indicator 'D99'"):
        call(home, "--explain", READ, "D99")


def test_sensitivity_is_kept_with_the_run(home: Path) -> None:
    """Two bodies whose places turn round when the row of 服务事项管理 is left out."""
    values = {"dept-02": {13: 0.9, 37: 0.1}, "dept-03": {13: 0.2, 37: 0.5}}
    mine = {"run": SECOND_NIGHT}
    scores = [scored(unit, row, value) for unit, rows in values.items() for row, value in rows.items()]
    totals = [totalled("dept-02", 50.0), totalled("dept-03", 35.0)]
    with Store.open(home) as store:
        kept = tuple(store.scores.of_run(SECOND_NIGHT)), store.scores.totals(SECOND_NIGHT)
        store.scores.save(
            SECOND_NIGHT,
            [score.model_copy(update=mine) for score in scores],
            [total.model_copy(update=mine) for total in totals],
        )
    told = json.loads(call(home, "--sensitivity", "--json"))
    (ranking,) = told["sensitivity"]
    left_out = [one for one in ranking["variations"] if "服务事项管理" in one["title"]]
    assert [(one["mean_shift"], one["tau_b"]) for one in left_out] == [(1.0, -1.0)]
    assert "去掉“服务事项管理”" in call(home, "--sensitivity")
    with Store.open(home) as store:
        assert [one.model_dump(mode="json") for one in store.standings.sensitivities(SECOND_NIGHT)] == [ranking]
        store.scores.save(SECOND_NIGHT, *kept)


def test_a_run_that_was_never_scored_has_no_ranking_to_try(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        store.runs.add(make_run(units=(READ,)))
    with pytest.raises(UsageError, match="has no ranking yet"):
        call(tmp_path / "home", "--sensitivity")
    with pytest.raises(UsageError, match="holds no scores of 'dept-01'"):
        call(tmp_path / "home", "--explain", READ, "D37")


def test_a_body_that_the_run_never_looked_at_is_not_promised_a_score(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        store.runs.add(make_run(units=(READ,)))
    with pytest.raises(UsageError, match=r"holds no scores of 'dept-09'; the run measured: dept-01$"):
        call(tmp_path / "home", "--explain", "dept-09", "D37")
