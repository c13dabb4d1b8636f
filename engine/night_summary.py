"""Counts what a run holds, straight from the store: the object that ``--json`` prints (architecture.md §8)."""

from collections import Counter
from typing import Any

from domain.outcome import Outcome
from domain.score import Score
from engine.facts.unit_facts import visit_counts
from engine.night_context import NightContext
from engine.night_plan import MAIN_PORTAL
from files.report import INSPECTOR
from probes.control import CONTROL
from storage.store import Store


def summarise(night: NightContext, ledger: int) -> dict[str, Any]:
    """Return the summary of a run.

    ``guides`` counts 广东政务服务网 alone, where the population of items is defined; ``portals`` counts each portal.
    """
    store, run = night.store, night.run.id
    by_portal = {portal: portal_counts(store, run, portal) for portal in night.plan.portals}
    seen = Counter((one.probe_id == CONTROL, one.outcome) for one in store.observations.of_run(run))
    listings = store.crawls.listings(run)
    return {
        "run": run,
        "period": night.plan.period,
        "guides": by_portal.get(MAIN_PORTAL, {"listed": 0, **visit_counts(())}),
        "portals": by_portal,
        "looks": dict(store.overview.count_looks(run)),
        "addresses": store.addresses.tally(run, INSPECTOR),
        "findings": store.audits.count_findings(run),
        "observations": {outcome.value: seen[False, outcome] for outcome in Outcome if seen[False, outcome]},
        "controls": {outcome.value: seen[True, outcome] for outcome in Outcome if seen[True, outcome]},
        "scores": [_score_line(score) for score in store.scores.of_run(run)],
        "totals": [total.model_dump(mode="json") for total in store.scores.totals(run)],
        "units": {
            "planned": len(night.units),
            "shown": len({listing.unit for listing in listings if listing.offered and listing.portal == MAIN_PORTAL}),
            "incomplete": sorted({listing.unit for listing in listings if listing.offered and not listing.whole}),
        },
        "ledger": ledger,
        "store": str((store.home / "yuece.db").resolve()),
        "evidence": str(night.evidence_root.resolve()),
    }


def portal_counts(store: Store, run: str, portal: str) -> dict[str, int]:
    """Count listed guides and the outcomes of their visits."""
    listed = sum(1 for _ in store.crawls.listed(run, portal=portal))
    return {"listed": listed, **visit_counts(store.crawls.visits(run, portal=portal))}


def has_gaps(summary: dict[str, Any]) -> bool:
    """Say whether something planned was not seen: then the run is partial."""
    seen_everything = {Outcome.PASS.value, Outcome.FAIL.value, Outcome.NOT_APPLICABLE.value}
    unseen = any(counts["not_measured"] for counts in summary["portals"].values())
    return bool(unseen or summary["units"]["incomplete"] or set(summary["observations"]) - seen_everything)


def _score_line(score: Score) -> dict[str, Any]:
    return {
        "unit": score.unit,
        "indicator": score.indicator,
        "table": score.table,
        "row": score.row,
        "state": score.state.value,
        "value": score.value,
        "points": score.points,
        "coverage": score.coverage,
    }
