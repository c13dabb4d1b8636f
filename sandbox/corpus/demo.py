"""Makes the demo corpus: 48 bodies, synthetic guides, planted defects, near misses, misbehaviours, and the truth."""

from sandbox.corpus.bodies import make_places
from sandbox.corpus.document import Draft, make_draft
from sandbox.corpus.misbehaviour import assign_misbehaviours
from sandbox.corpus.planning import plan_corpus
from sandbox.corpus.planting import plant_defects, plant_near_misses
from sandbox.corpus.truth import write_truth
from sandbox.model import Attachment, Corpus, Item, Origins


def make_item(draft: Draft, misbehaviour: str | None) -> Item:
    """Turn a finished draft into the record that the servers serve."""
    plan = draft.plan
    return Item(
        item_id=plan.item_id,
        task_code=draft.record["TASK_CODE"],
        name=plan.entry.name,
        body=plan.body,
        area_code=plan.office.area,
        dept_code=plan.office.org,
        list_record=draft.record,
        detail=draft.document,
        everyday_name=plan.entry.stem.everyday or None,
        booking=plan.booking,
        application=plan.application,
        on_yss=plan.on_yss,
        on_yst=plan.on_yst,
        searchable=misbehaviour != "search_missing",
        misbehaviours=(misbehaviour,) if misbehaviour else (),
        listed_times=2 if misbehaviour == "duplicate_listing" else 1,
    )


def make_demo(*, seed: int, size: int, origins: Origins) -> Corpus:
    """Make the demo corpus of ``size`` guides (60 or more); equal arguments give equal bytes.

    Raises ``ValueError`` for a size that cannot cover the bodies.
    """
    drafts = [make_draft(plan, origins) for plan in plan_corpus(seed, size)]
    plant_defects(drafts, seed)
    plant_near_misses(drafts, seed)
    misbehaviours = assign_misbehaviours(drafts, seed)
    bodies = tuple(place.body for place in make_places())
    attachments: dict[str, Attachment] = {}
    for draft in drafts:
        attachments |= draft.files
    return Corpus(
        seed=seed,
        bodies=bodies,
        items=tuple(make_item(draft, misbehaviours.get(draft.plan.item_id)) for draft in drafts),
        attachments=attachments,
        truth=write_truth(seed=seed, bodies=bodies, drafts=drafts, misbehaviours=misbehaviours),
    )
