"""Accuracy of intermediary services and special procedures: what costs money or time says how much."""

from crawler.rules.example_guide import EXPERT_REVIEW, TESTING, example
from crawler.rules.handling import read_limit
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_empty, is_filled, state_of
from crawler.rules.rule import RuleKind, audit_rule
from domain.guide import Guide, Intermediary, SpecialProcedure
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SOURCE = "portals.md §1.5、§3.3（特别程序 1、2）、§5（中介服务；特别程序须有事由和时限）；guide_checkpoints.yaml G10"


@audit_rule(
    "intermediary.named",
    title="中介服务写明了服务名称",
    failure_title="有中介服务没有写明服务名称",
    why="要花钱请中介，就要知道请谁做什么。",
    source=SOURCE,
    applicability="列出了中介服务的办事指南；写“无”的不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.INTERMEDIARY,
    passing=example(intermediaries=(TESTING,)),
    failing=example(intermediaries=(TESTING.model_copy(update={"name": ""}),)),
)
@needing(FieldName.INTERMEDIARY)
def check_intermediary_named(guide: Guide) -> Verdict:
    if guide.intermediaries is None:
        return not_measured("来源未展示中介服务")
    wrong = [row for row in guide.intermediaries if not row.name.strip()]
    if not guide.intermediaries:
        return not_applicable("没有中介服务")
    if not wrong:
        return passed(checked=len(guide.intermediaries))
    code = wrong[0].catalogue_code or "空白"
    reason = f"中介服务列了一项（编码 {code}），名称空白，应写明服务名称，没有中介服务的写“无”。"
    return failed(FieldState.BLANK, reason, checked=len(guide.intermediaries), failed=len(wrong))


def is_traceable(row: Intermediary) -> bool:
    """Say whether a service's price or its place in the public list is given, or neither is shown."""
    shown = [text for text in (row.price, row.catalogue_code) if text is not None]
    return not shown or any(map(is_filled, shown))


@audit_rule(
    "intermediary.priced",
    title="中介服务写明了清单编码或收费依据",
    failure_title="中介服务既没有清单编码，也没有收费依据",
    why="不在清单里的中介服务不得作为办理条件，收多少钱也要有依据。",
    source=SOURCE + "；国办发〔2015〕31号（中介服务实行清单管理）",
    applicability="写明了中介服务名称的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.INTERMEDIARY,
    passing=example(intermediaries=(TESTING.model_copy(update={"price": ""}),)),
    failing=example(intermediaries=(TESTING.model_copy(update={"price": "", "catalogue_code": ""}),)),
)
@needing(FieldName.INTERMEDIARY)
def check_intermediary_priced(guide: Guide) -> Verdict:
    if guide.intermediaries is None:
        return not_measured("来源未展示中介服务")
    named = [row for row in guide.intermediaries if is_filled(row.name)]
    if not named:
        return not_applicable("没有中介服务")
    wrong = [row for row in named if not is_traceable(row)]
    if not wrong:
        return passed(checked=len(named))
    reason = f"中介服务“{wrong[0].name}”的清单编码和收费依据都空白，应至少写明一项。"
    return failed(FieldState.BLANK, reason, excerpt=wrong[0].name, checked=len(named), failed=len(wrong))


def procedures_of(guide: Guide) -> list[SpecialProcedure]:
    """Return the special procedures that a guide really has; the portal gives a blank row for "none"."""
    return [row for row in guide.special_procedures or () if row.limit or not is_empty(row.name)]


@audit_rule(
    "special.named",
    title="特别程序写明了事由",
    failure_title="特别程序没有写明事由",
    why="专家评审、现场勘验会停住时钟，群众要知道为什么停。",
    source=SOURCE,
    applicability="有特别程序的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.SPECIAL_PROCEDURE,
    passing=example(special_procedures=(EXPERT_REVIEW,)),
    failing=example(special_procedures=(EXPERT_REVIEW.model_copy(update={"name": ""}),)),
)
@needing(FieldName.SPECIAL_PROCEDURE)
def check_special_named(guide: Guide) -> Verdict:
    if guide.special_procedures is None:
        return not_measured("来源未展示特别程序")
    rows = procedures_of(guide)
    if not rows:
        return not_applicable("没有特别程序")
    wrong = [row for row in rows if not is_filled(row.name)]
    if not wrong:
        return passed(checked=len(rows))
    stands = f"写的是“{wrong[0].name}”" if wrong[0].name else "空白"
    reason = f"特别程序写了时限“{wrong[0].limit}”，事由{stands}，应写明是哪种程序，如专家评审。"
    return failed(state_of(wrong[0].name), reason, checked=len(rows), failed=len(wrong))


@audit_rule(
    "special.limited",
    title="特别程序写明了时限",
    failure_title="特别程序没有写明时限",
    why="特别程序不计入承诺时限，不写多少天，群众就不知道到底要等多久。",
    source=SOURCE,
    applicability="有特别程序的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.SPECIAL_PROCEDURE,
    passing=example(special_procedures=(EXPERT_REVIEW,)),
    failing=example(special_procedures=(EXPERT_REVIEW.model_copy(update={"limit": ""}),)),
)
@needing(FieldName.SPECIAL_PROCEDURE)
def check_special_limited(guide: Guide) -> Verdict:
    if guide.special_procedures is None:
        return not_measured("来源未展示特别程序")
    rows = [row for row in procedures_of(guide) if is_filled(row.name)]
    shown = [row for row in rows if row.limit is not None]
    if not shown:
        return not_measured("来源未展示特别程序的时限") if rows else not_applicable("没有特别程序")
    wrong = [row for row in shown if read_limit(row.limit or "") is None]
    if not wrong:
        return passed(checked=len(shown))
    limit = wrong[0].limit
    stands = f"写的是“{limit}”" if limit else "空白"
    reason = f"特别程序“{wrong[0].name}”的时限{stands}，应写明天数和单位，如“20个工作日”。"
    state = FieldState.MALFORMED if limit else FieldState.BLANK
    return failed(state, reason, excerpt=wrong[0].name, checked=len(shown), failed=len(wrong))
