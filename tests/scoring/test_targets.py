"""Target values are read exactly, and refused when they do not fit or come too late."""

from decimal import Decimal
from pathlib import Path

import pytest

from domain.errors import UsageError
from domain.period import Period
from scoring.targets import load_targets

DECIDED = """
placeholder = false
set_on = 2021-06-30
time_saving = 0.55
promise_days = 12
immediate_share = 0.3
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "targets.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_targets_say_that_they_are_placeholders() -> None:
    assert load_targets(period=Period.parse("2021H1")).placeholder


def test_decided_targets_are_read_without_rounding(tmp_path: Path) -> None:
    targets = load_targets(write(tmp_path, DECIDED), period=Period.parse("2021H1"))
    assert (targets.time_saving, targets.promise_days, targets.immediate_share) == (
        Decimal("0.55"),
        Decimal(12),
        Decimal("0.3"),
    )
    assert not targets.placeholder


def test_targets_set_inside_the_window_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, DECIDED.replace("2021-06-30", "2021-07-01"))
    with pytest.raises(UsageError, match="must be set before 2021-07-01"):
        load_targets(path, period=Period.parse("2021H1"))
    assert load_targets(path, period=Period.parse("2021H2")).promise_days == 12


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("0.55", "0", "time_saving: .*greater than 0"),
        ("0.55", "1.01", "time_saving: .*less than or equal to 1"),
        ("12", "-1", "promise_days"),
        ("0.3", "nan", "immediate_share"),
        ("set_on = 2021-06-30", "", "decided targets name the day"),
        ("placeholder = false", "placeholder = true", "placeholders have none"),
        ("promise_days = 12", "promise_day = 12", "promise_days"),
        ("time_saving = 0.55", "time_saving =", "cannot read targets"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_name(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        load_targets(write(tmp_path, DECIDED.replace(old, new)))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read targets"):
        load_targets(tmp_path / "none.toml")
