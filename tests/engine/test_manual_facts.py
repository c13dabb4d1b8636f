"""What people recorded reaches scoring beside the probes, for the same period and target only."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "exports"))

from filled_store import fill_night, make_listed, make_run

from domain.manual import ManualPlace, ManualRecord, ManualTopic
from domain.outcome import Outcome
from domain.run import Run
from domain.unit import find_unit
from engine.facts.unit_facts import gather_facts
from intake.hand_in import HandIn, record
from storage.store import Store

UNIT = find_unit("dept-01")
LISTED = make_listed("dept-01", 0)


def hand_in(store: Store, about: Run, outcome: Outcome) -> str:
    line = ManualRecord(
        unit="dept-01",
        place=ManualPlace.YSS,
        topic=ManualTopic.MOBILE_ENTRANCE,
        code=LISTED.code,
        seen="见图",
        outcome=outcome,
        observed_at=datetime.now(UTC) - timedelta(days=1),
        source="安卓手机",
    )
    made, _ = record(store, HandIn(by="张评估", source="form", about=about, records=(line,)))
    return made.id


def test_manual_observations_lie_beside_the_probes(tmp_path: Path) -> None:
    with Store.open(tmp_path / "home") as store:
        night = make_run()
        fill_night(store, night)
        hand_in(store, night, Outcome.FAIL)
        later = hand_in(store, night, Outcome.PASS)
        hand_in(store, night.model_copy(update={"period": "2026H1"}), Outcome.FAIL)
        hand_in(store, night.model_copy(update={"target": "live"}), Outcome.FAIL)
        (facts,) = gather_facts(store, night.id, [UNIT], ())
        (seen,) = facts.manual  # of two records of one thing the later one; no other period, no other target
        assert seen.observation.startswith(later)
        assert (seen.outcome, seen.portal, seen.item_id) == (Outcome.PASS, "yss", LISTED.item_id)
        assert seen.measures["mobile_open"] == 1
        assert all(fact.probe_id == "online-application" for fact in facts.probes)
