"""A night from the command line on the sandbox, held against the sandbox's own truth; killed, and finished again."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from sandbox.corpus.demo import make_demo
from sandbox.corpus_file import make_placeholder_origins
from tests.commands.conftest import Left, call_here

SEED = 20
UNITS = ("dept-11", "dept-22", "dept-25", "dept-39", "county-2")
"""An absent guide, a closed entrance, a captcha, a hidden body, a buried item."""
PROBES = {
    "keyword-search": "search",
    "online-application": "application",
    "booking-calendar": "booking",
    "online-entrance": "entrance",
    "theme-service": "theme",
}
COMPARISON = "guide-faces"
pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]


SIZES = {
    "search_kinds": '["T0", "T2"]',
    "mobile_bodies": "0",
    "consistency": "0",
    "chatbot_bodies": "1",
    "timing": "1",
    "mobile": "0",
}
"""Each probe's own tests go deeper; a night proves that they come together."""


SIZE_VARIABLES = {
    **{f"YUECE_SIZES__{name.upper()}": value for name, value in SIZES.items()},
    "YUECE_WORKERS": "2",  # each is a process with a browser to be started; other tests run beside
}


def environment_of(home: Path) -> dict[str, str]:
    return {**os.environ, **SIZE_VARIABLES, "YUECE_HOME": str(home)}


def yuece(home: Path, *arguments: str, timeout: int = 560) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "yuece", *arguments]
    environment = environment_of(home)
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=timeout, check=False, cwd=home
    )


def ask(home: Path, *arguments: str) -> Left:
    """Run a command about a finished night here: the night and the probe made again have proved the process."""
    return call_here(home, *arguments, **SIZE_VARIABLES)


def nightly(*more: str) -> tuple[str, ...]:
    sandbox = ("--size", "small", "--seed", str(SEED))
    return ("nightly", *sandbox, "--units", ",".join(UNITS), "--period", "2021H1", "--json", *more)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return make_demo(seed=SEED, size=150, origins=make_placeholder_origins()).truth


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("night")


@pytest.fixture(scope="module")
def night(home: Path) -> dict[str, Any]:
    done = yuece(home, *nightly())
    assert done.returncode == 0, done.stderr
    summary: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return summary


def rows(home: Path, statement: str, *values: object) -> list[dict[str, Any]]:
    with sqlite3.connect(home / "yuece.db") as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(statement, values)]


def guides_of(truth: Mapping[str, Any], units: tuple[str, ...] = UNITS) -> list[dict[str, Any]]:
    return [guide for guide in truth["guides"] if guide["body"] in units]


def test_every_guide_ends_as_the_truth_says(home: Path, night: dict[str, Any], truth: dict[str, Any]) -> None:
    expected = {guide["item_id"]: guide["crawl"] for guide in guides_of(truth)}
    visits = rows(home, "select item_id, outcome from guide_visit where run = ? and portal = 'gdzwfw'", night["run"])
    assert {visit["item_id"]: visit["outcome"] for visit in visits} == expected
    counts = Counter(expected.values())
    assert night["guides"]["listed"] == len(expected)
    assert all(night["guides"][outcome] == counts[outcome] for outcome in ("measured", "absent", "not_measured"))


def test_nothing_changed_on_the_portals(night: dict[str, Any]) -> None:
    assert night["ledger"] == 0


def test_no_probe_accuses_where_the_truth_does_not(home: Path, night: dict[str, Any], truth: dict[str, Any]) -> None:
    """A wrong ``fail`` is the worst mistake there is; a fault that lasts over all visits must be seen as well."""
    known = {guide["handling_code"] or guide["task_code"]: guide["probes"] for guide in guides_of(truth)}
    seen = rows(home, "select portal, probe_id, subject, outcome, reason from observation where run = ?", night["run"])
    assert {row["probe_id"] for row in seen} >= {*PROBES, COMPARISON}
    for row in (row for row in seen if row["probe_id"] in PROBES):
        said = known[row["subject"]][PROBES[row["probe_id"]]].get(row["portal"])
        if said is not None:
            lasting = said.get("lasting", said["outcome"])
            assert (row["outcome"] == "fail") == (lasting == "fail"), (row, said)


def test_every_fail_rests_on_three_visits_with_healthy_controls(home: Path, night: dict[str, Any]) -> None:
    accused = rows(home, "select visits from observation where run = ? and outcome = 'fail'", night["run"])
    assert accused
    for row in accused:
        visits = json.loads(row["visits"])
        assert sum(visit["control_healthy"] is True and bool(visit["trace"]) for visit in visits) >= 3
    controls = rows(home, "select outcome from observation where run = ? and probe_id = 'control'", night["run"])
    assert {row["outcome"] for row in controls} == {"pass"}
    assert sum(night["controls"].values()) == len(controls)


def test_faces_are_compared_and_accused_only_where_they_differ(
    home: Path, night: dict[str, Any], truth: dict[str, Any]
) -> None:
    planted = {
        guide["item_id"]
        for guide in guides_of(truth)
        for defect in guide["defects"]
        if defect["kind"].startswith(("page-other", "print-other", "mobile-other"))
    }
    seen = rows(home, "select item_id, outcome, faces from observation where probe_id = ?", COMPARISON)
    assert seen
    for row in seen:
        assert (row["outcome"] == "fail") == (row["item_id"] in planted)
    assert any(len(json.loads(row["faces"])) >= 2 for row in seen)


def test_scores_can_be_computed_again_from_the_truth(night: dict[str, Any], truth: dict[str, Any]) -> None:
    """减跑动 from the planner's own counts, for bodies whose every guide was measured."""
    scores = {(score["unit"], score["indicator"]): score for score in night["scores"]}
    compared = 0
    for unit in UNITS:
        expected = truth["expected"][unit]
        visits = scores[unit, "fewer-visits"]
        if visits["value"] is None:
            continue
        mean = expected["visits_sum"] / expected["visits_known"]
        assert visits["value"] == pytest.approx(1 - min(mean, 1), abs=1e-9)
        compared += 1
    assert compared >= 2


def test_a_body_that_the_portal_does_not_show_gets_no_zero(night: dict[str, Any]) -> None:
    hidden = [score for score in night["scores"] if score["unit"] == "dept-39"]
    assert hidden
    assert all(score["value"] is None for score in hidden)


def test_every_step_has_its_picture_and_all_evidence_verifies(home: Path, night: dict[str, Any]) -> None:
    pictured = "select steps, trace, outcome from observation where run = ? and probe_id <> 'page-times'"
    for row in rows(home, pictured, night["run"]):  # times are taken without pictures and traces
        steps = json.loads(row["steps"])
        assert all(step["screenshot"] for step in steps if step["status"] != "skipped")
        assert bool(row["trace"]) == bool(steps)
    checked = ask(home, "verify", "--json")
    assert checked.returncode == 0, checked.stdout
    assert json.loads(checked.stdout)["checked"] > len(UNITS)


def test_damaged_evidence_is_named(home: Path, night: dict[str, Any], tmp_path: Path) -> None:
    picture = rows(home, "select sha256 from evidence where run = ? and kind = 'screenshot'", night["run"])[0]["sha256"]
    replayed = next(path for path in (home / "evidence").rglob(f"{picture}*"))
    kept = replayed.read_bytes()
    try:
        replayed.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        found = ask(home, "verify", "--json")
        assert found.returncode == 1
        assert picture in json.loads(found.stdout)["changed"]
    finally:
        replayed.write_bytes(kept)


def test_replay_tells_the_steps_and_where_the_pictures_are(home: Path, night: dict[str, Any]) -> None:
    row = rows(
        home, "select portal, probe_id, item_id from observation where run = ? and outcome = 'pass'", night["run"]
    )[0]
    about = "/".join((night["run"], row["portal"], row["probe_id"], row["item_id"]))
    told = ask(home, "replay", about, "--json")
    assert told.returncode == 0, told.stderr
    answer = json.loads(told.stdout)
    assert all(Path(place).is_file() for place in answer["pictures"].values())
    assert Path(answer["trace_file"]).is_file()


def test_scoring_again_gives_the_same(home: Path, night: dict[str, Any]) -> None:
    again = json.loads(ask(home, "score", "--run", night["run"], "--json").stdout)
    assert {(one["unit"], one["indicator"]): one["value"] for one in again["scores"]} == {
        (one["unit"], one["indicator"]): one["value"] for one in night["scores"]
    }


def test_judging_again_gives_the_same(home: Path, night: dict[str, Any]) -> None:
    again = json.loads(ask(home, "audit", "--run", night["run"], "--json").stdout)
    assert again["findings"] == night["findings"]
    assert again["judged"] == 0
    assert again["copied"] == again["guides"] == night["guides"]["measured"]
    assert again["changes"] == []


@pytest.mark.slow
def test_a_probe_can_be_made_again(home: Path, night: dict[str, Any]) -> None:
    row = rows(
        home, "select portal, item_id from observation where run = ? and probe_id = 'keyword-search'", night["run"]
    )[0]
    about = "/".join((night["run"], row["portal"], "keyword-search", row["item_id"]))
    again = yuece(home, "probe", "--rerun", about, "--json")
    assert again.returncode == 0, again.stderr
    made = json.loads(again.stdout)["made"]
    assert [one["item_id"] for one in made] == [row["item_id"]]
    assert made[0]["run"] != night["run"]


@pytest.mark.slow
def test_a_night_killed_at_any_moment_is_finished_by_resume(tmp_path: Path, night: dict[str, Any]) -> None:
    """Killed in the crawl, killed again among the probes, finished: the same guides and probes, none twice."""
    for moment in (lambda: _count(tmp_path, "listing") > 0, lambda: _count(tmp_path, "observation") >= 3):
        more = ("--resume", "last") if (tmp_path / "yuece.db").exists() else ()
        _kill_when(tmp_path, moment, *more)
    before = {row["key"]: row["finished_at"] for row in _observed(tmp_path) if not row["reason"].startswith("待复核")}
    done = yuece(tmp_path, *nightly("--resume", "last"))
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout.strip().splitlines()[-1])
    assert summary["guides"] == night["guides"]
    assert summary["findings"] == night["findings"]
    after = {row["key"]: row["finished_at"] for row in _observed(tmp_path)}
    assert before.items() <= after.items(), "a probe that was done is not made again"
    assert len(after) == sum(night["observations"].values())


def _observed(home: Path) -> list[dict[str, Any]]:
    key = "portal || '/' || probe_id || '/' || item_id as key"
    return rows(home, f"select {key}, finished_at, reason from observation where probe_id != 'control'")


def _count(home: Path, table: str) -> int:
    try:
        return int(rows(home, f"select count(*) as n from {table}")[0]["n"])
    except sqlite3.OperationalError:
        return 0


def _kill_when(home: Path, moment: Callable[[], bool], *more: str) -> None:
    command = [sys.executable, "-m", "yuece", *nightly(*more)]
    environment = environment_of(home)
    with (home / "log.txt").open("ab") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=home)
    deadline = time.monotonic() + 200
    while not moment():
        assert process.poll() is None, (home / "log.txt").read_text()
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
