"""What a single visit should find on the mobile platforms, and where they say something else than the guide."""

from sandbox.corpus.document import Draft
from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Json, ProbeOutcome
from sandbox.portal_differences import DIFFERING

Judged = tuple[ProbeOutcome, str]
SILENT: Judged = ("not_applicable", "not_declared")
BROKEN: dict[str, Judged] = {
    Misbehaviour.MOBILE_UNSEARCHABLE: ("fail", "not_found_in_search"),
    Misbehaviour.MOBILE_HTTP_500: ("inconclusive", "http_5xx"),
    Misbehaviour.MOBILE_BUSY: ("inconclusive", "busy"),
}
BEHIND: dict[str, Judged] = {
    "not_open": ("fail", "not_open"),
    "error": ("inconclusive", "http_5xx"),
    "app_only": ("blocked", "app_only"),
}
"""What waits behind 在线办理 of the mobile page; every other kind can be reached."""


def carriers(draft: Draft, misbehaviour: str | None) -> list[str]:
    """Name the mobile platforms that carry the service: 粤商通 only what organisations can apply for."""
    if misbehaviour == Misbehaviour.MOBILE_GONE:
        return []
    on_yst = draft.plan.on_yst and draft.plan.serves_organisations
    return [key for key, carried in (("yss", draft.plan.on_yss), ("yst", on_yst)) if carried]


def is_declared(draft: Draft) -> bool:
    """Say whether the guide gives a mobile address."""
    return bool(draft.item.get("TRANSACT_APP_URL"))


def judge_mobile(draft: Draft, misbehaviour: str | None) -> Judged:
    """Say what a citizen with a telephone finds."""
    if not carriers(draft, misbehaviour):
        return ("fail", "absent") if is_declared(draft) else SILENT
    broken = BROKEN.get(misbehaviour or "")
    return broken or BEHIND.get(draft.plan.application.kind, ("pass", "opens"))


def differing_labels(draft: Draft, misbehaviour: str | None) -> list[str]:
    """Name the labels whose value the mobile platforms show otherwise."""
    planted = [one.fields[0] for one in draft.defects if one.more.get("face") == "mobile"]
    more = [label for name, label in DIFFERING.items() if name == misbehaviour]
    return sorted({*planted, *more})


def write_portals(draft: Draft, misbehaviour: str | None) -> Json:
    """Write the ``portals`` part of a guide's truth: who carries it, what differs there, what a telephone finds."""
    outcome, reason = judge_mobile(draft, misbehaviour)
    return {
        "declared": is_declared(draft),
        "carriers": carriers(draft, misbehaviour),
        "differing": differing_labels(draft, misbehaviour),
        "mobile": {"outcome": outcome, "reason": reason},
    }
