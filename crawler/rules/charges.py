"""Accuracy of charges: whoever says that a fee is due must say which, and nobody else lists one."""

from crawler.rules.example_guide import CHARGE, example
from crawler.rules.flag import flag_of
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import RuleKind, audit_rule
from domain.guide import Charge, Guide
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SOURCE = "portals.md §5（是否收费）"


def is_stated(charge: Charge) -> bool:
    """Say whether a row tells what is charged and how much."""
    return is_filled(charge.name) and is_filled(charge.standard)


@audit_rule(
    "charge.rows-given",
    title="收费事项列明收费项目和标准",
    failure_title="是否收费为“是”，却没有收费项目和标准",
    why="要收费就要公开收多少、凭什么收。",
    source=SOURCE,
    applicability="写明收费，且来源展示收费项目的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.CHARGES,
    passing=example({FieldName.CHARGED: "是", FieldName.CHARGES: CHARGE.name}, charges=(CHARGE,)),
    failing=example({FieldName.CHARGED: "是"}),
)
@needing(FieldName.CHARGED, FieldName.CHARGES)
def check_rows(guide: Guide) -> Verdict:
    if flag_of(guide, FieldName.CHARGED) is not True:
        return not_applicable("不收费，或未说明")
    if guide.charges is None:
        return not_measured("来源未展示收费项目")
    if not guide.charges:
        return failed(FieldState.BLANK, "是否收费写的是“是”，收费项目空白，应列出项目、标准和依据。")
    wrong = sum(not is_stated(charge) for charge in guide.charges)
    if not wrong:
        return passed(checked=len(guide.charges))
    reason = "有收费项目没有写明收费标准，应逐项写出。"
    return failed(FieldState.BLANK, reason, checked=len(guide.charges), failed=wrong)


@audit_rule(
    "charge.basis-given",
    title="收费项目写明了收费依据",
    failure_title="有收费项目没有写收费依据",
    why="没有依据的收费就是乱收费，群众有权知道凭什么收。",
    source=SOURCE + "（FEE_NAME、FEE_STAND、BY_LAW）；价格法第十三条",
    applicability="列出了收费项目的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.CHARGES,
    passing=example({FieldName.CHARGED: "是"}, charges=(CHARGE,)),
    failing=example({FieldName.CHARGED: "是"}, charges=(CHARGE.model_copy(update={"basis": ""}),)),
)
@needing(FieldName.CHARGES)
def check_basis(guide: Guide) -> Verdict:
    rows = [charge for charge in guide.charges or () if is_filled(charge.name)]
    if not rows:
        return not_applicable("没有收费项目")
    wrong = [charge for charge in rows if not is_filled(charge.basis)]
    if not wrong:
        return passed(checked=len(rows))
    reason = f"收费项目“{wrong[0].name}”的收费依据空白，应写明批准收费的文件和文号。"
    return failed(FieldState.BLANK, reason, excerpt=wrong[0].name, checked=len(rows), failed=len(wrong))


@audit_rule(
    "charge.none-when-free",
    title="不收费的事项没有列收费项目",
    failure_title="是否收费为“否”，却列了收费项目",
    why="两处说法相反，群众不知道要不要交钱。",
    source=SOURCE,
    applicability="写明不收费，且来源展示收费项目的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.CHARGED,
    passing=example(),
    failing=example(charges=(CHARGE,)),
)
@needing(FieldName.CHARGED, FieldName.CHARGES)
def check_free(guide: Guide) -> Verdict:
    if flag_of(guide, FieldName.CHARGED) is not False:
        return not_applicable("收费，或未说明")
    stated = [charge for charge in guide.charges or () if is_filled(charge.name) and charge != Charge(name=charge.name)]
    if not stated:
        return passed()
    return failed(
        FieldState.INCONSISTENT,
        f"是否收费写的是“否”，却列了收费项目“{stated[0].name}”，应改其中一处。",
        excerpt=stated[0].name,
    )
