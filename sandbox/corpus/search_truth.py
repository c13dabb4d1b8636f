"""How well the portal's search understands each guide, and which kinds of query must therefore find it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, replace

from sandbox.corpus.document import Draft
from sandbox.corpus.plan import GuidePlan
from sandbox.corpus.randomness import stream
from sandbox.model import Json, SearchHabit

SHARES = {
    "synonyms": 0.7,
    "questions": 0.6,
    "places": 0.7,
    "full_pinyin": 0.5,
    "initials": 0.35,
    "slips": 0.55,
}
ELSEWHERE_SHARE = 0.12  # of the guides that another place has as well
NOTHING_SEEN = frozenset({"search_busy", "search_captcha"})
NOT_AMONG_TEN = frozenset({"search_missing", "search_buried"})
ITEM_LENGTH = 31  # of a 实施编码; two more characters name a 业务办理项
BASIC_CODE = slice(19, 31)
OFFICIAL, EVERYDAY = "T0", "T2"
KINDS = tuple(f"T{number}" for number in range(10))
Hits = dict[str, bool | None]


def teach_search(drafts: Collection[Draft], seed: int) -> None:
    """Decide for every guide what the search understands about it."""
    areas: dict[tuple[str, str], set[str]] = defaultdict(set)
    for draft in drafts:
        areas[name_thing(draft)].add(draft.plan.office.area)
    for draft in drafts:
        has_kin = len(areas[name_thing(draft)]) > 1
        draft.plan = replace(draft.plan, search=choose_search(draft.plan, seed, has_kin=has_kin))


def name_thing(draft: Draft) -> tuple[str, str]:
    """Name what a guide is about, whoever publishes it: the 基本编码 in the code that the list shows, and the name."""
    return str(draft.record["TASK_CODE"])[BASIC_CODE], draft.plan.name


def choose_search(plan: GuidePlan, seed: int, *, has_kin: bool) -> SearchHabit:
    """Draw what the search understands about one guide."""
    rng = stream(seed, "search", plan.item_id)
    drawn = {name: rng.random() < share for name, share in SHARES.items()}
    return SearchHabit(**drawn, elsewhere_first=has_kin and rng.random() < ELSEWHERE_SHARE)


def write_searches(drafts: Collection[Draft], misbehaviours: Mapping[str, str]) -> dict[str, Json]:
    """Write, by item id, what a search on 广东政务服务网 from the body's own page shows.

    ``hits`` says by kind of query (T0 official name … T9 slip of the finger) what stands among the first ten: for T0
    the guide itself, for the others the guide or another 业务办理项 of the item; ``null`` where nothing is promised.
    """
    own = {draft.plan.item_id: judge_guide(draft.plan, misbehaviours.get(draft.plan.item_id)) for draft in drafts}
    items: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        items[str(draft.record["TASK_CODE"])[:ITEM_LENGTH]].append(draft)
    return {
        draft.plan.item_id: write_search(draft.plan, own, [other.plan for other in group])
        for group in items.values()
        for draft in group
    }


def write_search(plan: GuidePlan, own: Mapping[str, Hits], group: Iterable[GuidePlan]) -> Json:
    """Write one guide's part; ``group`` are all 业务办理项 of its item.

    One that goes by the same words and is surely found suffices; none is found when surely none is, whatever its name.
    """
    found: dict[str, set[bool | None]] = {kind: set() for kind in KINDS}
    for other in group:
        for kind, claim in own[other.item_id].items():
            found[kind].add(None if claim and other.shown_name != plan.shown_name else claim)
    hits = {kind: join(claims) for kind, claims in found.items()} | {OFFICIAL: own[plan.item_id][OFFICIAL]}
    return {
        "understands": asdict(plan.search),
        "hits": hits,
        "other_place_first": plan.search.elsewhere_first and hits[OFFICIAL] is True,
    }


def join(claims: Collection[bool | None]) -> bool | None:
    """Say what holds for a group: yes when one holds, no when none does."""
    return True if True in claims else None if None in claims else False


def judge_guide(plan: GuidePlan, misbehaviour: str | None) -> Hits:
    """Say which kinds find one guide among the first ten."""
    if misbehaviour in NOT_AMONG_TEN:
        return dict.fromkeys(KINDS, False)
    hits = judge_kinds(plan, plan.search)
    return hits | dict.fromkeys((OFFICIAL, EVERYDAY)) if misbehaviour in NOTHING_SEEN else hits


def judge_kinds(plan: GuidePlan, habit: SearchHabit) -> Hits:
    """Say which kinds find a guide about which the search does not misbehave."""
    strict: bool | None = None if habit.slips else False  # loose matching may find it all the same
    everyday = plan.entry.stem.everyday
    loose_word = strict is None or everyday in plan.name
    return {
        OFFICIAL: True,
        "T1": True,
        EVERYDAY: None if not everyday else True if habit.synonyms else None if loose_word else False,
        "T3": True if habit.questions else strict,
        "T4": True if habit.places else strict,
        "T5": habit.full_pinyin,
        "T6": habit.initials,
        "T7": habit.slips,
        "T8": habit.slips,
        "T9": habit.slips,
    }
