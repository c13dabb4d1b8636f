"""A score is followed from its number to its ids, and computed again from exported rows without our code."""

import csv
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import UsageError
from domain.explanation import Excluded, Explanation, LeftOut, SourceKind
from domain.failure import REASON_TITLES_ZH, FailureReason
from domain.unit import find_unit
from engine.results.scoring_choice import ScoringChoice
from engine.results.scoring_step import score_run
from exports.export import export
from exports.lineage import explain_score, find_score
from storage.store import Store
from tests.engine.scored_store import LOGINS, READ, UNREAD, fill
from tests.exports.filled_store import RULES, SECOND_NIGHT, make_listed


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("lineage") / "home") as opened:
        fill(opened)
        yield opened


@pytest.fixture(scope="module")
def tables(store: Store, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, str]]]:
    """Exported files as anybody reads them: the csv module of Python, headings as keys."""
    out = tmp_path_factory.mktemp("exports")
    read_tables = {}
    for name in ("scores", "score_inputs", "guides", "observations"):
        export(store, name, run=SECOND_NIGHT, format="csv", out=out)
        with next(out.glob(f"*-{name}.csv")).open(encoding="utf-8-sig", newline="") as file:
            read_tables[name] = list(csv.DictReader(file))
    return read_tables


def explain(store: Store, unit: str, indicator: str) -> Explanation:
    return explain_score(store, find_score(store, SECOND_NIGHT, unit, indicator))


def exported_value(tables: dict[str, list[dict[str, str]]], row: str) -> float:
    (line,) = [one for one in tables["scores"] if (one["单位编号"], one["行号"]) == (READ, row)]
    return float(line["得分率"])


def counted(tables: dict[str, list[dict[str, str]]], row: str) -> set[str]:
    inputs = tables["score_inputs"]
    return {one["引用"] for one in inputs if (one["单位编号"], one["行号"], one["用途"]) == (READ, row, "计入")}


def test_a_census_row_is_computed_again_from_the_exported_guides(tables: dict[str, list[dict[str, str]]]) -> None:
    """减跑动 = 1 − min(mean of 到办事现场次数, 1): seven guides say 0, 1, 0, 2, 0, 0, 1."""
    entered = counted(tables, "37")
    visits = [float(one["到办事现场次数"]) for one in tables["guides"] if one["事项标识"] in entered]
    assert sorted(visits) == [0, 0, 0, 0, 1, 1, 2]
    assert exported_value(tables, "37") == pytest.approx(1 - 4 / 7, abs=1e-12)
    assert exported_value(tables, "37") == pytest.approx(1 - min(sum(visits) / len(visits), 1), abs=1e-12)


def test_a_probe_row_is_computed_again_from_the_exported_observations(
    tables: dict[str, list[dict[str, str]]],
) -> None:
    """统一身份认证 = entrances that lead to the provincial login / entrances that ask for one: three of four."""
    entered = counted(tables, "11")
    figures = [
        json.loads(one["测量明细"]) for one in tables["observations"] if one["记录编号"].partition("/")[2] in entered
    ]
    assert len(figures) == len(LOGINS)
    asking = [one for one in figures if one["asks_login"]]
    unified = [one for one in asking if one["entrance"] == "login_unified"]
    assert (len(unified), len(asking)) == (3, 4)
    assert exported_value(tables, "11") == pytest.approx(len(unified) / len(asking))


def test_a_spreadsheet_gives_the_same_numbers(tables: dict[str, list[dict[str, str]]], tmp_path: Path) -> None:
    """The two rows as formulas over exported rows, reckoned by LibreOffice."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice on this machine: install libreoffice-calc")
    entered, probes = counted(tables, "37"), counted(tables, "11")
    visits = [one["到办事现场次数"] for one in tables["guides"] if one["事项标识"] in entered]
    logins = [
        json.loads(one["测量明细"])["entrance"]
        for one in tables["observations"]
        if one["记录编号"].partition("/")[2] in probes and json.loads(one["测量明细"])["asks_login"]
    ]
    sheet = tmp_path / "again.csv"
    rows = [[visit, login] for visit, login in zip(visits, [*logins, *[""] * len(visits)], strict=False)]
    formulas = ["=1-MIN(AVERAGE(A1:A7),1)", '=COUNTIF(B1:B7,"login_unified")/COUNTA(B1:B4)']
    with sheet.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([*rows, formulas])
    subprocess.run(
        [
            *(office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"),
            *("--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,-1", "--convert-to"),
            *("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false", "--outdir", str(tmp_path / "out")),
            str(sheet),
        ],
        check=True,
        capture_output=True,
        timeout=110,
    )
    with next((tmp_path / "out").glob("again*.csv")).open(encoding="utf-8") as file:
        again = list(csv.reader(file))[-1]
    assert [float(cell) for cell in again] == [
        pytest.approx(exported_value(tables, "37"), abs=1e-9),
        pytest.approx(exported_value(tables, "11"), abs=1e-9),
    ]


def test_versions_stand_in_every_score_row(store: Store, tables: dict[str, list[dict[str, str]]]) -> None:
    assert {score.rule_set for score in store.scores.of_run(SECOND_NIGHT)} == {RULES.id}
    assert {line["规则集"] for line in tables["scores"]} == {RULES.id}
    assert all(int(line["指标版本"]) >= 1 for line in tables["scores"])
    basis = store.standings.basis(SECOND_NIGHT)
    assert basis is not None
    assert basis.rule_sets == (RULES.id,)
    assert (basis.seed, basis.draws) == (7, 500)


def test_the_explanation_gives_text_formula_figures_and_arithmetic(store: Store) -> None:
    told = explain(store, READ, "D37")
    assert told.unit_name == find_unit(READ).name
    assert told.definition is not None
    assert "跑动" in told.definition.level3
    assert told.definition.formula
    assert (told.score.numerator, told.score.denominator) == (4.0, 7.0)
    assert told.recomputation.value == pytest.approx(3 / 7)
    assert any("MIN(mean_visits, 1)" in line for line in told.recomputation.lines)
    assert told.part_titles["mean_visits"] == "平均到场次数"
    assert {one.kind for one in told.used} == {SourceKind.GUIDE}
    assert len(told.used) == 7
    assert all(one.title for one in told.used)


def test_what_a_guide_leaves_unsaid_is_told_from_what_we_could_not_see(store: Store) -> None:
    (silent,) = explain(store, READ, "D37").excluded
    assert (silent.reason, silent.id) == (LeftOut.NOT_STATED, make_listed(READ, 5).item_id)
    unseen = explain(store, UNREAD, "fewer-visits").excluded
    assert {(one.reason, one.detail) for one in unseen} == {(LeftOut.BLOCKED, REASON_TITLES_ZH[FailureReason.CAPTCHA])}
    assert [one.id for one in unseen] == [make_listed(UNREAD, number).item_id for number in (3, 4)]


def test_blocked_probes_and_those_that_do_not_apply_are_named_with_their_reason(store: Store) -> None:
    told = {one.id.rpartition("/")[2]: one for one in explain(store, READ, "unified-identity").excluded}
    blocked, exempt = told[make_listed(READ, 5).item_id], told[make_listed(READ, 6).item_id]
    assert (blocked.reason, blocked.detail) == (LeftOut.BLOCKED, "出现滑动验证，未继续")
    assert exempt.reason is LeftOut.NOT_APPLICABLE
    assert isinstance(blocked, Excluded)


def test_probes_that_were_drawn_give_an_interval_that_the_same_seed_gives_again(store: Store) -> None:
    before = find_score(store, SECOND_NIGHT, READ, "D11")
    assert before.interval is not None
    assert before.interval[0] < 0.75 < before.interval[1]
    units = [find_unit(READ), find_unit(UNREAD)]
    scores, _ = score_run(store, SECOND_NIGHT, units, (), choice=ScoringChoice(seed=7, draws=500))
    assert next(one for one in scores if (one.unit, one.row) == (READ, 11)) == before
    other, _ = score_run(store, SECOND_NIGHT, units[:1], (), choice=ScoringChoice(seed=7, draws=500))
    assert next(one for one in other if (one.unit, one.row) == (READ, 11)) == before  # without the other body
    score_run(store, SECOND_NIGHT, units, (), choice=ScoringChoice(seed=7, draws=500))


def test_findings_of_the_rules_that_a_row_reads_are_named(store: Store) -> None:
    """The rule set of this store holds no rule of completeness or accuracy that is known today but the limit's."""
    told = explain(store, READ, "D13")
    assert told.definition is not None
    assert all(id.rpartition(":")[2] in told.definition.rules for id in told.findings)
    assert explain(store, READ, "D37").findings == ()


def test_a_score_that_is_not_there_is_refused_with_what_is(store: Store) -> None:
    with pytest.raises(UsageError, match="D37 fewer-visits"):
        find_score(store, SECOND_NIGHT, READ, "D99")
    with pytest.raises(UsageError, match="unknown unit"):
        find_score(store, SECOND_NIGHT, "nobody", "D37")
