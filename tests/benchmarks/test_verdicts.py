"""The verdict matrix: a few scenarios of every kind here, all of them behind the slow marker."""

import pytest

from benchmarks.verdicts import RECALL_MIN, SCENARIOS_MIN, is_good, run, summarise

A_FEW = (
    "guide-429",
    "other-classes",
    "calendar-full",
    "portal-busy",
)


def row(truth: str, verdict: str) -> dict[str, object]:
    accused = verdict == "fail" and truth != "fail"
    return {"truth": truth, "verdict": verdict, "false_accusation": accused, "fair": truth == verdict}


def test_the_gate_counts_accusations_and_misses() -> None:
    good = [row("fail", "fail")] * 57 + [row("fail", "inconclusive")] * 3 + [row("blocked", "blocked")]
    told = summarise(good)
    assert (told["scenarios"], told["false_accusations"], told["recall"]) == (61, 0, RECALL_MIN)
    assert told["matrix"] == {"fail": {"fail": 57, "inconclusive": 3}, "blocked": {"blocked": 1}}
    assert is_good(told, whole=True)
    assert not is_good(summarise([*good, row("fail", "error")]), whole=True)
    assert not is_good(summarise([*good, row("error", "fail")]), whole=True)
    assert not is_good(summarise(good[:10]), whole=True)
    assert is_good(summarise(good[:10]), whole=False)


@pytest.mark.browser
@pytest.mark.slow
def test_a_few_scenarios_of_every_kind(capsys: pytest.CaptureFixture[str]) -> None:
    told = run(seed=7, only=A_FEW, workers=2, size=150)
    unfair = [one for one in told["verdicts"] if not one["fair"]]
    assert not unfair, unfair
    assert told["scenarios"] == len(A_FEW)
    assert is_good(told, whole=False)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(1800)
def test_every_scenario() -> None:
    told = run(seed=11)
    assert told["scenarios"] >= SCENARIOS_MIN
    accused = [one for one in told["verdicts"] if one["false_accusation"]]
    assert not accused, accused
    assert told["recall"] >= RECALL_MIN, [one for one in told["verdicts"] if not one["fair"]]
