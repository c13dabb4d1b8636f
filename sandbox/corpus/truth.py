"""The truth about a corpus, written from plans and plantings alone, so that it cannot repeat a parser's mistake."""

from collections import Counter
from collections.abc import Iterable

from sandbox.corpus.defects.catalogue import ALL_KINDS
from sandbox.corpus.document import Draft
from sandbox.corpus.entrance_truth import write_entrance
from sandbox.corpus.form_truth import write_form
from sandbox.corpus.item_table import make_scopes
from sandbox.corpus.mobile_outcomes import SILENT, write_portals
from sandbox.corpus.outcomes import NOT_OFFERED, judge_probes
from sandbox.corpus.packages import PackageDraft
from sandbox.corpus.plan import Limit, Planted
from sandbox.corpus.search_truth import write_searches
from sandbox.corpus.themes import judge_theme, judge_theme_search
from sandbox.model import Body, Json

NOT_MEASURED = frozenset({"detail_html_500", "detail_truncated_json", "detail_captcha"})
ABSENT = "detail_errcode_0"


def judge_crawl(misbehaviour: str | None) -> str:
    """Say how a crawl that retries once should book the guide: measured, absent or not_measured."""
    if misbehaviour == ABSENT:
        return "absent"
    return "not_measured" if misbehaviour in NOT_MEASURED else "measured"


def write_guide(draft: Draft, misbehaviour: str | None) -> Json:
    """Write one guide's truth; codes are those that the list and the document really show."""
    plan = draft.plan
    shown = draft.record["TASK_CODE"]
    return {
        "item_id": plan.item_id,
        "task_code": shown[:31],
        "handling_code": shown if len(shown) == 33 else None,
        "name": plan.name,
        "body": plan.body,
        "task_type": plan.entry.stem.task_type,
        "crawl": judge_crawl(misbehaviour),
        "defects": [planted.to_json(plan.item_id) for planted in draft.defects],
        "near_misses": [{"kind": kind, "why": why} for kind, why in draft.near_misses],
        "probes": {**judge_probes(draft, misbehaviour), "entrance": write_entrance(draft, misbehaviour)},
        "form": write_form(draft, misbehaviour),
        "portals": write_portals(draft, misbehaviour),
    }


def write_package(draft: PackageDraft) -> Json:
    """Write one package's truth; its guide offers nothing that a probe could press."""
    nothing = {"gdzwfw": NOT_OFFERED.to_json()}
    elsewhere = dict.fromkeys(("yss", "yst"), NOT_OFFERED.to_json())
    return {
        "item_id": draft.item_id,
        "task_code": draft.code,
        "handling_code": None,
        "name": draft.name,
        "body": draft.body,
        "task_type": "TC",
        "crawl": "measured",
        "defects": [planted.to_json(draft.item_id) for planted in draft.defects],
        "near_misses": [],
        "probes": {
            "search": {"gdzwfw": judge_theme_search(draft).to_json(), **elsewhere},
            "application": nothing,
            "entrance": nothing,
            "booking": nothing,
            "theme": judge_theme(draft),
        },
        "portals": {
            "declared": False,
            "carriers": [],
            "differing": [],
            "mobile": {"outcome": SILENT[0], "reason": SILENT[1]},
        },
    }


def write_limit(limit: Limit | None) -> Json | None:
    """Write a limit."""
    return {"days": limit.days, "unit": limit.unit} if limit else None


def write_limits(draft: Draft) -> Json:
    """Write both limits of one guide as the document states them."""
    return {
        "item_id": draft.plan.item_id,
        "legal": write_limit(draft.facts.legal),
        "promise": write_limit(draft.facts.promise),
    }


def count_rows(measured: list[Draft]) -> Json:
    """Count what the rows about windows, regions, materials and codes ask for (methodology.md §3.6).

    Items are counted by 实施编码 and codes as the document shows them, since a planted defect may have changed them.
    """
    served = [draft for draft in measured if draft.facts.applied_for or draft.facts.public]
    powers = [draft for draft in measured if not draft.facts.public]
    permits = [draft.facts for draft in measured if draft.facts.task_type == "01"]
    issued = [count_issued(draft) for draft in measured if draft.facts.applied_for]
    return {
        "permits_at_hall_window": sum(fact.in_hall and fact.comprehensive for fact in permits),
        "comprehensive": sum(draft.facts.comprehensive for draft in measured),
        "application_comprehensive": sum(draft.facts.comprehensive for draft in measured if draft.facts.applied_for),
        "nearby": sum(draft.facts.nearby for draft in measured),
        "regional": sum(bool(make_scopes(draft.plan)) for draft in measured),
        "served_items": len({draft.item["TASK_CODE"] for draft in served}),
        "served_items_split": len({draft.item["TASK_CODE"] for draft in served if draft.facts.split}),
        "power_items": len({draft.item["TASK_CODE"] for draft in powers}),
        "basic_codes": sorted({draft.item["CATALOG_CODE"] for draft in measured} - {""}),
        "exempt_and_issued": sorted([exempt, whole] for exempt, whole in issued if whole),
        "on_phone": sum(draft.plan.on_yss for draft in measured),
    }


def count_issued(draft: Draft) -> tuple[int, int]:
    """Return (materials marked 免提交, materials that an authority issues) of one guide."""
    issued = [row for row in draft.materials if row.get("SOURCE_TYPE") == "20"]
    return sum(row["SUBMISSIONREQUIRED"] == "1" for row in issued), len(issued)


def count_body(drafts: list[Draft], packages: list[PackageDraft], misbehaviours: dict[str, str]) -> Json:
    """Count what the measured guides of one body state; ``items`` counts all that are listed, each once."""
    crawls = Counter(judge_crawl(misbehaviours.get(draft.plan.item_id)) for draft in drafts)
    measured = [draft for draft in drafts if judge_crawl(misbehaviours.get(draft.plan.item_id)) == "measured"]
    facts = [draft.facts for draft in measured]
    servable = [fact for fact in facts if fact.applied_for or fact.public]
    permits = [fact for fact in facts if fact.task_type == "01"]
    visits = [fact.visits for fact in facts if fact.visits is not None]
    return {
        "items": len(drafts) + len(packages),
        "packages": len(packages),
        "measured": crawls["measured"] + len(packages),
        "absent": crawls["absent"],
        "not_measured": crawls["not_measured"],
        "application_items": sum(fact.applied_for for fact in facts),
        "public_items": sum(fact.public for fact in facts),
        "permit_items": len(permits),
        "permits_in_hall": sum(fact.in_hall for fact in permits),
        "online_declared": sum(fact.online for fact in servable),
        "depth4_declared": sum(fact.depth == "IV" for fact in servable),
        "depth4_clean": sum(fact.depth == "IV" and fact.visits == 0 and not fact.paper_only for fact in servable),
        "visits_sum": sum(visits),
        "visits_known": len(visits),
        "instant": sum(fact.instant for fact in facts),
        "bookable": sum(fact.bookable for fact in facts),
        "two_slots": sum(fact.bookable and fact.slots_per_day >= 2 for fact in facts),
        "split": sum(fact.split for fact in facts),
        "charged": sum(fact.charged for fact in facts),
        "guides_with_defects": sum(bool(draft.defects) for draft in measured)
        + sum(bool(one.defects) for one in packages),
        "limits": [write_limits(draft) for draft in measured],
        **count_rows(measured),
    }


def write_bodies(bodies: tuple[Body, ...], drafts: list[Draft], packages: list[PackageDraft]) -> list[Json]:
    """Write the bodies with the number of their guides."""
    counts = Counter([*(draft.plan.body for draft in drafts), *(package.body for package in packages)])
    return [
        {
            "key": body.key,
            "notice_name": body.notice_name,
            "portal_name": body.portal_name,
            "area_code": body.area_code,
            "org_code": body.org_code,
            "listed": body.listed,
            "items": counts[body.key],
        }
        for body in bodies
    ]


def write_kinds(planted: Iterable[Planted]) -> Json:
    """Write every defect kind with its count, label, checkpoint and sentence."""
    counts = Counter(one.kind for one in planted)
    return {
        kind: {
            "count": counts[kind],
            "field": defect.field,
            "fields": list(defect.fields),
            "checkpoint": defect.checkpoint,
            "sentence": defect.sentence,
        }
        for kind, defect in sorted(ALL_KINDS.items())
    }


def write_truth(
    *,
    seed: int,
    bodies: tuple[Body, ...],
    drafts: list[Draft],
    packages: list[PackageDraft],
    misbehaviours: dict[str, str],
) -> Json:
    """Write the truth document of a demo corpus."""
    by_body: dict[str, list[Draft]] = {body.key: [] for body in bodies}
    packages_by_body: dict[str, list[PackageDraft]] = {body.key: [] for body in bodies}
    for draft in drafts:
        by_body[draft.plan.body].append(draft)
    for package in packages:
        packages_by_body[package.body].append(package)
    searches = write_searches(drafts, misbehaviours)
    guides = [
        {**write_guide(draft, misbehaviours.get(draft.plan.item_id)), "search": searches[draft.plan.item_id]}
        for draft in drafts
    ]
    return {
        "seed": seed,
        "size": len(drafts) + len(packages),
        "bodies": write_bodies(bodies, drafts, packages),
        "guides": [*guides, *(write_package(package) for package in packages)],
        "misbehaviours": [
            {"item_id": draft.plan.item_id, "body": draft.plan.body, "name": misbehaviours[draft.plan.item_id]}
            for draft in drafts
            if draft.plan.item_id in misbehaviours
        ],
        "expected": {key: count_body(own, packages_by_body[key], misbehaviours) for key, own in by_body.items()},
        "defect_kinds": write_kinds(
            [*(one for draft in drafts for one in draft.defects), *(one for draft in packages for one in draft.defects)]
        ),
    }
