"""A repeated probe is held against the time before: what is the same, what is not, and what is only a duration."""

from datetime import UTC, datetime

from domain.failure import FailureReason
from domain.observation import Observation, ObservedRow, Refusal, Step, StepStatus
from domain.outcome import Outcome
from engine.visiting.rerun import Sameness, compare_observations, task_again
from probes.probe import ProbeTask

NOW = datetime(2026, 11, 23, tzinfo=UTC)
TASK = ProbeTask(portal="gdzwfw", unit="dept-01", probe_id="keyword-search", item_id="i", code="c", title="户口登记")
BEFORE = Observation(
    run="run-1",
    portal="gdzwfw",
    unit="dept-01",
    subject="c",
    item_id="i",
    probe_id="keyword-search",
    probe_version=2,
    outcome=Outcome.PASS,
    reason="第 1 位检索到该事项",
    value=1.0,
    measures={"rank": 1, "seconds": 0.4, "timed_guide_s": 0.2, "hits": 10},
    steps=(Step(index=1, title="检索", status=StepStatus.DONE, started_at=NOW, duration_ms=400),),
    rows=(ObservedRow(kind="T0", asked="户口登记", seen="第 1 位", grade=1.0),),
    inputs=TASK.model_dump(mode="json"),
    started_at=NOW,
    finished_at=NOW,
)


def differences(after: Observation) -> dict[str, tuple[str, str]]:
    compared = compare_observations(BEFORE, after)
    return {line.what: (line.before, line.after) for line in compared if line.verdict is Sameness.DIFFERENT}


def test_the_same_again_differs_in_nothing() -> None:
    again = BEFORE.model_copy(update={"run": "run-2", "started_at": datetime.now(UTC), "attempt": 2})
    compared = compare_observations(BEFORE, again)
    assert {line.verdict for line in compared} == {Sameness.SAME}
    told = {line.what for line in compared}
    assert {"outcome", "reason", "measure rank", "step 1", "row 1", "refusals", "inputs"} <= told


def test_durations_are_shown_and_are_no_difference() -> None:
    slower = BEFORE.model_copy(update={"measures": {**BEFORE.measures, "seconds": 2.5, "timed_guide_s": 0.9}})
    compared = compare_observations(BEFORE, slower)
    assert {line.what for line in compared if line.verdict is Sameness.TIME} == {
        "measure seconds",
        "measure timed_guide_s",
    }
    assert differences(slower) == {}


def test_every_kind_of_difference_is_told() -> None:
    step = BEFORE.steps[0].model_copy(update={"status": StepStatus.FAILED, "failure": FailureReason.TIMEOUT})
    refusal = Refusal(at=NOW, method="POST", url="https://p/x", resource="fetch", rule="method")
    after = BEFORE.model_copy(
        update={
            "outcome": Outcome.FAIL,
            "failure": FailureReason.NOT_FOUND_IN_SEARCH,
            "value": None,
            "measures": {"rank": None, "seconds": 0.4, "timed_guide_s": 0.2, "hits": 0, "new": True},
            "steps": (step, step),
            "rows": (),
            "refusals": (refusal,),
            "inputs": {},
        }
    )
    found = differences(after)
    assert found["outcome"] == ("pass", "fail")
    assert found["failure"] == ("—", "not_found_in_search")
    assert found["value"] == ("1", "—")
    assert found["measure rank"] == ("1", "—")
    assert found["measure new"] == ("—", "True")
    assert found["step 1"] == ("检索 [done]", "检索 [failed, timeout]")
    assert found["step 2"] == ("—", "检索 [failed, timeout]")
    assert found["row 1"] == ("T0 · 户口登记 · 第 1 位 · 1", "—")
    assert found["refusals"] == ("none", "POST fetch [method]")
    assert found["inputs"] == ("as given", "others")


def test_the_task_is_given_again_as_it_was() -> None:
    assert task_again(BEFORE) == TASK
    assert task_again(BEFORE.model_copy(update={"inputs": {}})) is None
    assert task_again(BEFORE.model_copy(update={"inputs": {"portal": "gdzwfw"}})) is None
