"""Lets some services of the mobile platforms be missing, unsearchable, too wide or written in other words."""

from sandbox.corpus.document import Draft
from sandbox.corpus.mobile_outcomes import carriers, is_declared
from sandbox.corpus.randomness import stream
from sandbox.misbehaviours import Misbehaviour

ODDITIES = (
    Misbehaviour.MOBILE_GONE,
    Misbehaviour.MOBILE_UNSEARCHABLE,
    Misbehaviour.MOBILE_WIDE,
    Misbehaviour.PORTAL_WRITES_OTHERWISE,
)


def assign_mobile_oddities(drafts: list[Draft], taken: dict[str, str], seed: int, times: int) -> dict[str, str]:
    """Give clean guides that are on a mobile platform one oddity each; return item id → name.

    It draws from a stream of its own, after everything else, so that no other planting moves.
    """
    rng = stream(seed, "mobile oddities")
    free = [draft for draft in rng.sample(drafts, len(drafts)) if is_free(draft, taken)]
    chosen: dict[str, str] = {}
    for name in ODDITIES * times:
        host = next((draft for draft in free if draft.plan.item_id not in chosen), None)
        if host is not None:
            chosen[host.plan.item_id] = name.value
    return chosen


def is_free(draft: Draft, taken: dict[str, str]) -> bool:
    """Say whether nothing else is odd about a guide that the mobile platforms carry and that declares it."""
    sound = not draft.defects and not draft.touched and draft.plan.item_id not in taken
    return sound and is_declared(draft) and bool(carriers(draft, None)) and draft.plan.application.kind == "form"
