"""The four maps against points worked out by hand (methodology.md §3.4, §2.3)."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scoring.maps import PointsMap, apply_map

EZHOU = {
    "kind": "steps",
    "steps": [{"at": "0.95", "share": "0.5"}, {"at": "0.99", "share": "0.75"}, {"at": 1, "share": 1}],
}
"""95 % of due items 1 point, 99 % 1.5, all 2 points (鄂州 2020, methodology.md §2.3)."""


@pytest.mark.parametrize(
    ("chosen", "ratio", "problems", "expected"),
    [
        ({"kind": "share"}, "0.3", None, "0.3"),
        ({"kind": "share"}, "1.3", None, "1"),
        ({"kind": "share"}, "-0.1", None, "0"),
        ({"kind": "lin", "low": "0.9", "high": "1"}, "0.98", None, "0.8"),
        ({"kind": "lin", "low": "0.9", "high": "1"}, "0.9", None, "0"),
        ({"kind": "lin", "high": "0.5"}, "0.2", None, "0.4"),
        ({"kind": "lin", "high": "0.5"}, "0.7", None, "1"),
        (EZHOU, "0.9499", None, "0"),
        (EZHOU, "0.95", None, "0.5"),
        (EZHOU, "0.9999", None, "0.75"),
        (EZHOU, "1", None, "1"),
        ({"kind": "deduct", "per_problem": "0.25"}, "0.9", "3", "0.25"),
        ({"kind": "deduct", "per_problem": "0.25"}, "0.9", "9", "0"),
        ({"kind": "deduct", "per_problem": "0.25"}, "0.1", "0", "1"),
    ],
)
def test_a_map_gives_the_points_of_the_hand_calculation(
    chosen: dict[str, Any], ratio: str, problems: str | None, expected: str
) -> None:
    many = None if problems is None else Fraction(problems)
    assert apply_map(PointsMap.model_validate(chosen), Fraction(ratio), problems=many) == Fraction(expected)


def test_deduction_needs_to_know_the_problems() -> None:
    assert apply_map(PointsMap.model_validate({"kind": "deduct", "per_problem": "0.1"}), Fraction(1)) is None


@pytest.mark.parametrize(
    "chosen",
    [
        {"kind": "share", "high": "0.5"},
        {"kind": "lin", "low": "0.5", "high": "0.5"},
        {"kind": "lin", "low": "1"},
        {"kind": "steps"},
        {"kind": "share", "steps": [{"at": 1, "share": 1}]},
        {"kind": "steps", "steps": [{"at": "0.5", "share": "0.8"}, {"at": "0.9", "share": "0.7"}]},
        {"kind": "steps", "steps": [{"at": "0.9", "share": "0.7"}, {"at": "0.9", "share": "0.8"}]},
        {"kind": "steps", "steps": [{"at": "0.9", "share": "1.1"}]},
        {"kind": "deduct"},
        {"kind": "share", "per_problem": "0.1"},
        {"kind": "curve"},
    ],
)
def test_parameters_that_do_not_fit_are_refused(chosen: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PointsMap.model_validate(chosen)


shares = st.fractions(min_value=-1, max_value=2)
maps = st.sampled_from([{"kind": "share"}, {"kind": "lin", "low": "0.2", "high": "0.7"}, EZHOU]).map(
    PointsMap.model_validate
)


@given(maps, shares, shares)
def test_a_higher_ratio_never_earns_less(chosen: PointsMap, one: Fraction, other: Fraction) -> None:
    low, high = (apply_map(chosen, ratio) for ratio in sorted((one, other)))
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 1
