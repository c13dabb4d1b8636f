"""Decides how many guides each body has, which ones, and what each of them says."""

import random
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from sandbox.corpus.bodies import Office, Place, make_places
from sandbox.corpus.codes import make_handling, make_task
from sandbox.corpus.materials import choose_papers, fit_papers
from sandbox.corpus.plan import PENALTY, PUBLIC_SERVICE, Facts, GuidePlan, Limit, Paper
from sandbox.corpus.randomness import hexadecimal, stream
from sandbox.corpus.service_variety import vary_application, vary_booking
from sandbox.corpus.services import choose_application, choose_booking
from sandbox.corpus.stems import FAMILIES, Entry, Stem, list_entries, split_first
from sandbox.model import Application

SMALLEST = 58  # beside the packages of a corpus of 60
COUNTY_WEIGHT = 24
DEPARTMENT_WEIGHT = 12
PROMISES = ((1, 50), (3, 14), (5, 14), (8, 6), (10, 8), (15, 5), (20, 3))
"""Promised working days and their weights, after portals.md §6.3."""
APPLICANTS = {
    "P": "年满十八周岁、在阳江市行政区域内居住的自然人",
    "L": "在阳江市行政区域内依法登记的法人或者其他组织",
    "B": "在阳江市行政区域内的自然人、法人或者其他组织",
}
LEGALS = (20, 30, 45, 60, 90)
LONG_SHARE = 0.35  # of the conditions, so long that the page folds them behind 展开
MORE_CONDITIONS = (
    "申请人近三年内没有因弄虚作假被撤销过同一事项的记录",
    "申请人已经按照国家和省的有关标准完成内部自查，并保留自查记录备查",
    "涉及场所的，场所的用途与登记的用途一致，并且具备必要的采光、通风和疏散条件",
    "涉及专业人员的，专业人员与申请人签有劳动合同，并且没有同时受聘于其他单位",
    "申请人同意在办理期间配合现场核查，并按照通知的时间补正材料",
)
VISIT_REASONS = ("需现场核验申请人身份并采集人像信息", "需现场核验原件", "需到场接受现场检查", "需当场签署告知书")


@dataclass(frozen=True, kw_only=True)
class Habit:
    """How well a body does, so that scores differ between bodies: shares between 0 and 1."""

    online: float
    no_visit: float
    booking: float
    hall: float


def choose_habit(rng: random.Random) -> Habit:
    """Draw a body's habits."""
    return Habit(
        online=rng.uniform(0.82, 1.0),
        no_visit=rng.uniform(0.62, 0.98),
        booking=rng.uniform(0.3, 0.8),
        hall=rng.uniform(0.6, 1.0),
    )


def count_ordinary(place: Place) -> int:
    """Count the guides that a body can have before names repeat themselves."""
    families = [FAMILIES[office.family] for office in place.offices]
    return sum(len(tuple(split_first(stem))) for family in families for stem in family.stems)


def allocate(size: int, places: tuple[Place, ...]) -> dict[str, int]:
    """Share ``size`` guides out: fixed quotas, at least one for every listed body, the rest by weight.

    A department gets no more than its ordinary guides; what is left goes to the counties in turn.
    """
    listed = [place for place in places if place.body.listed]
    counties = [place.body.key for place in listed if len(place.offices) > 1]
    free = {place.body.key: count_ordinary(place) for place in listed if place.quota is None}
    counts = {place.body.key: place.quota or 1 for place in listed}
    rest = size - sum(counts.values())
    total = sum(COUNTY_WEIGHT if key in counties else DEPARTMENT_WEIGHT for key in free)
    for key, capacity in free.items():
        share = rest * (COUNTY_WEIGHT if key in counties else DEPARTMENT_WEIGHT) // total
        counts[key] += share if key in counties else min(share, capacity - 1)
    for turn in range(size - sum(counts.values())):
        counts[counties[turn % len(counties)]] += 1
    return counts


def list_stems(place: Place, seed: int) -> tuple[Stem, ...]:
    """List a body's stems in the order in which it publishes them; all counties publish by one common list."""
    stems = [stem for office in place.offices for stem in FAMILIES[office.family].stems]
    stream(seed, "order", "counties" if len(place.offices) > 1 else place.body.key).shuffle(stems)
    return tuple(stems)


def weigh(rng: random.Random, table: tuple[tuple[int, int], ...]) -> int:
    """Draw a value by weight."""
    return rng.choices([value for value, _ in table], [weight for _, weight in table])[0]


def choose_legal(stem: Stem, rng: random.Random) -> Limit | None:
    """Draw the legal limit, which the law sets alike for every body; public services may have none (portals.md §0)."""
    if stem.task_type == PENALTY:
        return Limit(days=90)
    if stem.task_type == PUBLIC_SERVICE:
        return None if rng.random() < 0.35 else Limit(days=rng.choice((1, 5, 20)))
    return Limit(days=rng.choice(LEGALS))


def choose_promise(stem: Stem, legal: Limit | None, rng: random.Random) -> Limit | None:
    """Draw the promised limit, which each body sets for itself and never above the legal one."""
    if legal is None or stem.task_type == PENALTY:
        return legal
    return Limit(days=min(weigh(rng, PROMISES), legal.days))


def choose_visits(stem: Stem, habit: Habit, *, online: bool, rng: random.Random) -> int:
    """Draw 到办事现场次数."""
    if stem.task_type == PENALTY or not online:
        return 1
    return 0 if rng.random() < habit.no_visit else weigh(rng, ((1, 9), (2, 1)))


def choose_depth(*, online: bool, visits: int, rng: random.Random) -> str:
    """Draw 网办深度: IV only without visits (portals.md §3.3)."""
    if not online:
        return "I"
    return rng.choices(("IV", "III"), (85, 15))[0] if visits == 0 else rng.choice(("III", "III", "II"))


def write_condition(stem: Stem, rng: random.Random) -> str:
    """Write 受理条件, alike for every body; nearly half of the public services have none."""
    if stem.task_type == PUBLIC_SERVICE and rng.random() < 0.45:
        return ""
    conditions = [
        f"申请人为{APPLICANTS[stem.served]}",
        f"申请事项属于{stem.name}的办理范围",
        "提交的材料真实、完整，并符合本指南所列的形式",
    ]
    if rng.random() < LONG_SHARE:
        conditions += MORE_CONDITIONS
    return "；".join(f"{number}.{text}" for number, text in enumerate(conditions, 1)) + "。"


@dataclass(frozen=True, kw_only=True)
class Standard:
    """What the province sets alike for every body that handles the same thing (portals.md §3.2, 基本编码)."""

    legal: Limit | None
    papers: tuple[Paper, ...]
    condition: str
    charged: bool
    intermediary: str
    special_days: int


@cache
def set_standard(entry: Entry, seed: int) -> Standard:
    """Draw the standard of an entry; the same entry has the same standard at every body."""
    stem = entry.stem
    rng = stream(seed, "standard", stem.basic, entry.variant)
    permit = stem.task_type == "01"
    return Standard(
        legal=choose_legal(stem, stream(seed, "legal", stem.basic)),
        papers=choose_papers(stem, rng),
        condition=write_condition(stem, rng),
        charged=permit and rng.random() < 0.18,
        intermediary="检验检测服务" if permit and rng.random() < 0.15 else "",
        special_days=30 if permit and rng.random() < 0.25 else 0,
    )


def choose_self_service(item_id: str) -> bool:
    """Give one item in six a machine, by its id alone, so that nothing else of the corpus depends on it."""
    return int(item_id[4:6], 16) < 43


def plan_guide(
    place: Place, entry: Entry, standard: Standard, *, office: Office, habit: Habit, rng: random.Random
) -> GuidePlan:
    """Decide about one guide."""
    stem = entry.stem
    task = make_task(uscc=office.uscc, level=office.level, basic=stem.basic)
    handling = None if entry.sequence is None else make_handling(task=task, sequence=entry.sequence)
    item_id = hexadecimal("item", handling or task)
    online = stem.task_type != PENALTY and rng.random() < habit.online
    visits = choose_visits(stem, habit, online=online, rng=rng)
    depth = choose_depth(online=online, visits=visits, rng=rng)
    has_window = visits > 0 or stem.task_type != PUBLIC_SERVICE or rng.random() < 0.6
    booking = choose_booking(rng) if has_window and stem.task_type != PENALTY and rng.random() < habit.booking else None
    papers = fit_papers(standard.papers, depth=depth, rng=rng)
    promise = choose_promise(stem, standard.legal, rng)
    in_hall = has_window and rng.random() < habit.hall
    facts = Facts(
        task_type=stem.task_type,
        online=online,
        depth=depth,
        visits=visits,
        instant=promise is not None and promise.days == 1,
        promise=promise,
        legal=standard.legal,
        bookable=booking is not None,
        slots_per_day=booking.slots_per_day if booking else 0,
        in_hall=in_hall,
        comprehensive=in_hall,
        nearby=has_window and choose_self_service(item_id),
        split=handling is not None,
        paper_only=any(paper.medium == "1" for paper in papers),
        charged=standard.charged,
    )
    return GuidePlan(
        item_id=item_id,
        body=place.body.key,
        office=office,
        entry=entry,
        task_code=task,
        handling_code=handling,
        facts=facts,
        papers=papers,
        says_no_papers=not papers and (stem.task_type != PUBLIC_SERVICE or rng.random() < 0.3),
        condition=standard.condition,
        visit_reason=rng.choice(VISIT_REASONS) if visits else "",
        has_window=has_window,
        express=has_window and online and rng.random() < 0.4,
        delegated=rng.random() < 0.09 and stem.task_type in ("01", "07", "20"),
        intermediary=standard.intermediary,
        special_days=standard.special_days,
        version=rng.randint(1, 12),
        published=f"{rng.randint(2022, 2025)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
        application=vary_application(choose_application(rng, item_id), item_id) if online else Application(kind="none"),
        booking=vary_booking(booking, item_id),
        on_yss=stem.served in "PB" and online and rng.random() < 0.35,
        on_yst=stem.served in "LB" and online and rng.random() < 0.25,
    )


def link_siblings(plans: list[GuidePlan]) -> list[GuidePlan]:
    """Tell each 业务办理项 about the others of the same item that are published."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for plan in plans:
        if plan.handling_code:
            groups.setdefault(plan.task_code, []).append((plan.handling_code, plan.entry.name))
    return [
        replace(plan, siblings=tuple(one for one in groups.get(plan.task_code, ()) if one[0] != plan.handling_code))
        for plan in plans
    ]


def plan_place(place: Place, amount: int, seed: int) -> list[GuidePlan]:
    """Decide about all guides of one body."""
    rng = stream(seed, "plan", place.body.key)
    habit = choose_habit(rng)
    offices = {office.family: office for office in place.offices}
    entries = islice(list_entries(list_stems(place, seed)), amount)
    plans = [
        plan_guide(
            place, entry, set_standard(entry, seed), office=offices[entry.stem.office_family], habit=habit, rng=rng
        )
        for entry in entries
    ]
    return link_siblings(plans)


def count_kin(plans: list[GuidePlan]) -> list[GuidePlan]:
    """Tell each plan how many guides of other bodies are about the same thing."""
    bodies: dict[tuple[str, str], set[str]] = {}
    for plan in plans:
        bodies.setdefault(plan.kind, set()).add(plan.body)
    return [replace(plan, kin=len(bodies[plan.kind]) - 1) for plan in plans]


def plan_corpus(seed: int, size: int) -> list[GuidePlan]:
    """Decide about a whole corpus; fewer than 60 guides cannot cover the bodies and raise ``ValueError``."""
    if size < SMALLEST:
        raise ValueError(f"size is {size}, but a demo corpus needs at least 60 guides")
    places = make_places()
    counts = allocate(size, places)
    listed = [place for place in places if place.body.listed]
    plans = [plan for place in listed for plan in plan_place(place, counts[place.body.key], seed)]
    if len(plans) != size:
        raise ValueError(f"size is {size}, but the item names of this sandbox suffice for {len(plans)} guides only")
    return count_kin(plans)
