"""A night that could only collect what nobody can read stops before it begins, and says why."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


def night(home: Path, faults: dict[str, object]) -> "subprocess.CompletedProcess[str]":
    file = home / "faults.json"
    file.write_text(json.dumps(faults), encoding="utf-8")
    words = ("nightly", "--size", "small", "--faults", str(file), "--units", "dept-16,dept-22", "--json")
    environment = {**os.environ, "YUECE_HOME": str(home / "var"), "YUECE_WORKERS": "1"}
    return subprocess.run(
        [sys.executable, "-m", "yuece", *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
        cwd=home,
    )


@pytest.mark.parametrize(
    ("faults", "code", "named"),
    [
        ({"*": ["detail_captcha"]}, 3, "captcha"),
        pytest.param({"*": ["detail_html_500"]}, 3, "http_5xx", marks=pytest.mark.slow),
        ({"field_vanishes": {"path": "AUDIT_ITEM.DEPT_NAME", "mode": "remove"}}, 1, "实施主体"),
    ],
)
def test_a_hopeless_night_is_stopped_and_named(
    tmp_path: Path, faults: dict[str, object], code: int, named: str
) -> None:
    stopped = night(tmp_path, faults)
    assert stopped.returncode == code, stopped.stderr
    assert named in stopped.stderr
    with sqlite3.connect(tmp_path / "var" / "yuece.db") as connection:
        ((state, note),) = connection.execute("select state, note from run")
        ((visits,),) = connection.execute("select count(*) from guide_visit")
    assert state == "partial"
    assert named in note
    assert visits == 0, "nothing was collected that nobody could read"
