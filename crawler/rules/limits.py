"""Accuracy of the time limits: readable, in order, and in keeping with 办件类型 and the steps."""

from decimal import Decimal

from crawler.rules.example_guide import STEPS, example
from crawler.rules.handling import read_limit
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import Check, RuleKind, audit_rule
from crawler.rules.wording import say
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.time_limit import TimeLimit
from domain.verdict import Verdict, failed, not_applicable, passed

NO_LIMIT = not_applicable("时限空白或没有可比的时限")
NONE_SET = ("无法定", "无时限", "不设时限", "无办结时限", "未规定", "没有规定", "无期限", "长期")
IMMEDIATE_DAYS_MAX = 1  # 即办件: on the spot or within one day (portals.md §5, 办件类型)


def limit_of(guide: Guide, name: FieldName) -> TimeLimit | None:
    """Return a field's time limit; ``None`` when unseen, blank or unreadable."""
    return read_limit(guide.text(name))


def exceeds(one: TimeLimit, other: TimeLimit) -> bool:
    """Say whether one limit is longer than another.

    Working and calendar days are compared as working days; there the conversion is a mean, so that less than one day of
    difference proves nothing.
    """
    slack = Decimal(0) if one.unit is other.unit else Decimal(1)
    return one.working_days - other.working_days > slack


def readable(name: FieldName) -> Check:
    """Make a check that a limit, where one is stated, has a number and a unit."""

    def check(guide: Guide) -> Verdict:
        text = guide.text(name)
        if not is_filled(text) or any(word in text for word in NONE_SET):
            return NO_LIMIT
        if read_limit(text) is not None:
            return passed()
        reason = say(name, text, "写明天数和单位，如“5个工作日”")
        return failed(FieldState.MALFORMED, reason, excerpt=text)

    return needing(name)(check)


for NAME, SLUG in ((FieldName.LEGAL_LIMIT, "legal"), (FieldName.PROMISE_LIMIT, "promise")):
    audit_rule(
        f"limit.{SLUG}-unit",
        title=f"{LABELS_ZH[NAME]}写明天数和单位",
        failure_title=f"{LABELS_ZH[NAME]}没有写明天数或单位",
        why="只写数字，群众分不清是工作日还是自然日，差出好几天。",
        source="portals.md §3.3（时限单位 G 工作日、Z 自然日）、§5；methodology.md §3.7",
        applicability=f"写了{LABELS_ZH[NAME]}的办事指南；写明没有规定时限的不适用。",
        kind=RuleKind.ACCURACY,
        field=NAME,
        passing=example(),
        failing=example({NAME: "20"}),
    )(readable(NAME))


@audit_rule(
    "limit.promise-within-legal",
    title="承诺办结时限不超过法定办结时限",
    failure_title="承诺办结时限超过法定办结时限",
    why="承诺得比法律允许的还久，是违法的承诺。",
    source="portals.md §5（承诺 ≤ 法定）；methodology.md §3.7（自然日按 5/7 折算）",
    applicability="法定和承诺时限都写了天数的办事指南；法定为 0 或未规定的不适用，自然日与工作日相比留一天余量。",
    kind=RuleKind.ACCURACY,
    field=FieldName.PROMISE_LIMIT,
    passing=example(),
    failing=example({FieldName.PROMISE_LIMIT: "30(工作日)"}),
)
@needing(FieldName.LEGAL_LIMIT, FieldName.PROMISE_LIMIT)
def check_promise(guide: Guide) -> Verdict:
    legal, promise = limit_of(guide, FieldName.LEGAL_LIMIT), limit_of(guide, FieldName.PROMISE_LIMIT)
    if legal is None or promise is None or not legal.days:
        return NO_LIMIT
    if not exceeds(promise, legal):
        return passed()
    said, allowed = guide.text(FieldName.PROMISE_LIMIT), guide.text(FieldName.LEGAL_LIMIT)
    reason = say(FieldName.PROMISE_LIMIT, said, f"不超过法定办结时限“{allowed}”")
    return failed(FieldState.INCONSISTENT, reason, excerpt=said)


@audit_rule(
    "limit.immediate",
    title="办件类型与承诺办结时限相符",
    failure_title="办件类型与承诺办结时限不符",
    why="写着即办件却要等许多天，群众会白跑；当场能办的却写承诺件，群众会白等。",
    source="portals.md §5（即办件 ⇔ 承诺当场或一日内）",
    applicability="办件类型为即办件或承诺件，并写了承诺办结时限的办事指南；即办件一日内办结也算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.HANDLING_TYPE,
    passing=example({FieldName.HANDLING_TYPE: "即办件", FieldName.PROMISE_LIMIT: "1(工作日)"}),
    failing=example({FieldName.HANDLING_TYPE: "即办件"}),
)
@needing(FieldName.HANDLING_TYPE, FieldName.PROMISE_LIMIT)
def check_immediate(guide: Guide) -> Verdict:
    kind, promise = guide.text(FieldName.HANDLING_TYPE), limit_of(guide, FieldName.PROMISE_LIMIT)
    if promise is None or not ("即办" in kind or "承诺" in kind):
        return NO_LIMIT
    wrong = promise.days > IMMEDIATE_DAYS_MAX if "即办" in kind else promise.days == 0
    if not wrong:
        return passed()
    text = guide.text(FieldName.PROMISE_LIMIT)
    should = "当场或一日内办结，否则办件类型改为承诺件" if "即办" in kind else "写明天数，当场办结的改为即办件"
    reason = f"办件类型写的是“{kind}”，承诺办结时限却写“{text}”，应{should}。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=text)


@audit_rule(
    "limit.steps-within-promise",
    title="各办理环节时限之和不超过承诺办结时限",
    failure_title="各办理环节时限之和超过承诺办结时限",
    why="环节加起来比承诺还长，承诺就兑现不了。",
    source="portals.md §5（办理环节：时限之和 ≤ 承诺）",
    applicability="每个办理环节都写了时限的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.FLOW_STEPS,
    passing=example(),
    failing=example({FieldName.PROMISE_LIMIT: "3(工作日)"}, steps=STEPS),
)
@needing(FieldName.FLOW_STEPS, FieldName.PROMISE_LIMIT)
def check_steps(guide: Guide) -> Verdict:
    promise = limit_of(guide, FieldName.PROMISE_LIMIT)
    limits = [limit for step in guide.steps or () if (limit := read_limit(step.limit)) is not None]
    if promise is None or not limits or len(limits) != len(guide.steps or ()):
        return NO_LIMIT
    total = sum((limit.working_days for limit in limits), Decimal(0))
    mixed = any(limit.unit is not promise.unit for limit in limits)
    if total - promise.working_days <= mixed:
        return passed()
    text = guide.text(FieldName.PROMISE_LIMIT)
    reason = f"各办理环节时限合计 {float(total):g} 个工作日，应不超过承诺办结时限“{text}”。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=text)
