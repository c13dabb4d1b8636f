"""Lists of other channels: cell by cell, whole or not at all, the newest version counts, and scoring reads it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from filled_store import SECOND_NIGHT
from openpyxl import load_workbook

from domain.errors import UsageError
from domain.handed_list import ListEntry, ListKind
from domain.period import Period
from domain.run import Run
from domain.score import Score, ScoreState
from domain.unit import find_unit
from engine.facts.handed_lists import with_lists
from intake.filled_table import MisfitsError
from intake.list_intake import ListHandIn, take_lists
from intake.templates.lists import LISTS
from intake.templates.open_data import OPEN_DATA
from intake.workbook_template import write_template
from scoring.examples import body_facts
from storage.store import Store

Row = Mapping[str, object]
CODE = "11441700007026195X3440105001000"
PERIOD = Period.parse("2026H2")
WIDE: Row = {"单位": "市教育局", "清单": "覆盖范围广、应用频率高的事项", "编码": CODE, "来源": "省事项管理系统"}
CLAIMED: Row = {**WIDE, "清单": "省直单位认领的国家基本目录编码", "编码": "000105001000"}
DATA: Row = {
    "单位": "市教育局",
    "数据集": "学校名录",
    "数据量": 321,
    "能否下载": "是",
    "更新日期": "2026-09-01",
    "更新周期": "每季度",
    "核对日期": "2026-11-20",
    "来源": "开放广东",
}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    """A store without any night: lists belong to a half-year, not to a run."""
    with Store.open(tmp_path / "home") as opened:
        yield opened


def write_csv(path: Path, rows: Sequence[Row]) -> Path:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def write_xlsx(path: Path, template: Any, rows: Sequence[Row]) -> Path:  # noqa: ANN401 - a Template of any thing
    book = load_workbook(io.BytesIO(write_template(template)))
    sheet = book.worksheets[0]
    columns = {str(cell.value).removesuffix("*"): cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, start=3):
        for heading, value in row.items():
            sheet.cell(row=number, column=columns[heading]).value = value  # type: ignore[assignment]  # any cell value
    book.save(path)
    return path


def take(store: Store, path: Path, template: Any = LISTS, source: str = "") -> int:  # noqa: ANN401 - see above
    return len(take_lists(store, template, ListHandIn(table=path, period=PERIOD, by="李评估", source=source)))


def kept(store: Store) -> dict[tuple[str, ListKind], list[str]]:
    found: dict[tuple[str, ListKind], list[str]] = {}
    for one in store.lists.current(str(PERIOD)):
        found.setdefault((one.unit, one.kind), []).append(one.key)
    return found


def unit_id(name: str) -> str:
    return find_unit(name).id


def test_both_forms_of_the_table_are_read_alike(empty: Store, tmp_path: Path) -> None:
    assert take(empty, write_csv(tmp_path / "wide.csv", [WIDE])) == 1
    assert take(empty, write_xlsx(tmp_path / "claimed.xlsx", LISTS, [CLAIMED])) == 1
    education = unit_id("市教育局")
    assert kept(empty) == {
        (education, ListKind.WIDE_USE): [CODE],
        (education, ListKind.CLAIMED_CODES): ["000105001000"],
    }
    one = next(iter(empty.lists.current(str(PERIOD))))
    assert (one.recorded_by, one.source, one.version) == ("李评估", "省事项管理系统", 1)


@pytest.mark.parametrize(
    ("change", "heading"),
    [
        ({"编码": "123"}, "编码"),
        ({"编码": "000105001000"}, "编码"),  # a basic code in a list of items
        ({"单位": "不存在的单位"}, "单位"),
        ({"清单": "别的清单"}, "清单"),
        ({"来源": ""}, "来源"),
    ],
)
def test_one_cell_that_does_not_fit_keeps_everything_out(
    empty: Store, tmp_path: Path, change: Row, heading: str
) -> None:
    with pytest.raises(MisfitsError) as raised:
        take(empty, write_csv(tmp_path / "bad.csv", [WIDE, CLAIMED, {**WIDE, "编码": CODE[:-1] + "9", **change}]))
    assert {(fault.row, fault.heading_zh) for fault in raised.value.faults} == {(4, heading)}
    assert kept(empty) == {}


def test_a_code_that_comes_twice_is_named_with_both_rows(empty: Store, tmp_path: Path) -> None:
    with pytest.raises(MisfitsError) as raised:
        take(empty, write_csv(tmp_path / "twice.csv", [WIDE, WIDE]))
    assert "第 2 行重复" in raised.value.faults[0].zh
    assert raised.value.faults[0].row == 3


def test_a_newer_table_replaces_a_list_as_a_whole_and_an_older_one_is_refused(empty: Store, tmp_path: Path) -> None:
    other = CODE[:-1] + "9"
    first = write_csv(tmp_path / "first.csv", [WIDE, CLAIMED])
    second = write_csv(tmp_path / "second.csv", [{**WIDE, "编码": other}])
    take(empty, first)
    assert take(empty, first) == 0, "the same file again is nothing new"
    take(empty, second)
    education = unit_id("市教育局")
    assert kept(empty)[education, ListKind.WIDE_USE] == [other]
    assert kept(empty)[education, ListKind.CLAIMED_CODES] == ["000105001000"], "another list stays"
    with pytest.raises(UsageError, match="has replaced"):
        take(empty, first)
    history = [(one.kind, one.version) for one in empty.lists.history(str(PERIOD))]
    assert history == [(ListKind.CLAIMED_CODES, 1), (ListKind.WIDE_USE, 1), (ListKind.WIDE_USE, 2)]


@pytest.mark.parametrize(
    ("updated", "cycle", "current"),
    [
        ("2026-09-01", "每季度", True),  # 80 days of 92
        ("2026-08-01", "每季度", False),  # 111 days
        ("2026-11-19", "每日", True),
        ("2026-11-18", "每日", False),
        ("", "每年", False),
        ("2011-01-01", "不定期", None),
    ],
)
def test_a_data_set_is_current_within_its_stated_cycle(
    empty: Store, tmp_path: Path, updated: str, cycle: str, current: bool | None
) -> None:
    row = {**DATA, "更新日期": updated, "更新周期": cycle}
    assert take(empty, write_csv(tmp_path / "data.csv", [row]), OPEN_DATA) == 1
    (one,) = empty.lists.current(str(PERIOD))
    assert one.figures == {"rows": 321, "downloads": True, "current": current}


@pytest.mark.parametrize(
    ("change", "heading"),
    [({"数据量": -1}, "数据量"), ({"能否下载": "否"}, "数据量"), ({"更新日期": "2026-12-01"}, "更新日期")],
)
def test_what_cannot_be_true_of_a_data_set_is_refused(empty: Store, tmp_path: Path, change: Row, heading: str) -> None:
    with pytest.raises(MisfitsError) as raised:
        take(empty, write_xlsx(tmp_path / "bad.xlsx", OPEN_DATA, [{**DATA, **change}]), OPEN_DATA)
    assert [fault.heading_zh for fault in raised.value.faults] == [heading]
    assert not kept(empty)


def test_scoring_reads_the_lists_of_the_period_and_a_body_without_data_sets_has_none(
    store: Store, about: Run, tmp_path: Path
) -> None:
    take(store, write_csv(tmp_path / "wide.csv", [WIDE]))
    take(store, write_csv(tmp_path / "data.csv", [DATA]), OPEN_DATA)
    here = about.model_copy(update={"period": str(PERIOD)})
    bodies = [body_facts([], unit=find_unit(name)) for name in ("市教育局", "市科技局")]
    education, science = with_lists(bodies, store, here)
    assert education.lists[ListKind.WIDE_USE] == (ListEntry(key=CODE),)
    assert education.lists[ListKind.OPEN_DATA][0].figures["rows"] == 321
    assert dict(science.lists) == {ListKind.OPEN_DATA: ()}
    elsewhere = with_lists(bodies, store, about.model_copy(update={"period": "2020H1"}))
    assert [dict(one.lists) for one in elsewhere] == [{}, {}]


def power_score(unit: str, count: float, coverage: float, run: str) -> Score:
    return Score(
        run=run,
        period="2026H2",
        unit=unit,
        table="D",
        row=17,
        indicator="power-list",
        version=1,
        title="权责清单调整情况",
        weight=2.0,
        state=ScoreState.INSUFFICIENT,
        value=None,
        points=None,
        numerator=None,
        denominator=None,
        coverage=coverage,
        minimum_coverage=0.98,
        parts={"power_items": count},
    )


def test_the_base_of_the_power_list_is_the_last_run_of_an_earlier_period(store: Store, about: Run) -> None:
    first, second = unit_id("市教育局"), unit_id("市科技局")
    scores = [power_score(first, 40.0, 1.0, SECOND_NIGHT), power_score(second, 30.0, 0.5, SECOND_NIGHT)]
    store.scores.save(SECOND_NIGHT, scores, [])
    later = about.model_copy(update={"id": "later", "period": "2099H1"})
    bodies = [body_facts([], unit=find_unit(name)) for name in ("市教育局", "市科技局")]
    assert [dict(one.earlier) for one in with_lists(bodies, store, later)] == [{"power_items": Decimal("40.0")}, {}]
    assert [dict(one.earlier) for one in with_lists(bodies, store, about)] == [{}, {}], "not of its own period"
