"""Tells faults of single services from trouble that a whole family of probes had at once (docs/fairness.md)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from domain.conclusion import OUTAGES
from domain.failure import FailureReason
from domain.observation import Observation
from domain.outcome import Outcome
from probes.control import CONTROL

ITEMS_MIN = 3
BODIES_MIN = 2
DRIFT_SHARE_MIN = 0.3
"""Bodies do not change a shared page on the same night; a selector of ours that no longer fits looks just like that."""

Family = tuple[str, str]  # portal, probe
DRIFT = "多个单位的页面结构同时不符，疑为探针失配"
DOWN = "该平台同类服务全部不可用，不能归于单个单位"


def find_doubts(observations: Iterable[Observation]) -> Mapping[Family, str]:
    """Return the families of a night that are in doubt, each with the reason; the latest visits decide."""
    families: dict[Family, list[Observation]] = defaultdict(list)
    for seen in observations:
        if seen.probe_id != CONTROL and seen.outcome is not Outcome.NOT_APPLICABLE:
            families[seen.portal, seen.probe_id].append(seen)
    found = {family: why_in_doubt(members) for family, members in families.items()}
    return {family: why for family, why in found.items() if why}


def why_in_doubt(members: list[Observation]) -> str:
    """Say what speaks against one family; "" when nothing does."""
    drifted = [seen for seen in members if ends_in(seen, frozenset({FailureReason.LAYOUT_CHANGED}))]
    if is_widespread(drifted) and len(drifted) >= DRIFT_SHARE_MIN * len(members):
        return DRIFT
    down = [seen for seen in members if ends_in(seen, OUTAGES)]
    return DOWN if is_widespread(down) and len(down) == len(members) else ""


def ends_in(seen: Observation, reasons: frozenset[FailureReason]) -> bool:
    """Say whether the newest visit ended for one of these reasons."""
    failure = seen.visits[-1].failure if seen.visits else seen.failure
    return failure in reasons


def is_widespread(members: list[Observation]) -> bool:
    """Say whether several items of several bodies are concerned."""
    return len(members) >= ITEMS_MIN and len({seen.unit for seen in members}) >= BODIES_MIN


def is_touched(seen: Observation, why: str) -> bool:
    """Say whether a doubt takes an accusation back: drift those read off a page, a dead platform all of them."""
    accuses = seen.outcome is Outcome.FAIL or any(visit.control_healthy for visit in seen.visits)
    return accuses and (why == DOWN or not ends_in(seen, OUTAGES)) and seen.outcome is not Outcome.PASS
