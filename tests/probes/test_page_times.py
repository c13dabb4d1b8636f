"""Times are those of the portal: a planted delay shows, and nothing that would slow a page is taken meanwhile."""

import json
from collections.abc import Iterator

import pytest
from probe_stage import Bench, Desk, task_of

from domain.evidence import EvidenceKind
from domain.measure_name import MeasureName
from domain.observation import Observation
from domain.outcome import Outcome
from storage.evidence_store import EvidenceStore

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("empty_ledger")]
PLANTED_S = {"guide-slow": (MeasureName.TIMED_GUIDE_S, 1.5), "search-slow": (MeasureName.TIMED_SEARCH_S, 0.8)}
"""Delays of the sandbox's scenarios (sandbox/scenarios)."""


@pytest.fixture
def slow_items(desk: Desk) -> Iterator[dict[str, str]]:
    prepared = desk.ask("/scenarios/prepare", json.dumps({"names": list(PLANTED_S)}).encode())
    yield prepared["items"]
    desk.ask("/scenarios/wake", b"{}")


def take(bench: Bench, desk: Desk, item_id: str) -> tuple[Observation, set[EvidenceKind]]:
    guide = next(row for row in desk.ask("/truth")["guides"] if row["item_id"] == item_id)
    observation, evidence = bench.runner().run(task_of(guide, "page-times"))
    assert observation.outcome is Outcome.PASS, observation.reason
    return observation, {record.kind for record in evidence}


def test_a_planted_delay_is_measured_and_its_absence_too(bench: Bench, desk: Desk, slow_items: dict[str, str]) -> None:
    for name, (measure, planted_s) in PLANTED_S.items():
        desk.ask("/scenarios/wake", b'{"items": true}')
        slow, _kinds = take(bench, desk, slow_items[name])
        desk.ask("/scenarios/wake", b"{}")
        slow_s = float(str(slow.measures[measure]))
        assert slow_s >= planted_s
        # A busy machine lengthens single visits.
        fast = (take(bench, desk, slow_items[name])[0].measures[measure] for _ in range(3))
        assert any(slow_s - float(str(fast_s)) > planted_s / 2 for fast_s in fast)


def test_a_timing_visit_keeps_no_pictures_and_no_trace(
    bench: Bench, desk: Desk, slow_items: dict[str, str], evidence: EvidenceStore
) -> None:
    observation, kinds = take(bench, desk, slow_items["guide-slow"])
    assert not kinds & {EvidenceKind.SCREENSHOT, EvidenceKind.TRACE, EvidenceKind.HAR}
    assert observation.trace is None
    assert all(step.screenshot is None and not step.used for step in observation.steps)
    assert observation.manifest is not None
    names = [line.partition("  ")[2] for line in evidence.get(observation.manifest).decode().splitlines()]
    assert {"circumstances.json", "observation.json"} <= set(names)
