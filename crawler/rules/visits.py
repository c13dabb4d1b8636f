"""Accuracy of 到办事现场次数: a number, in keeping with its reason, with 网办深度 and with how the item is handled."""

import re

from crawler.rules.example_guide import example
from crawler.rules.flag import flag_of
from crawler.rules.handling import read_depth, visits_of
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_empty, is_filled
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import say
from domain.guide import Guide
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, passed

SOURCE = "portals.md §5（到办事现场次数、必须现场办理原因、网办深度）；methodology.md §3.7"
NO_NEED = re.compile(r"无需|无须|不需|不用|不必|毋须|免到|零次|0次|零跑|全程网|网上办|网上提交|线上|邮寄|可选择")
UNREAD = not_applicable("到办事现场次数空白或不是数字")
FULL_ONLINE = 4


@audit_rule(
    "visits.number",
    title="到办事现场次数是数字",
    failure_title="到办事现场次数不是数字",
    why="群众要知道到底跑几趟。",
    source=SOURCE,
    applicability="写了到办事现场次数的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.VISITS,
    passing=example(),
    failing=example({FieldName.VISITS: "若干次"}),
)
@needing(FieldName.VISITS)
def check_number(guide: Guide) -> Verdict:
    text = guide.text(FieldName.VISITS)
    if not is_filled(text):
        return UNREAD
    return (
        passed()
        if visits_of(guide) is not None
        else failed(FieldState.MALFORMED, say(FieldName.VISITS, text, "写数字"), excerpt=text)
    )


@audit_rule(
    "visits.reason-given",
    title="须到现场的事项写明了必须现场办理的原因",
    failure_title="须到现场，却没有写必须现场办理的原因",
    why="要群众跑一趟，就该说清为什么非跑不可。",
    source=SOURCE,
    applicability="到办事现场次数大于 0 的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.VISIT_REASON,
    passing=example(),
    failing=example({FieldName.VISIT_REASON: "无"}),
)
@needing(FieldName.VISITS, FieldName.VISIT_REASON)
def check_reason_given(guide: Guide) -> Verdict:
    visits, reason = visits_of(guide), guide.text(FieldName.VISIT_REASON)
    if not visits:
        return UNREAD
    if is_filled(reason):
        return passed()
    state = FieldState.BLANK if is_empty(reason) else FieldState.PLACEHOLDER
    return failed(
        state, say(FieldName.VISIT_REASON, reason, f"写明为什么必须到现场（到办事现场次数为 {visits}）"), excerpt=reason
    )


@audit_rule(
    "visits.no-reason-at-zero",
    title="零跑动的事项没有写必须到现场的原因",
    failure_title="到办事现场次数为 0，却写了必须现场办理的原因",
    why="两处说法相反，群众不知道到底要不要跑。",
    source=SOURCE,
    applicability="到办事现场次数为 0 的办事指南；原因写“无需到现场”等的不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.VISIT_REASON,
    passing=example({FieldName.VISITS: "0", FieldName.VISIT_REASON: "无需到现场"}),
    failing=example({FieldName.VISITS: "0"}),
)
@needing(FieldName.VISITS, FieldName.VISIT_REASON)
def check_no_reason(guide: Guide) -> Verdict:
    reason = guide.text(FieldName.VISIT_REASON)
    if visits_of(guide) != 0:
        return not_applicable("须到现场，或次数不明")
    if not is_filled(reason) or NO_NEED.search(reason):
        return passed()
    return failed(
        FieldState.INCONSISTENT,
        say(FieldName.VISIT_REASON, reason, "删去，或改正次数（到办事现场次数为 0）"),
        excerpt=reason,
    )


@audit_rule(
    "visits.depth-four",
    title="网办深度为Ⅳ级的事项到办事现场次数为 0",
    failure_title="网办深度为Ⅳ级（全程网办），却还要到现场",
    why="全程网办就不该再让群众跑。",
    source=SOURCE,
    applicability="网办深度为Ⅳ级并写了到办事现场次数的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_DEPTH,
    passing=example({FieldName.ONLINE_DEPTH: "Ⅳ级", FieldName.VISITS: "0", FieldName.VISIT_REASON: ""}),
    failing=example({FieldName.ONLINE_DEPTH: "Ⅳ级"}),
)
@needing(FieldName.VISITS, FieldName.ONLINE_DEPTH)
def check_depth_four(guide: Guide) -> Verdict:
    visits = visits_of(guide)
    if read_depth(guide.text(FieldName.ONLINE_DEPTH)) != FULL_ONLINE or visits is None:
        return not_applicable("网办深度不是Ⅳ级，或次数不明")
    return (
        failed(
            FieldState.INCONSISTENT,
            say(FieldName.VISITS, str(visits), "为 0，或降低网办深度（现为Ⅳ级）"),
            excerpt=str(visits),
        )
        if visits
        else passed()
    )


@audit_rule(
    "visits.zero-has-a-way",
    title="零跑动的事项提供了网上或邮寄的办法",
    failure_title="到办事现场次数为 0，却既不能网办也不能邮寄",
    why="不让跑又不给别的办法，群众无从办起。",
    source="portals.md §5（0 次且不可网办 ⇒ 办理形式含快递）",
    applicability="到办事现场次数为 0、不可网办，并写了办理形式的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.VISITS,
    passing=example({FieldName.VISITS: "0", FieldName.VISIT_REASON: "", FieldName.ONLINE: "否"}),
    failing=example(
        {
            FieldName.VISITS: "0",
            FieldName.VISIT_REASON: "",
            FieldName.ONLINE: "否",
            FieldName.HANDLING_FORM: "窗口办理",
            FieldName.COURIER: "否",
        }
    ),
)
@needing(FieldName.VISITS, FieldName.ONLINE, FieldName.HANDLING_FORM, FieldName.COURIER)
def check_zero_has_a_way(guide: Guide) -> Verdict:
    form = guide.text(FieldName.HANDLING_FORM)
    if visits_of(guide) != 0 or flag_of(guide, FieldName.ONLINE) is not False or not form:
        return not_applicable("须到现场，或可以网办")
    if "快递" in form or "邮" in form or "网上" in form or flag_of(guide, FieldName.COURIER) is not False:
        return passed()
    return failed(
        FieldState.INCONSISTENT,
        f"到办事现场次数为 0，又不可网办，办理形式只有“{form}”，应写明网上或快递的办法，或改正次数。",
        excerpt=form,
    )
