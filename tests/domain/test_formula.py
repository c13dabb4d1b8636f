"""Formulas are evaluated as a spreadsheet does it, and nothing but arithmetic is evaluated at all."""

import pytest

from domain.formula import evaluate, names_of, with_figures


@pytest.mark.parametrize(
    ("formula", "figures", "value"),
    [
        ("1 - MIN(mean_visits, 1)", {"mean_visits": 0.25}, 0.75),
        ("(0.7 * b + 0.3 * t) * k", {"b": 0.5, "t": 0.75, "k": 0.8}, 0.46),
        ("a / b", {"a": 3.0, "b": 4.0}, 0.75),
        ("MAX(-a, 0)", {"a": 2.0}, 0.0),
        ("LN(1 + a) / LN(10)", {"a": 99.0}, 2.0),
        ("a / b", {"a": 3.0, "b": 0.0}, None),  # no case
        ("a / b", {"a": 3.0}, None),  # not known
        ("a / b", {"a": 3.0, "b": None}, None),
    ],
)
def test_formulas_give_what_arithmetic_gives(
    formula: str, figures: dict[str, float | None], value: float | None
) -> None:
    assert evaluate(formula, figures) == (None if value is None else pytest.approx(value))


def test_names_come_in_order_and_without_functions() -> None:
    assert names_of("MIN(a, b) * k / a") == ("a", "b", "k")


def test_figures_stand_in_the_place_of_names() -> None:
    assert with_figures("(1 - MIN(visits, 1)) * k", {"visits": 0.25, "k": 1.0}) == "(1 - MIN(0.25, 1)) * 1.0"


@pytest.mark.parametrize("formula", ["__import__('os')", "a.b", "[a]", "a ** b", "'text'", "lambda: 1"])
def test_nothing_but_arithmetic_is_allowed(formula: str) -> None:
    with pytest.raises(ValueError, match="not allowed in a formula"):
        evaluate(formula, {"a": 1.0, "b": 1.0, "__import__": 1.0})


def test_what_is_no_formula_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="'1 \\+' is no formula"):
        evaluate("1 +", {})
