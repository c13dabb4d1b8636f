"""A night that could only collect what nobody can read stops before it begins, and says why."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.conftest import call_here, lasting_cluster

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with lasting_cluster() as address:
        yield address


@pytest.mark.parametrize(
    ("faults", "code", "named"),
    [
        ({"*": ["detail_captcha"]}, 3, "captcha"),
        pytest.param({"*": ["detail_html_500"]}, 3, "http_5xx", marks=pytest.mark.slow),
        ({"field_vanishes": {"path": "AUDIT_ITEM.DEPT_NAME", "mode": "remove"}}, 1, "实施主体"),
    ],
)
def test_a_hopeless_night_is_stopped_and_named(
    tmp_path: Path, scheduler: str, faults: dict[str, object], code: int, named: str
) -> None:
    file = tmp_path / "faults.json"
    file.write_text(json.dumps(faults), encoding="utf-8")
    words = ("nightly", "--size", "small", "--faults", str(file), "--units", "dept-16,dept-22", "--json")
    stopped = call_here(tmp_path, *words, YUECE_SCHEDULER=scheduler)
    assert stopped.returncode == code, stopped.stderr
    assert named in stopped.stderr
    with sqlite3.connect(tmp_path / "yuece.db") as connection:
        ((state, note),) = connection.execute("select state, note from run")
        ((visits,),) = connection.execute("select count(*) from guide_visit")
    assert state == "partial"
    assert named in note
    assert visits == 0, "nothing was collected that nobody could read"
