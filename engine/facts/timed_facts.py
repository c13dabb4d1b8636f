"""Puts the times of the timing pass in the place of those that pictures and snapshots had slowed.

Scoring then never sees a duration of the evidence pass: the waiting in an application's Keystroke-Level time is taken
out and the sample's waiting is put in (docs/evidence.md, "Two passes").
"""

from collections.abc import Iterable, Mapping
from statistics import median

from domain.measure_name import MeasureName
from domain.observation import Measure, Observation
from engine.night_plan import PAGE_TIMES

APPLICATION = "online-application"
DESKTOP_WALK = "桌面"


class Timings:
    """The timing pass of one run: waiting by item, and the sample's median waiting for one page by portal."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        self._waiting_s: dict[tuple[str, str], float] = {}
        by_portal: dict[str, list[float]] = {}
        for seen in observations:
            waited_s = number(seen.measures, MeasureName.TIMED_WAITING_S)
            page_s = number(seen.measures, MeasureName.TIMED_PAGE_S)
            if seen.probe_id != PAGE_TIMES or waited_s is None or page_s is None:
                continue
            self._waiting_s[seen.portal, seen.item_id] = waited_s
            by_portal.setdefault(seen.portal, []).append(page_s)
        self._page_s = {portal: median(pages) for portal, pages in by_portal.items()}

    def measures_of(self, seen: Observation) -> Mapping[str, Measure]:
        """Return an observation's measures as scoring may read them."""
        if seen.probe_id != APPLICATION:
            return seen.measures
        klm_s = number(seen.measures, MeasureName.KLM_S)
        if klm_s is None:
            return seen.measures
        waited_s = self._waited_s(seen)
        effort_s = klm_s - slowed_waiting_s(seen) + (waited_s or 0.0)
        return {**seen.measures, MeasureName.KLM_S: round(effort_s, 2), MeasureName.WAITING_S: waited_s}

    def _waited_s(self, seen: Observation) -> float | None:
        """Return the item's own waiting, or the sample's for as many pages; ``None`` where no times were taken."""
        own = self._waiting_s.get((seen.portal, seen.item_id))
        page_s = self._page_s.get(seen.portal)
        if own is not None or page_s is None:
            return own
        return round(page_s * max(0.0, (number(seen.measures, MeasureName.PAGES) or 1) - 1), 3)


def slowed_waiting_s(seen: Observation) -> float:
    """Return the waiting that an application's Keystroke-Level time holds: the mean of its whole desktop walks."""
    walks = [row.measures for row in seen.rows if row.kind == "walk" and DESKTOP_WALK in row.asked]
    whole = [number(walk, MeasureName.WAITING_S) for walk in walks if number(walk, MeasureName.KLM_S) is not None]
    known = [waited_s for waited_s in whole if waited_s is not None]
    return sum(known) / len(known) if known else number(seen.measures, MeasureName.WAITING_S) or 0.0


def number(measures: Mapping[str, Measure], name: str) -> float | None:
    """Return a figure as a number; ``None`` for one that was not observed."""
    value = measures.get(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
