"""The two tables equal the transcribed notice, cell by cell, and refuse to be bent."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from domain.errors import UsageError
from domain.unit import Table
from scoring.applicability import names_exempting_word
from scoring.catalogue import IndicatorTable, RowClass, RowKind, indicator_table
from scoring.indicator import indicators
from scoring.presence import PRESENCE

FACTS = Path(__file__).resolve().parents[2].parent / "shared" / "facts"
CELLS = ("no", "level1", "level2", "level3", "unit", "kind", "description")


def transcription(name: str) -> Any:  # noqa: ANN401 - YAML of several shapes
    yaml = pytest.importorskip("yaml", reason="PyYAML comes with pre-commit; without it there is nothing to read")
    path = FACTS / name
    if not path.exists():
        pytest.skip(f"the transcription {name} is not beside this checkout")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("table", "name"),
    [(Table.DEPARTMENTS, "catalogue_departments.yaml"), (Table.COUNTIES, "catalogue_counties.yaml")],
)
def test_every_cell_equals_the_transcribed_notice(table: Table, name: str) -> None:
    truth = transcription(name)
    ours = indicator_table(table)
    assert (ours.annex, ours.applies_to) == (truth["annex"], truth["applies_to"])
    assert ours.source.model_dump(mode="json") == truth["source"]
    assert ours.claimed_in_text.model_dump() == truth["claimed_in_text"]
    assert len(ours.rows) == len(truth["indicators"])
    for row, cells in zip(ours.rows, truth["indicators"], strict=True):
        assert {name: getattr(row, name) for name in CELLS} == {name: cells[name] for name in CELLS}
        assert row.weight == Decimal(cells["weight"])
        assert list(row.offices) == cells["offices"]


@pytest.mark.parametrize(("table", "key"), [(Table.DEPARTMENTS, "dept"), (Table.COUNTIES, "county")])
def test_classes_channels_and_conditions_equal_the_plan(table: Table, key: str) -> None:
    plan = {entry[key]: entry for entry in transcription("measurement_plan.yaml") if entry[key] is not None}
    for row in indicator_table(table).rows:
        entry = plan[row.no]
        assert (row.row_class.value, list(row.channels), row.applies_if) == (
            entry["class"],
            entry["channel"],
            entry["applies_if"],
        )


@pytest.mark.parametrize(("table", "rows", "claimed"), [(Table.DEPARTMENTS, 44, 42), (Table.COUNTIES, 41, 40)])
def test_claims_stand_beside_the_count(table: Table, rows: int, claimed: int) -> None:
    ours = indicator_table(table)
    assert ours.counted.level3 == len(ours.rows) == rows
    assert ours.claimed_in_text.level3 == claimed
    assert any(str(claimed) in note and str(rows) in note for note in ours.notes)


@pytest.mark.parametrize(
    ("table", "weights"),
    [(Table.DEPARTMENTS, {"F": 38, "P": 27, "N": 35}), (Table.COUNTIES, {"F": 39, "P": 24, "N": 37})],
)
def test_class_weights_equal_methodology_3_1(table: Table, weights: dict[str, int]) -> None:
    base = [row for row in indicator_table(table).rows if row.kind is RowKind.BASE]
    assert {c: sum(row.weight for row in base if row.row_class is RowClass(c)) for c in weights} == weights


@pytest.mark.parametrize(
    ("table", "numbers"),
    [(Table.DEPARTMENTS, [13, 16, 28, 29, 30, 31, 33]), (Table.COUNTIES, [7, 10, 25, 26, 27, 28, 30])],
)
def test_exempting_words_stand_where_methodology_1_item_12_says(table: Table, numbers: list[int]) -> None:
    assert [row.no for row in indicator_table(table).rows if names_exempting_word(row)] == numbers


@pytest.mark.parametrize("table", list(Table))
def test_rows_and_indicators_name_each_other(table: Table) -> None:
    named = {row.no: row.indicator for row in indicator_table(table).rows if row.indicator}
    here = [plug_in for plug_in in indicators.all() if table in plug_in.rows]
    assert named == {plug_in.rows[table]: plug_in.id for plug_in in here}
    for plug_in in here:
        row = indicator_table(table).row(plug_in.rows[table])
        assert PRESENCE[row.applies_if] is plug_in.applies


def test_weights_differ_for_one_name_so_they_are_keyed_by_row() -> None:
    departments = {row.level3: row.weight for row in indicator_table(Table.DEPARTMENTS).rows}
    differing = {
        row.level3
        for row in indicator_table(Table.COUNTIES).rows
        if departments.get(row.level3, row.weight) != row.weight
    }
    assert differing == {
        "主题式服务",
        "移动端应用情况",
        "粤政易用户数",
        "减时间",
        "减跑动",
        "即办程度",
        "评价数据汇聚",
        "好差评情况",
    }


def bent(**changes: object) -> dict[str, Any]:
    content = indicator_table(Table.COUNTIES).model_dump(by_alias=True)
    content["rows"][0].update(changes)
    return content


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"weight": Decimal(3)}, "sum to 100"),
        ({"no": 2}, "without gaps or repeats"),
        ({"unit": "分"}, "base rows count in %"),
        ({"level1": "另一级"}, "the header counts"),
        ({"indicator": "booking"}, "two rows are computed by one indicator"),
        ({"level2": "办件信息汇聚", "level3": "办件覆盖度"}, "same three names"),
    ],
)
def test_a_bent_table_is_refused(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        IndicatorTable.model_validate(bent(**changes))


def test_an_unknown_row_names_the_allowed_range() -> None:
    with pytest.raises(UsageError, match="allowed: 1 to 41"):
        indicator_table(Table.COUNTIES).row(42)
