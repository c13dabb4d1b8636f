"""Accuracy of the steps of handling: a permit shows its stages, in order, each with a limit that says something."""

import re
from functools import lru_cache

from crawler.rules.applicability import is_permit
from crawler.rules.example_guide import STEPS, example
from crawler.rules.measured import needing
from crawler.rules.placeholder import state_of
from crawler.rules.rule import RuleKind, audit_rule
from domain.guide import FlowStep, Guide
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, passed

SOURCE = "portals.md §3.3（环节：收件、受理、审查、决定、制证、送达）、§5（办理环节）；methodology.md §3.7"
STAGES: dict[str, re.Pattern[str]] = {
    "受理": re.compile(r"受理|收件|接件|收案|立案|登记|申请|申报"),
    "审查": re.compile(r"审查|审核|初审|复审|复核|核查|核验|勘验|勘查|评审|踏勘|考核|检查|验收|公示|听证|检验|检测"),
    "决定": re.compile(r"决定|审批|批准|核准|审定|签批|办结|签发|核发|许可|准予"),
    "送达": re.compile(r"送达|发证|制证|颁证|取件|领取|领证|出证|发放|发件|告知|颁发|核发|寄送|出件|制作|办结"),
}
"""What a permit passes through (行政许可法 第四章); offices name and merge the steps as they like."""

ORDER = {"收件": 1, "受理": 2, "审查": 3, "决定": 4, "制证": 5, "送达": 6}
ENOUGH = 5  # 收件 受理 审查 决定 送达: whoever shows so many steps is not asked for their names


@lru_cache(maxsize=4096)
def missing_stages(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the stages that no step's name speaks of."""
    whole = "、".join(names)
    return tuple(stage for stage, pattern in STAGES.items() if not pattern.search(whole))


@audit_rule(
    "flow.permit-steps",
    version=2,
    title="行政许可的办理环节从受理到送达都有",
    failure_title="行政许可的办理环节缺少必经的环节",
    why="受理、审查、决定、送达缺了哪一步，群众就不知道事情办到哪里。",
    source=SOURCE + "（许可不少于五步）",
    applicability="列出了办理环节的行政许可（01）承诺件；即办件当场办结，不作要求。环节合并书写的，名称里写到即可。",
    kind=RuleKind.ACCURACY,
    field=FieldName.FLOW_STEPS,
    passing=example(steps=(FlowStep(name="受理与审查"), FlowStep(name="审批决定并送达"))),
    failing=example(steps=STEPS[:2]),
)
@needing(FieldName.FLOW_STEPS)
def check_steps(guide: Guide) -> Verdict:
    if not is_permit(guide) or not guide.steps or "即办" in guide.text(FieldName.HANDLING_TYPE):
        return not_applicable("不是行政许可承诺件，或没有列出办理环节")
    names = tuple(step.name for step in guide.steps)
    missing = () if len(names) >= ENOUGH else missing_stages(names)
    if not missing:
        return passed()
    reason = f"办理环节写的是“{'、'.join(names)}”，缺{'、'.join(missing)}，应补全从受理到送达的环节。"
    return failed(FieldState.INCONSISTENT, reason, excerpt="、".join(names))


@audit_rule(
    "flow.ordered",
    title="办理环节按先后顺序排列",
    failure_title="办理环节的先后顺序颠倒",
    why="先决定后受理，群众看不懂自己的申请走到哪一步。",
    source=SOURCE + "（环节有序）",
    applicability="办理环节都用标准名称（收件、受理、审查、决定、制证、送达）的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.FLOW_STEPS,
    passing=example(),
    failing=example(steps=(STEPS[3], STEPS[0], STEPS[1], STEPS[2], STEPS[4])),
)
@needing(FieldName.FLOW_STEPS)
def check_order(guide: Guide) -> Verdict:
    names = [step.name for step in guide.steps or ()]
    places = [ORDER[name] for name in names if name in ORDER]
    if len(places) < 2 or len(places) != len(names):
        return not_applicable("环节少于两个，或没有用标准名称")
    wrong = next((index for index in range(1, len(places)) if places[index] < places[index - 1]), None)
    if wrong is None:
        return passed(checked=len(places))
    reason = f"办理环节“{names[wrong]}”排在“{names[wrong - 1]}”之后，应按收件、受理、审查、决定、送达的先后排列。"
    return failed(FieldState.INCONSISTENT, reason, excerpt="、".join(names), checked=len(places))


@audit_rule(
    "flow.limits-stated",
    title="办理环节的时限不是空话",
    failure_title="有办理环节的时限只写了占位语",
    why="每一步多久是群众催办的依据，“视情况而定”等于没有写。",
    source=SOURCE + "（环节时限为数字）",
    applicability="办理环节写了时限的办事指南；没有写时限的不作要求。",
    kind=RuleKind.ACCURACY,
    field=FieldName.FLOW_STEPS,
    passing=example(),
    failing=example(steps=(*STEPS[:4], STEPS[4].model_copy(update={"limit": "视情况而定"}))),
)
@needing(FieldName.FLOW_STEPS)
def check_limits(guide: Guide) -> Verdict:
    given = [step for step in guide.steps or () if step.limit.strip()]
    if not given:
        return not_applicable("办理环节没有写时限")
    wrong = [step for step in given if state_of(step.limit) is FieldState.PLACEHOLDER]
    if not wrong:
        return passed(checked=len(given))
    reason = f"办理环节“{wrong[0].name}”的时限写的是“{wrong[0].limit}”，应写明天数和单位。"
    return failed(FieldState.PLACEHOLDER, reason, excerpt=wrong[0].limit, checked=len(given), failed=len(wrong))
