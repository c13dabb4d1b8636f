"""Totals worked out by hand: full and partial, bonus and penalty, readings, lists A and B."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import UsageError
from domain.facts import UnitFacts
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from domain.score import Score, UnitTotal
from domain.total import GapChannel, TotalKind, TotalList
from domain.unit import find_unit
from scoring.applicability import Reading
from scoring.examples import body_facts, measured_item, probe_result
from scoring.maps import PointsMap
from scoring.score_units import score_units
from scoring.total_rules import BonusOrder, TotalRules, load_total_rules
from tests.scoring.full_bodies import (
    COUNTY_FIGURES,
    COUNTY_WORTH,
    DEPARTMENT_FIGURES,
    DEPARTMENT_WORTH,
    TARGETS,
    Figures,
    Worth,
    figures,
    full_body,
)

DEPARTMENT = full_body("dept-05", DEPARTMENT_FIGURES)
COUNTY = full_body("county-1", COUNTY_FIGURES)


def score(
    *facts: UnitFacts, rules: TotalRules | None = None, reading: Reading = Reading.NARROW
) -> tuple[dict[tuple[str, int], Score], tuple[UnitTotal, ...]]:
    scores, totals = score_units(facts, run="r", period="2021H1", targets=TARGETS, rules=rules, reading=reading)
    return {(one.unit, one.row): one for one in scores}, totals


def without(facts: UnitFacts, row: int, *names: str) -> UnitFacts:
    kept = {name: value for name, value in facts.imported[row].items() if name not in names}
    return facts.model_copy(update={"imported": {**facts.imported, row: kept}})


def base_of(worth: Worth) -> Fraction:
    assert sum(weight for weight, _ in worth.values()) == 100
    return sum((weight * value for weight, value in worth.values()), Fraction(0))


@pytest.mark.parametrize(
    ("facts", "worth", "outside"),
    [(DEPARTMENT, DEPARTMENT_WORTH, Fraction("6.5") - 1), (COUNTY, COUNTY_WORTH, Fraction("-2.5"))],
    ids=["department", "county"],
)
def test_a_complete_import_gives_the_full_total(facts: UnitFacts, worth: Worth, outside: Fraction) -> None:
    scores, (total,) = score(facts)
    for row, (weight, value) in worth.items():
        found = scores[facts.unit.id, row]
        assert (found.weight, found.value) == (weight, pytest.approx(float(value), abs=1e-12)), row
        assert found.weight_entered == weight
    assert (total.kind, total.weight_scored, total.weight_applicable) == (TotalKind.FULL, 100, 100)
    assert total.base == pytest.approx(float(base_of(worth)), abs=1e-12)
    assert total.value == pytest.approx(float(base_of(worth) + outside), abs=1e-12)
    assert not [gap for gap in total.missing if gap.blocking]


def test_the_published_total_is_the_exact_sum_rounded_halves_up() -> None:
    _, (department, county) = score(DEPARTMENT, COUNTY)
    for total, worth, outside in ((department, DEPARTMENT_WORTH, "5.5"), (county, COUNTY_WORTH, "-2.5")):
        exact = base_of(worth) + Fraction(outside)
        cents = int(exact * 100 + Fraction(1, 2))
        assert total.published == Decimal(cents) / 100
        assert str(total.published) == f"{cents // 100}.{cents % 100:02d}"


def test_bonus_and_penalty_are_points_outside_the_hundred() -> None:
    scores, (total,) = score(DEPARTMENT)
    assert (total.bonus, total.penalty) == (Decimal("6.5"), Decimal(1))
    assert [scores["dept-05", row].points for row in (42, 43, 44)] == [6.5, -1.0, 0.0]
    assert all(scores["dept-05", row].weight_entered == 0 for row in (42, 43, 44))


def test_judges_that_are_far_apart_count_as_none() -> None:
    apart = DEPARTMENT.model_copy(
        update={"imported": {**DEPARTMENT.imported, 42: figures(judge_1="3", judge_2="5.01")}}
    )
    scores, (total,) = score(apart)
    assert scores["dept-05", 42].value is None
    assert "相差过大" in scores["dept-05", 42].note
    assert (total.kind, total.bonus) == (TotalKind.PARTIAL, None)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (TotalRules(), lambda base: base + Fraction("5.5")),
        (TotalRules(cap=Decimal(80)), lambda base: Fraction(80)),
        (TotalRules(floor=Decimal(95)), lambda base: Fraction(95)),
    ],
)
def test_cap_and_floor_hold_the_total_and_leave_the_base(rules: TotalRules, expected: object) -> None:
    assert callable(expected)
    _, (total,) = score(DEPARTMENT, rules=rules)
    assert total.value == pytest.approx(float(expected(base_of(DEPARTMENT_WORTH))), abs=1e-12)
    assert total.base == pytest.approx(float(base_of(DEPARTMENT_WORTH)), abs=1e-12)


def public_service_only(imported: Figures) -> UnitFacts:
    """A department with 公共服务 alone: D13, D28 and D33 fall, 93 points stay (methodology.md §3.3)."""
    made = full_body("dept-05", imported)
    items = tuple(item.model_copy(update={"item_type_code": "21"}) for item in made.items)
    return made.model_copy(update={"items": items})


def test_the_order_of_bonus_and_scaling_matters_where_rows_fall() -> None:
    facts = public_service_only(DEPARTMENT_FIGURES)
    _, (after,) = score(facts)
    _, (before,) = score(facts, rules=TotalRules(bonus_order=BonusOrder.BEFORE))
    kept = {row: worth for row, worth in DEPARTMENT_WORTH.items() if row not in (13, 28, 33)}
    assert sum(weight for weight, _ in kept.values()) == 93
    assert after.applicable_points == 93
    assert after.missing == before.missing
    assert after.value is not None
    assert before.value is not None
    assert before.base == after.base
    # 四免 speaks of 依申请 items, but not by its own text: it stays, with what was handed in.
    assert (after.weight_applicable, after.weight_scored) == (93, 93)
    # before: (Σ w·s + 6.5 − 1) / Σ w · 100, so 5.5 points weigh 100 / Σ w as much
    assert before.value - after.value == pytest.approx(5.5 * 100 / 93 - 5.5, abs=1e-9)


@pytest.mark.parametrize(
    ("items", "reading", "points", "in_list"),
    [
        (["01"], Reading.NARROW, 100, TotalList.A),
        (["07", "21"], Reading.NARROW, 98, TotalList.A),  # no permit
        (["21"], Reading.NARROW, 93, TotalList.A),  # no 依申请, the four mixed rows stay
        (["02"], Reading.NARROW, 85, TotalList.A),  # neither, the mixed rows fall as well
        ([], Reading.NARROW, 85, TotalList.A),
        ([], Reading.WIDE, 23, TotalList.B),  # nothing published at all
    ],
)
def test_applicable_points_are_those_of_the_methodology(
    items: list[str], reading: Reading, points: int, in_list: TotalList
) -> None:
    facts = body_facts(
        [measured_item(number, item_type_code=code) for number, code in enumerate(items)], unit=find_unit("dept-05")
    )
    # The power list does not come from the portal alone: methodology.md §3.3 counts it for a body without any guide.
    told = facts.model_copy(update={"imported": {17: figures(power_items_base=5)}})
    _, (total,) = score(told, reading=reading)
    assert (total.applicable_points, total.in_list) == (points, in_list)


def test_both_readings_stand_side_by_side() -> None:
    offline = full_body("dept-05", DEPARTMENT_FIGURES)
    offline = offline.model_copy(update={"items": tuple(i.model_copy(update={"online": False}) for i in offline.items)})
    _, (total,) = score(offline)
    narrow, wide = total.readings
    assert (narrow.reading, wide.reading) == ("narrow", "wide")
    # In the wide reading D11, D12 and D23 fall (6 points).
    assert narrow.applicable_points == 100
    assert wide.applicable_points == 94
    assert (total.value, total.published) == (narrow.value, narrow.published)
    _, (again,) = score(offline, reading=Reading.WIDE)
    assert (again.value, again.published) == (wide.value, wide.published)
    assert again.readings == total.readings


def test_without_one_figure_the_total_is_partial_and_names_it() -> None:
    lacking = without(DEPARTMENT, 40, "active_evaluations")
    scores, (total,) = score(lacking)
    assert total.kind is TotalKind.PARTIAL
    (gap,) = [gap for gap in total.missing if gap.blocking]
    assert (gap.row, gap.channel, gap.figures) == (40, GapChannel.STATISTICS, ("active_evaluations",))
    assert scores["dept-05", 40].value is None
    assert "主动评价数" in scores["dept-05", 40].note
    # Rows that citizens cannot see leave a partial score, the others enter with the share that was seen.
    seen = {row: worth for row, worth in DEPARTMENT_WORTH.items() if scores["dept-05", row].weight_entered}
    assert set(seen) == {8, 9, *range(11, 24), 27, 28, 29, 31, *range(33, 39)}
    entered = {row: Fraction(str(scores["dept-05", row].weight_entered)) for row in seen}
    expected = sum(entered[row] * value for row, (_, value) in seen.items()) / sum(entered.values()) * 100
    assert total.value == pytest.approx(float(expected), abs=1e-9)


def test_a_term_without_its_figure_lowers_the_measured_share_alone() -> None:
    bare = without(DEPARTMENT, 18, "themes_due")
    scores, (total,) = score(bare)
    theme = scores["dept-05", 18]
    assert (theme.value, theme.measured_share) == (1.0, 0.6)
    assert [(gap.row, gap.figures, gap.share) for gap in total.missing if gap.blocking] == [(18, ("themes_due",), 0.4)]


def test_no_case_in_the_figures_takes_the_row_out_and_keeps_the_total_full() -> None:
    idle = {**DEPARTMENT.imported, 4: figures(requests=0, requests_in_time=0)}
    scores, (total,) = score(DEPARTMENT.model_copy(update={"imported": idle}))
    assert (total.kind, total.weight_scored) == (TotalKind.FULL, 99)
    assert scores["dept-05", 4].value is None
    rest = {row: worth for row, worth in DEPARTMENT_WORTH.items() if row != 4}
    base = sum((weight * value for weight, value in rest.values()), Fraction(0)) / 99 * 100
    assert total.base == pytest.approx(float(base), abs=1e-12)
    assert total.readings[1].applicable_points == 99  # in the wide reading the row does not even apply


def test_a_full_total_is_not_ranked_against_a_partial_one() -> None:
    partial = without(full_body("dept-06", DEPARTMENT_FIGURES), 40, "active_evaluations")
    twin = full_body("dept-07", DEPARTMENT_FIGURES)
    _, totals = score(DEPARTMENT, partial, twin, COUNTY)
    assert [(one.unit, one.kind.value, one.rank) for one in totals] == [
        ("dept-05", "full", 1),
        ("dept-06", "partial", 1),
        ("dept-07", "full", 1),
        ("county-1", "full", 1),
    ]


def test_a_map_of_the_client_changes_the_points_and_keeps_the_ratio() -> None:
    steps = {"kind": "steps", "steps": [{"at": "0.9", "share": "0.5"}, {"at": "0.99", "share": "1"}]}
    targets = replace(TARGETS, maps={"D32": PointsMap.model_validate(steps)})
    scores, _ = score_units([DEPARTMENT], run="r", period="2021H1", targets=targets)
    on_time = next(one for one in scores if one.row == 32)
    assert (on_time.value, on_time.parts["ratio"], on_time.points) == (0.5, 0.95, 1.0)
    assert "steps" in on_time.note


@settings(max_examples=25)
@given(st.permutations([0, 1, 2]))
def test_neither_the_order_of_bodies_nor_who_else_is_scored_changes_a_total(order: list[int]) -> None:
    bodies = [DEPARTMENT, without(full_body("dept-06", DEPARTMENT_FIGURES), 30, "cases_accepted_all"), COUNTY]
    _, alone = score(*bodies)
    values = {one.unit: (one.value, one.published, one.rank) for one in alone}
    _, shuffled = score(*(bodies[index] for index in order))
    assert {one.unit: (one.value, one.published, one.rank) for one in shuffled} == values
    _, (single,) = score(DEPARTMENT)
    assert (single.value, single.published) == values["dept-05"][:2]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("cap = 10\nfloor = 20", "the cap lies below the floor"),
        ("first_half = 0.5", "must weigh 1 together"),
        ("bonus_order = 'between'", "bonus_order"),
        ("top = 1", "top"),
        ("cap = ", "cannot read total rules"),
    ],
)
def test_rules_that_do_not_fit_are_refused(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "totals.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=complaint):
        load_total_rules(path)


def test_the_shipped_rules_are_the_defaults() -> None:
    assert load_total_rules() == TotalRules()


def test_a_body_that_lists_none_of_its_due_themes_has_found_none() -> None:
    """Nothing to try is no excuse where something is due (methodology.md §3.6: 0.4·found/due + 0.6·usable/found)."""
    tried = tuple(probe for probe in DEPARTMENT.probes if probe.probe_id != "theme-service")
    planned = {probe: count for probe, count in DEPARTMENT.planned_probes.items() if probe != "theme-service"}
    bare = DEPARTMENT.model_copy(update={"probes": tried, "planned_probes": planned})
    scores, (total,) = score(bare)
    assert (scores["dept-05", 18].value, scores["dept-05", 18].measured_share) == (0.0, 1.0)
    assert "清单未导入" not in scores["dept-05", 18].note
    assert total.kind is TotalKind.FULL
    unknown = without(bare, 18, "themes_due")
    assert score(unknown)[0]["dept-05", 18].value is None


@pytest.mark.parametrize("facts", [DEPARTMENT, COUNTY], ids=["department", "county"])
def test_a_completed_row_comes_out_of_its_spread_as_well(facts: UnitFacts) -> None:
    """Half of the themed services and half of the mobile entries fail; their other terms are imported."""
    short = {M.FOUND: True, M.USABLE: False}
    shut = {M.MOBILE_TRIED: 1, M.MOBILE_OPEN: 0}
    bad = (
        probe_result("theme-service", 1, Outcome.FAIL, measures=short),
        probe_result("mobile-entrance", 2, Outcome.FAIL, measures=shut),
    )
    plan = {**facts.planned_probes, "theme-service": 2, "mobile-entrance": 2}
    mixed = facts.model_copy(update={"probes": (*facts.probes, *bad), "planned_probes": plan})
    scores, _ = score(mixed)
    rows = {one.indicator: one for one in scores.values()}
    # 0.4 · 2/2 + 0.6 · 1/2; 0.5 · 2/2 + 0.3 · 1/2 + 0.2 · 30/120
    assert rows["theme-service"].value == pytest.approx(0.7, abs=1e-12)
    assert rows["mobile"].value == pytest.approx(0.7, abs=1e-12)
    for one in scores.values():
        again = one.spread.recomputed
        assert again is None or again == pytest.approx(one.value, abs=1e-9), one.indicator
