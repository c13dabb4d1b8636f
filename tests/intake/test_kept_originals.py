"""The file that people handed in is evidence: kept with every accepted import, found again, and not handed out."""

import csv
import io
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from filled_store import SECOND_NIGHT
from filled_tables import GOOD as OBSERVED
from filled_tables import fill

from commands.hand_ins import all_hand_ins
from domain.errors import UsageError
from domain.evidence import EvidenceKind
from domain.handed_list import ListKind
from domain.period import Period
from domain.run import Run, RunKind
from domain.unit import find_unit
from engine.evidence_export import export_evidence
from engine.facts.handed_lists import with_lists
from exports.export import export
from exports.hand_in_lineage import hand_in_behind
from intake.figure_intake import FigureHandIn, take_figures
from intake.filled_table import MisfitsError
from intake.hand_in import record
from intake.list_intake import ListHandIn, take_lists
from intake.manual_intake import read_observations
from intake.templates.lists import LISTS
from intake.templates.open_data import OPEN_DATA
from scoring.catalogue import figure_rows
from scoring.examples import body_facts
from scoring.score_units import score_units
from scoring.targets import load_targets
from storage.leak_scan import scan_evidence
from storage.store import Store
from storage.verification import verify

PERIOD = Period.parse("2026H2")
CODE = "11441700007026195X3440105001000"
EDUCATION = find_unit("市教育局")
PERSON = "欧阳小寒"
IDENTITY = "11010519491231002X"  # the example of GB 11643-1999, with its check character
WIDE = {
    "单位": EDUCATION.name,
    "清单": "覆盖范围广、应用频率高的事项",
    "编码": CODE,
    "来源": "联系 13812345678",
}
DATA = {
    "单位": EDUCATION.name,
    "数据集": "学校名录",
    "数据量": "321",
    "能否下载": "是",
    "更新日期": "2026-09-01",
    "更新周期": "每季度",
    "核对日期": "2026-11-20",
    "来源": "开放广东",
}
FIGURE = {"单位": EDUCATION.name, "指标": "D26", "数据编号": "yzy_active", "数值": "20", "来源或证明材料": "统计"}
Taker = Callable[[Store, Path], object]


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("gb18030"))
    return path


def take_list(store: Store, path: Path) -> object:
    return take_lists(store, LISTS, ListHandIn(table=path, period=PERIOD, by=PERSON))


def take_data(store: Store, path: Path) -> object:
    return take_lists(store, OPEN_DATA, ListHandIn(table=path, period=PERIOD, by=PERSON))


def take_figure(store: Store, path: Path) -> object:
    return take_figures(store, figure_rows(), FigureHandIn(table=path, period=PERIOD, by=PERSON, source="统计"))


TABLES = [
    pytest.param(take_list, WIDE, "wide-use", id="lists"),
    pytest.param(take_data, DATA, "open-data", id="open-data"),
    pytest.param(take_figure, FIGURE, "figures", id="figures"),
]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        yield opened


def files_of(store: Store) -> list[Path]:
    return [path for path in store.evidence.root.rglob("*") if path.is_file()] if store.evidence.root.exists() else []


@pytest.mark.parametrize(("take", "row", "what"), TABLES)
def test_an_accepted_file_is_kept_and_found_again(
    empty: Store, tmp_path: Path, take: Taker, row: Mapping[str, str], what: str
) -> None:
    table = write_csv(tmp_path / "表.csv", [row])
    take(empty, table)
    (listed,) = all_hand_ins(empty)
    assert (listed.what, listed.period, listed.version, listed.rows, listed.by) == (what, "2026H2", "1", 1, PERSON)
    assert empty.evidence.get(listed.sha256) == table.read_bytes()
    assert (empty.home / listed.kept).is_file()
    run = empty.runs.get(listed.run)
    assert (run.kind, run.units, run.settings["file_name"]) == (RunKind.MANUAL, (EDUCATION.id,), "表.csv")
    assert [one.kind for one in empty.artefacts.of_run(run.id)].count(EvidenceKind.HANDED_IN) == 1
    assert verify(empty).sound
    assert scan_evidence(empty).clean, "whom to call may stand in a table of the client's own"
    (empty.home / listed.kept).write_bytes(b"other")
    assert [one.sha256 for one in verify(empty).changed] == [listed.sha256]


@pytest.mark.parametrize(("take", "row", "what"), TABLES)
def test_nothing_is_kept_of_a_refused_file(
    empty: Store, tmp_path: Path, take: Taker, row: Mapping[str, str], what: str
) -> None:
    with pytest.raises(MisfitsError):
        take(empty, write_csv(tmp_path / "bad.csv", [row, {**row, "单位": "不存在的单位"}]))
    source = "来源" if "来源" in row else "来源或证明材料"
    with pytest.raises(UsageError, match="identity number"):
        take(empty, write_csv(tmp_path / "private.csv", [{**row, source: f"张三 {IDENTITY}"}]))
    assert files_of(empty) == []
    assert empty.runs.all() == ()
    assert all_hand_ins(empty) == ()


def test_the_same_file_again_makes_no_second_hand_in(empty: Store, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "表.csv", [WIDE])
    take_list(empty, table)
    assert take_list(empty, table) == ()
    assert len(empty.runs.all()) == len(all_hand_ins(empty)) == 1


def test_a_score_names_the_version_of_the_list_that_it_read(empty: Store, tmp_path: Path) -> None:
    """D19 reads the items of wide use (methodology.md §3.6); a newer version is named only by a newer score."""
    take_list(empty, write_csv(tmp_path / "1.csv", [WIDE]))
    second = write_csv(tmp_path / "2.csv", [WIDE, {**WIDE, "编码": CODE[:-1] + "9"}])
    take_list(empty, second)
    about = Run.model_validate(
        {**empty.runs.all()[0].model_dump(), "id": "20261123T000000Z-aaaa", "kind": "nightly", "target": "sandbox"}
    )
    facts = body_facts(()).model_copy(update={"unit": EDUCATION})
    scores, _ = score_units(with_lists([facts], empty, about), run=about.id, period=PERIOD, targets=load_targets())
    named = {score.row: [one for one in score.inputs if one.startswith("lists/")] for score in scores}
    assert {row: ids for row, ids in named.items() if ids} == {19: ["lists/wide-use/2"]}
    found = hand_in_behind(empty, next(score for score in scores if score.row == 19), "lists/wide-use/2")
    assert found is not None
    assert found.settings["file_name"] == second.name


def test_a_proof_leaves_the_original_out_unless_it_is_asked_for(store: Store, about: Run, tmp_path: Path) -> None:
    table = fill(tmp_path / "观察.xlsx", [OBSERVED])
    _, (observation,) = record(store, read_observations(store, about, table, by=PERSON))
    withheld, whole = tmp_path / "withheld", tmp_path / "whole"
    export_evidence(store, observation, withheld)
    export_evidence(store, observation, whole, originals=True)
    held = [path for path in withheld.rglob("*") if path.is_file() and path.read_bytes() == table.read_bytes()]
    given = [path for path in whole.rglob("*") if path.is_file() and path.read_bytes() == table.read_bytes()]
    assert (held, len(given)) == ([], 1)
    for folder in (withheld, whole):
        checked = subprocess.run(["sh", "check.sh"], cwd=folder, capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout
    shutil.copyfile(given[0], withheld / "WITHHELD.xlsx")
    (withheld / "observation.json").write_bytes(b"{}")
    broken = subprocess.run(["sh", "check.sh"], cwd=withheld, capture_output=True, text=True, check=False)
    assert broken.returncode == 1
    assert "observation.json" in broken.stdout
    assert "WITHHELD.xlsx is not named" in broken.stdout


@pytest.mark.parametrize("format", ["jsonl", "csv"])
def test_an_export_tells_where_the_original_lies_and_does_not_hold_it(
    store: Store, about: Run, tmp_path: Path, format: str
) -> None:
    table = write_csv(tmp_path / "表.csv", [WIDE])
    take_list(store, table)
    files = export(store, "all", run=SECOND_NIGHT, format=format, out=tmp_path / "out", force=True)
    entries = next(path for path in files if path.name.endswith(f"handed_entries.{format}"))
    (kept,) = (one for one in all_hand_ins(store) if one.what == ListKind.WIDE_USE.value)
    assert kept.kept in entries.read_text(encoding="utf-8-sig")
    assert not [path for path in files if table.read_bytes() in path.read_bytes() or kept.sha256 in path.name]
