"""What the page of a themed service (一件事) brings together, how some fall short, and what is true about it."""

from collections.abc import Mapping

from sandbox.corpus.document import Draft
from sandbox.corpus.outcomes import FOUND, PAGE, Finding
from sandbox.corpus.packages import PackageDraft
from sandbox.corpus.randomness import number
from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Json

PLANTED: tuple[str, ...] = (
    "",
    "",
    Misbehaviour.THEME_SINGLE_ITEM,
    "",
    Misbehaviour.THEME_DEAD_LINK,
    Misbehaviour.THEME_NO_GUIDE,
    "",
    Misbehaviour.THEME_SEVERAL_FORMS,
    "",
    Misbehaviour.THEME_NOT_LISTED,
    Misbehaviour.APPLY_NOT_OPEN,
    Misbehaviour.APPLY_DEAD_END,
)
"""Misbehaviours of the packages, in turn."""
LINKED_MOST = 4
SHORT: dict[str, str] = {
    Misbehaviour.THEME_SINGLE_ITEM: "two_items",
    Misbehaviour.THEME_DEAD_LINK: "links_answer",
    Misbehaviour.THEME_NO_GUIDE: "one_guide",
    Misbehaviour.THEME_SEVERAL_FORMS: "one_form",
    Misbehaviour.APPLY_NOT_OPEN: "confirm",
    Misbehaviour.APPLY_DEAD_END: "confirm",
}
"""Misbehaviour → the demand that is not met."""
FINDINGS: dict[str, Finding] = {
    Misbehaviour.THEME_SINGLE_ITEM: Finding(outcome="fail", reason="incomplete"),
    Misbehaviour.THEME_DEAD_LINK: Finding(outcome="fail", reason="incomplete"),
    Misbehaviour.THEME_NO_GUIDE: Finding(outcome="fail", reason="incomplete"),
    Misbehaviour.THEME_SEVERAL_FORMS: Finding(outcome="fail", reason="incomplete"),
    Misbehaviour.THEME_NOT_LISTED: Finding(outcome="fail", reason="not_found_in_search"),
    Misbehaviour.APPLY_NOT_OPEN: Finding(outcome="fail", reason="not_open"),
    Misbehaviour.APPLY_DEAD_END: Finding(outcome="fail", reason="dead_end"),
}
USABLE = Finding(outcome="pass", reason="usable")


def arrange_themes(packages: list[PackageDraft], drafts: list[Draft], misbehaviours: Mapping[str, str]) -> None:
    """Link each package to sound guides of its body (or its region), and plant the misbehaviours in turn."""
    sound = [draft for draft in drafts if misbehaviours.get(draft.plan.item_id, "") not in PAGE]
    for position, package in enumerate(packages):
        own = [draft for draft in sound if draft.plan.body == package.body and draft.facts.task_type != "02"]
        near = [draft for draft in sound if draft.plan.office.area == package.office.area and draft not in own]
        amount = 2 + number(LINKED_MOST - 1, "linked", package.item_id)
        chosen = (own + [draft for draft in near if draft.facts.task_type != "02"])[:amount]
        package.linked = tuple(draft.plan.item_id for draft in chosen)
        package.misbehaviour = PLANTED[position % len(PLANTED)]


def judge_theme_search(package: PackageDraft) -> Finding:
    """Say what a search for the package by its name finds."""
    lost = package.misbehaviour == Misbehaviour.THEME_NOT_LISTED
    return Finding(outcome="fail", reason="not_found_in_search") if lost else FOUND


def judge_theme(package: PackageDraft) -> Json:
    """Write what a visit with an account finds: the end, the links as shown, and the demand that is not met."""
    single, dead = (
        package.misbehaviour == Misbehaviour.THEME_SINGLE_ITEM,
        package.misbehaviour == Misbehaviour.THEME_DEAD_LINK,
    )
    shown = 1 if single else len(package.linked)
    return {
        "gdzwfw": FINDINGS.get(package.misbehaviour, USABLE).to_json(),
        "linked_items": shown,
        "links_answering": shown - dead,
        "merged_guides": int(package.misbehaviour != Misbehaviour.THEME_NO_GUIDE),
        "form_entries": shown if package.misbehaviour == Misbehaviour.THEME_SEVERAL_FORMS else 1,
        "found": package.misbehaviour != Misbehaviour.THEME_NOT_LISTED,
        "short_of": SHORT.get(package.misbehaviour, ""),
    }
