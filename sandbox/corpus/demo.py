"""Makes the demo corpus: 48 bodies, synthetic guides, planted defects, near misses, misbehaviours, and the truth."""

from sandbox.corpus.bodies import make_places
from sandbox.corpus.defects.links import note_services
from sandbox.corpus.defects.packages import plant_package_defects
from sandbox.corpus.document import Draft, make_draft
from sandbox.corpus.misbehaviour import assign_misbehaviours
from sandbox.corpus.mobile_oddities import assign_mobile_oddities
from sandbox.corpus.packages import count_packages, make_package_item, make_packages
from sandbox.corpus.planning import plan_corpus
from sandbox.corpus.planting import choose_times, plant_defects, plant_near_misses
from sandbox.corpus.search_truth import teach_search
from sandbox.corpus.themes import arrange_themes
from sandbox.corpus.truth import write_truth
from sandbox.desk_manners import write_desk
from sandbox.model import Attachment, Corpus, Item, Origins


def make_item(draft: Draft, misbehaviour: str | None) -> Item:
    """Turn a finished draft into the record that the servers serve."""
    plan = draft.plan
    return Item(
        item_id=plan.item_id,
        task_code=draft.record["TASK_CODE"],
        name=plan.name,
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
        search=plan.search,
        misbehaviours=(misbehaviour,) if misbehaviour else (),
        faces=draft.faces,
        listed_times=2 if misbehaviour == "duplicate_listing" else 1,
    )


def make_demo(*, seed: int, size: int, origins: Origins, plant: int | None = None) -> Corpus:
    """Make the demo corpus of ``size`` guides (60 or more); equal arguments give equal bytes.

    ``plant`` is how often each kind of defect and near miss is planted as far as there is room, by default as the size
    allows. Raises ``ValueError`` for a size that cannot cover the bodies.
    """
    places = make_places()
    packages = make_packages(count_packages(size, places), places, origins)
    drafts = [make_draft(plan, origins) for plan in plan_corpus(seed, size - len(packages))]
    times = plant or choose_times(size)
    plant_package_defects(packages, times)
    plant_defects(drafts, seed, times)
    plant_near_misses(drafts, seed, times)
    misbehaviours = assign_misbehaviours(drafts, seed)
    misbehaviours |= assign_mobile_oddities(drafts, misbehaviours, seed, times)
    for draft in drafts:
        note_services(draft)
    bodies = tuple(place.body for place in places)
    attachments: dict[str, Attachment] = {}
    for files in (*(draft.files for draft in drafts), *(package.files for package in packages)):
        attachments |= files
    teach_search(drafts, seed)
    arrange_themes(packages, drafts, misbehaviours)
    items = [make_item(draft, misbehaviours.get(draft.plan.item_id)) for draft in drafts]
    return Corpus(
        seed=seed,
        bodies=bodies,
        items=(*items, *(make_package_item(package) for package in packages)),
        attachments=attachments,
        truth={
            **write_truth(seed=seed, bodies=bodies, drafts=drafts, packages=packages, misbehaviours=misbehaviours),
            "desk": write_desk(seed, items),
        },
    )
