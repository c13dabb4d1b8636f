"""A whole night keeps its promises, by the portal's own access log, and ends within seconds when it is told to."""

import itertools
import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from sandbox.serving import running_sandbox

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(560)]
ROOT = Path(__file__).resolve().parents[2]
DELAY_S, PART_DELAY_S = 0.4, 0.05
JITTER_S = 0.02  # between the moment at which a request is let out and the one at which the server notes it
BROWSER_CONNECTIONS = 6  # of Chromium to one host
SIZES = {"search": 1, "application": 1, "booking": 1, "faces": 1, "mobile_bodies": 1}
NIGHT = """
import json, sys
from pathlib import Path
from commands.nightly import make_plan
from engine.night import run_night
from engine.night_plan import SandboxOptions
from engine.reporter import SilentReporter
from engine.settings import PlanSizes, load_settings
if __name__ == "__main__":
    settings = load_settings()
    options = SandboxOptions(announcement=Path(sys.argv[1]))
    plan = make_plan(settings, portal="sandbox", units=["dept-16,dept-22"], sandbox=options)
    numbers = {name: 0 for name, value in PlanSizes().model_dump().items() if isinstance(value, int)}
    sizes = numbers | json.loads(sys.argv[2])
    plan = plan.model_copy(update={"sizes": PlanSizes(**sizes)})
    summary = run_night(settings, plan, SilentReporter())
    print(json.dumps({name: summary[name] for name in ("ledger", "leaks", "exports")}))
"""


def environment(home: Path, **changes: str) -> dict[str, str]:
    told = {"YUECE_HOME": str(home), "PYTHONPATH": str(ROOT), "YUECE_WORKERS": "3", "YUECE_SALT": "manners"}
    return {**os.environ, **told, **changes}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The access log of a night in which spiders and browsers share one pace; three workers want to go faster."""
    home = tmp_path_factory.mktemp("night")
    pace = {"delay_s": DELAY_S, "part_delay_s": PART_DELAY_S, "concurrency": 1, "visitors": 1}
    (home / "night.py").write_text(NIGHT, encoding="utf-8")
    with running_sandbox(["--size", "100", "--seed", "7"]) as sandbox:
        started = {"origins": asdict(sandbox.origins), "test_account": sandbox.test_account}
        (home / "sandbox.json").write_text(json.dumps(started), encoding="utf-8")
        words = [sys.executable, str(home / "night.py"), str(home / "sandbox.json"), json.dumps(SIZES)]
        variables = environment(home / "var", YUECE_SANDBOX_PACE=json.dumps(pace))
        done = subprocess.run(words, env=variables, cwd=home, capture_output=True, text=True, timeout=500, check=False)
        assert done.returncode == 0, done.stderr[-2_000:]
        brought = json.loads(done.stdout)
        assert brought["ledger"] == 0, "nothing was changed"
        assert brought["leaks"]["found"] == 0, "nothing that was kept holds a secret"
        assert brought["leaks"]["scanned"] > 100
        assert brought["exports"], "so that everything could be exported"
        with urllib.request.urlopen(f"{sandbox.control_url}/access-log") as answer:
            entries: list[dict[str, Any]] = json.load(answer)
    return [entry for entry in entries if entry["host"] != "control"]


def starts(log: list[dict[str, Any]], *, spider: bool | None = None) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for entry in log:
        if spider is None or spider == entry["user_agent"].startswith("YueceBot"):
            found[entry["host"]].append(entry["started_s"])
    return {host: sorted(times) for host, times in found.items()}


def test_the_night_had_both_spiders_and_browsers(log: list[dict[str, Any]]) -> None:
    assert len(starts(log, spider=True)["www"]) > 10
    assert len(starts(log, spider=False)["www"]) > 30


def test_no_host_is_asked_faster_than_promised(log: list[dict[str, Any]]) -> None:
    """Over any stretch of 20 requests of all processes, and of 5 requests of spiders."""
    for host, times in starts(log).items():
        for first, last in zip(times, times[20:], strict=False):
            assert last - first >= 20 * PART_DELAY_S - JITTER_S, host
    for host, times in starts(log, spider=True).items():
        for first, last in zip(times, times[5:], strict=False):
            assert last - first >= 5 * DELAY_S - JITTER_S, host


def test_pages_and_spiders_wait_for_each_other(log: list[dict[str, Any]]) -> None:
    """A guide page of a browser is a document as well as a spider's call: two of them lie apart by the pause."""
    documents = sorted(
        entry["started_s"]
        for entry in log
        if entry["host"] == "www"
        and (entry["user_agent"].startswith("YueceBot") or entry["path"].startswith("/portal/v2/guide/"))
    )
    assert len(documents) > 15
    assert min(later - earlier for earlier, later in itertools.pairwise(documents)) >= DELAY_S - 5 * JITTER_S


def test_no_host_has_more_under_way_than_one_browser_would(log: list[dict[str, Any]]) -> None:
    for host in {entry["host"] for entry in log}:
        moments = [
            moment
            for entry in log
            if entry["host"] == host
            for moment in ((entry["started_s"], 1), (entry["started_s"] + entry["duration_ms"] / 1000, -1))
        ]
        under_way = itertools.accumulate(step for _, step in sorted(moments))
        assert max(under_way) <= BROWSER_CONNECTIONS, host


def test_every_host_is_asked_for_its_robots_once(log: list[dict[str, Any]]) -> None:
    """Crawlers and browsers share one file per host; processes that start together may each ask once."""
    asked = [entry["host"] for entry in log if entry["path"] == "/robots.txt"]
    assert {"www", "tyrz", "bsxt"} <= set(asked)
    assert len(asked) <= 2 * len(set(asked))


def test_a_running_night_stops_within_seconds(tmp_path: Path) -> None:
    told = environment(tmp_path / "var")
    night = subprocess.Popen(
        [sys.executable, "-m", "yuece", "nightly", "--size", "small", "--json"],
        env=told,
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    spool = tmp_path / "var" / "spool"
    try:
        wait_until(lambda: any(file.stat().st_size for file in spool.rglob("*.jsonl")), night)
        words = [sys.executable, "-m", "yuece", "stop", "--reason", "演练"]
        subprocess.run(words, env=told, cwd=tmp_path, check=True, capture_output=True, timeout=60)
        began = time.monotonic()
        _out, said = night.communicate(timeout=60)
    finally:
        night.kill()
    assert time.monotonic() - began < 30
    assert night.returncode == 4
    assert "演练" in said
    with sqlite3.connect(tmp_path / "var" / "yuece.db") as connection:
        ((state, note),) = connection.execute("select state, note from run")
    assert (state, "演练" in note) == ("partial", True)


def wait_until(happened: Callable[[], bool], night: "subprocess.Popen[str]") -> None:
    limit = time.monotonic() + 300
    while not happened():
        assert night.poll() is None, night.stderr.read() if night.stderr else ""
        assert time.monotonic() < limit, "the night did not begin in time"
        time.sleep(0.1)
