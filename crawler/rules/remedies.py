"""Accuracy of legal remedies: whoever may be refused is told where to turn, with address and telephone."""

from collections.abc import Callable

from crawler.rules.applicability import is_bound, type_of
from crawler.rules.example_guide import LITIGATION, RECONSIDERATION, example
from crawler.rules.measured import needing
from crawler.rules.phone_number import read_phones
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import Check, RuleKind, audit_rule
from domain.guide import Guide, Remedy
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.item_type import is_public_service
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SOURCE = "portals.md §1.5（XZFY、XZSS 各三项）、§5（法律救济：部门、地址、电话）；行政复议法、行政诉讼法"
PARTS = {"department": "受理部门", "address": "地址", "phone": "电话"}
POWERS_ONLY = "行政权力类依申请事项（01、05、07—10、20）；公共服务（21）不作要求。"


def remedy_of(guide: Guide, name: FieldName) -> Remedy | None:
    """Return the remedy that a field stands for."""
    return guide.reconsideration if name is FieldName.RECONSIDERATION else guide.litigation


def missing_parts(remedy: Remedy) -> list[str]:
    """Return the labels of the parts that are shown and not filled."""
    texts = {label: getattr(remedy, part) for part, label in PARTS.items()}
    return [label for label, text in texts.items() if text is not None and not is_filled(text)]


def complete(name: FieldName) -> Check:
    """Make a check that a remedy has department, address and telephone."""

    def check(guide: Guide) -> Verdict:
        remedy = remedy_of(guide, name)
        if remedy is None:
            return not_measured(f"来源未展示{LABELS_ZH[name]}")
        if is_public_service(type_of(guide)) or not is_bound(guide):
            return not_applicable("不是依申请的行政权力事项")
        missing = missing_parts(remedy)
        shown = sum(getattr(remedy, part) is not None for part in PARTS)
        if not missing:
            return passed(checked=shown)
        reason = f"{LABELS_ZH[name]}的{'、'.join(missing)}空白，应写明受理的部门、地址和电话。"
        excerpt = guide.text(name)
        return failed(FieldState.BLANK, reason, excerpt=excerpt, checked=shown, failed=len(missing))

    return needing(name)(check)


def dialable(name: FieldName) -> Check:
    """Make a check that a remedy's telephone can be dialled."""

    def check(guide: Guide) -> Verdict:
        remedy = remedy_of(guide, name)
        text = (remedy.phone if remedy else None) or ""
        if not is_filled(text):
            return not_applicable("没有写电话")
        phones = read_phones(text)
        wrong = [phone for phone in phones if phone.fault]
        if phones and not wrong:
            return passed(checked=len(phones))
        fault = f"{wrong[0].text} {wrong[0].fault}" if wrong else "没有号码"
        reason = f"{LABELS_ZH[name]}的电话写的是“{text}”，{fault}，应改为可以拨通的号码。"
        return failed(
            FieldState.MALFORMED, reason, excerpt=text, checked=max(1, len(phones)), failed=max(1, len(wrong))
        )

    return needing(name)(check)


def with_remedy(attribute: str, remedy: Remedy) -> Callable[[], Guide]:
    """Return a maker of the good guide with another remedy."""
    return lambda: example()().model_copy(update={attribute: remedy})


for NAME, SLUG, GOOD in (
    (FieldName.RECONSIDERATION, "reconsideration", RECONSIDERATION),
    (FieldName.LITIGATION, "litigation", LITIGATION),
):
    audit_rule(
        f"remedy.{SLUG}-complete",
        title=f"{LABELS_ZH[NAME]}写明了部门、地址和电话",
        failure_title=f"{LABELS_ZH[NAME]}没有写全部门、地址和电话",
        why="不服决定的群众，要知道到哪里去讨说法。",
        source=SOURCE,
        applicability=POWERS_ONLY,
        kind=RuleKind.ACCURACY,
        field=NAME,
        passing=example(),
        failing=with_remedy(SLUG, GOOD.model_copy(update={"phone": "", "address": ""})),
    )(complete(NAME))
    audit_rule(
        f"remedy.{SLUG}-dialable",
        title=f"{LABELS_ZH[NAME]}的电话完整可拨",
        failure_title=f"{LABELS_ZH[NAME]}的电话多位、少位或写法错误",
        why="救济有期限，电话打不通会误事。",
        source=SOURCE,
        applicability="写了救济部门电话的办事指南。",
        kind=RuleKind.ACCURACY,
        field=NAME,
        passing=example(),
        failing=with_remedy(SLUG, GOOD.model_copy(update={"phone": "0662-33661"})),
    )(dialable(NAME))
