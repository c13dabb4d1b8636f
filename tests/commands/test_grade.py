"""``yuece grade``: the queue, one grade, and the agreement with the program, as an evaluator sees them."""

import json
from datetime import UTC, datetime
from pathlib import Path

from domain.observation import Observation, ObservedRow
from domain.outcome import Outcome
from domain.run import Run, RunKind, RunState
from storage.store import Store
from tests.commands.conftest import call_here, call_process

AT = datetime(2026, 11, 23, tzinfo=UTC)
OBSERVATION = "run-1/gdzwfw/chatbot/1"


def fill(home: Path) -> None:
    run = Run(
        id="run-1",
        kind=RunKind.NIGHTLY,
        period="2026H2",
        target="sandbox",
        state=RunState.FINISHED,
        started_at=AT,
        finished_at=AT,
        units=(),
        portals=("gdzwfw",),
        tool_version="0",
        tool_commit="",
        packages={},
        browser="",
        settings_hash="",
        settings={},
        vantage="",
        counts={},
    )
    rows = (
        ObservedRow(kind="days", asked="几天？", expected="5(工作日)", seen="五天", grade=0.5, review=True),
        ObservedRow(kind="phone", asked="电话？", seen="12345", grade=0.0),
    )
    with Store.open(home) as store:
        store.runs.add(run)
        store.observations.save(
            Observation(
                run="run-1",
                portal="gdzwfw",
                unit="dept-01",
                subject="c",
                item_id="1",
                probe_id="chatbot",
                probe_version=1,
                outcome=Outcome.PASS,
                started_at=AT,
                finished_at=AT,
                rows=rows,
            )
        )


def test_queue_grade_and_agreement(tmp_path: Path) -> None:
    fill(tmp_path)
    before = json.loads(call_here(tmp_path, "grade", "--json").stdout)
    [waiting] = before["waiting"]
    assert (waiting["observation"], waiting["row"], waiting["asked"]) == (OBSERVATION, 0, "几天？")
    assert "grade" not in waiting, "the program's grade would sway the person"
    refused = call_process(tmp_path, "grade", OBSERVATION, "--row", "0", "--grade", "0.7", "--reviewer", "王")
    assert refused.returncode == 2
    assert "0, 0.5, 1" in refused.stderr
    kept = call_here(
        tmp_path, "grade", OBSERVATION, "--row", "0", "--grade", "1", "--reviewer", "王", "--why", "五天就是五天"
    )
    assert kept.returncode == 0, kept.stderr
    after = json.loads(call_here(tmp_path, "grade", "--json").stdout)
    assert (after["waiting"], after["graded"]) == ([], 1)
    assert (after["agreement"]["pairs"], after["agreement"]["same"]) == (1, 0)
    with Store.open(tmp_path) as store:
        [given] = store.row_grades.about(OBSERVATION)
    assert (given.reviewer, given.grade, given.machine, given.why) == ("王", 1.0, 0.5, "五天就是五天")
