"""Rows that other channels fill: definitions, terms, and what must hold whatever figures are handed in."""

import tomllib
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.facts import UnitFacts
from domain.figure import Figure
from domain.imported_part import IMPORTED_PART_TITLES_ZH
from domain.unit import Table, find_unit
from scoring.catalogue import TABLE_FILES, TABLES_FOLDER, RowClass, TableRow, indicator_table
from scoring.examples import body_facts, measured_item
from scoring.imported.terms import missing_figures
from scoring.indicator import Targets, indicators
from scoring.targets import TARGET_NAMES

TARGETS = Targets(time_saving=Decimal("0.5"), promise_days=Decimal(20), immediate_share=Decimal("0.4"))
UNIT_OF = {Table.DEPARTMENTS: "dept-05", Table.COUNTIES: "county-1"}
IMPORTED = [
    (table, row)
    for table in Table
    for row in indicator_table(table).rows
    if row.row_class in (RowClass.IMPORT, RowClass.JUDGEMENT)
]
cases = st.sampled_from(IMPORTED)
NOTHING_UPLOADED = {
    "cases_accepted": 5,
    "cases_uploaded": 0,
    "cases_valid": 0,
    "fields_required": 0,
    "fields_filled": 0,
}


def body(table: Table, row: TableRow, figures: dict[str, Decimal]) -> UnitFacts:
    made = body_facts([measured_item(1), measured_item(2)], unit=find_unit(UNIT_OF[table]))
    return made.model_copy(update={"imported": {row.no: figures}})


def value_of(table: Table, row: TableRow, figures: dict[str, Decimal]) -> Decimal | None:
    assert row.indicator is not None
    return indicators.get(row.indicator).compute(body(table, row, figures), TARGETS).value


def test_every_row_has_what_the_issue_asks_for() -> None:
    for table in Table:
        rows = indicator_table(table).rows
        assert len(rows) == {Table.DEPARTMENTS: 44, Table.COUNTIES: 41}[table]
        for row in rows:
            assert row.id
            assert row.formula
            assert 0 < row.minimum_coverage <= 1
            assert row.indicator is not None, f"{table}{row.no} is not computed"
            assert set(row.targets) <= set(TARGET_NAMES)
            needs_figures = row.row_class in (RowClass.IMPORT, RowClass.JUDGEMENT)
            assert bool(row.figures) or not needs_figures
            assert bool(row.terms) or row.row_class is not RowClass.IMPORT


def test_the_minimum_coverage_of_a_row_is_that_of_its_indicator() -> None:
    for table in Table:
        for row in indicator_table(table).rows:
            assert row.indicator is not None
            assert indicators.get(row.indicator).minimum_coverage == row.minimum_coverage, f"{table}{row.no}"


def test_like_rows_of_both_tables_have_one_id_and_figures_one_name() -> None:
    ids = [{row.id for row in indicator_table(table).rows} for table in Table]
    # Six rows are only the departments', three only the counties' (methodology.md §1 item 3).
    assert ids[0] - ids[1] == {
        "data-hookup", "sharing-response", "open-data", "gov-cloud", "unified-identity", "single-sign-on",
    }  # fmt: skip
    assert ids[1] - ids[0] == {"person-users", "legal-users", "yst-users"}
    names: dict[str, str] = {}
    for table in Table:
        for row in indicator_table(table).rows:
            for figure in row.figures:
                assert names.setdefault(figure.id, figure.name) == figure.name or row.row_class is RowClass.JUDGEMENT
    assert {name for name in names if name not in IMPORTED_PART_TITLES_ZH} == set()


@pytest.mark.parametrize(
    ("table", "no", "given_figures", "expected"),
    [
        # Σ over terms that have a case: nothing was uploaded, so nothing could be valid, and no field was due
        ("D", 1, NOTHING_UPLOADED, "0"),
        ("D", 2, {"items_with_cases": 5}, "1"),  # more than the two guides that are published
        ("D", 41, {"bad_reviews": 0, "bad_reviews_put_right": 0, "reviews": 10, "good_reviews": 9}, "0"),
        ("D", 40, {"review_records": 10, "review_records_late": 10, "review_cases": 5, "active_evaluations": 5}, "0.4"),
        ("C", 22, {"posts": 3, "yzy_registered": 1}, "1/3"),
        ("C", 36, {"orders": 0, "orders_in_time": 0, "faults": 4, "faults_in_time": 3}, "3/4"),
        ("D", 42, {"judge_1": "8", "judge_2": "9.5"}, "0.875"),
        ("D", 43, {"judge_1": "5", "judge_2": "4"}, "0.9"),
    ],
)  # fmt: skip
def test_a_row_equals_the_hand_calculation(table: str, no: int, given_figures: dict[str, Any], expected: str) -> None:
    row = indicator_table(Table(table)).row(no)
    value = value_of(Table(table), row, {name: Decimal(str(one)) for name, one in given_figures.items()})
    assert value is not None
    assert abs(Fraction(value) - Fraction(expected)) < Fraction(1, 10**24)


def test_a_row_without_any_case_has_no_value() -> None:
    row = indicator_table(Table.COUNTIES).row(36)
    nothing = dict.fromkeys(("orders", "orders_in_time", "faults", "faults_in_time"), Decimal(0))
    assert value_of(Table.COUNTIES, row, nothing) is None


def test_a_listing_that_is_not_whole_has_no_published_items_to_count_against() -> None:
    row = indicator_table(Table.DEPARTMENTS).row(2)
    facts = body(Table.DEPARTMENTS, row, {"items_with_cases": Decimal(1)}).model_copy(update={"listing_whole": False})
    found = indicators.get("case-item-coverage").compute(facts, TARGETS)
    assert (found.value, found.coverage) == (None, 0)
    assert "列表不完整" in found.note


def test_figures_of_another_row_or_table_move_nothing() -> None:
    row = indicator_table(Table.DEPARTMENTS).row(32)
    ours = {"cases_finished": Decimal(4), "cases_in_time": Decimal(3)}
    facts = body(Table.DEPARTMENTS, row, ours)
    other = facts.model_copy(update={"imported": {**facts.imported, 30: {"cases_accepted_all": Decimal(9)}}})
    compute = indicators.get("on-time").compute
    assert compute(facts, TARGETS) == compute(other, TARGETS)


@st.composite
def figures_of(draw: st.DrawFn, row: TableRow) -> dict[str, Decimal]:
    """Figures within their bounds: no part above its whole."""
    drawn: dict[str, Decimal] = {}
    for figure in sorted(row.figures, key=lambda one: bool(one.at_most)):
        top = drawn[figure.at_most] if figure.at_most else figure.max or Decimal(50)
        drawn[figure.id] = Decimal(draw(st.integers(0, int(top))))
    return drawn


def numerators(row: TableRow) -> dict[str, bool]:
    """Figures that stand only above the line → whether more of them is better."""
    above = {name: not term.complement for term in row.terms for name in (term.numerator, *term.checklist) if name}
    below = {term.denominator for term in row.terms}
    return {name: rises for name, rises in above.items() if name not in below}


@settings(max_examples=150)
@given(st.data(), cases)
def test_scores_stay_in_bounds_and_more_above_the_line_is_never_worse(
    data: st.DataObject, case: tuple[Table, TableRow]
) -> None:
    table, row = case
    figures = data.draw(figures_of(row))
    before = value_of(table, row, figures)
    assert before is None or 0 <= before <= 1
    for name, rises in numerators(row).items():
        figure = row.figure(name)
        more = raised(figure, figures)
        if more == figures[name]:
            continue
        after = value_of(table, row, {**figures, name: more})
        if before is not None and after is not None:
            assert (after >= before) if rises else (after <= before), name


def raised(figure: Figure, figures: dict[str, Decimal]) -> Decimal:
    top = figures.get(figure.at_most) if figure.at_most else figure.max
    return figures[figure.id] + 1 if top is None or figures[figure.id] < top else figures[figure.id]


@given(st.data(), cases)
def test_a_row_waits_until_its_last_figure_is_there(data: st.DataObject, case: tuple[Table, TableRow]) -> None:
    table, row = case
    figures = data.draw(figures_of(row))
    gone = data.draw(st.sampled_from(sorted(figures)))
    kept = {name: value for name, value in figures.items() if name != gone}
    assert row.indicator is not None
    found = indicators.get(row.indicator).compute(body(table, row, kept), TARGETS)
    assert found.value is None
    assert row.figure(gone).name in found.withheld
    assert [figure.id for figure in missing_figures(row, body(table, row, kept))] == [gone]
    assert found.coverage < 1


def bent(no: int, **changes: object) -> dict[str, Any]:
    text = (TABLES_FOLDER / TABLE_FILES[Table.COUNTIES]).read_text(encoding="utf-8")
    row: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)["rows"][no - 1]
    return {**row, **changes}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"figures": []}, "figures that the row does not define"),
        ({"terms": [{"name": "x", "weight": 1}]}, "one of numerator"),
        ({"terms": [{"name": "x", "weight": 1, "numerator": "ghost"}]}, "ghost"),
        ({"terms": [{"name": "x", "weight": 1, "numerator": "cases_uploaded", "map": "steps"}]}, "share and lin"),
        ({"terms": [{"name": "x", "weight": 1, "numerator": "cases_uploaded", "high": 2}]}, "belong to lin"),
        (
            {"terms": [{"name": "x", "weight": 1, "numerator": "cases_uploaded", "map": "lin", "target": "seal_uses"}]},
            "does not list its targets",
        ),
    ],
)
def test_a_bent_definition_is_refused(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValidationError, match=complaint):
        TableRow.model_validate(bent(1, **changes))
