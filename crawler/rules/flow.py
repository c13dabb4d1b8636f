"""Accuracy of the steps of handling: a permit shows its stages, in order, each with a limit that says something."""

import re
from functools import lru_cache

from crawler.rules.applicability import is_bound, is_permit
from crawler.rules.example_guide import STEPS, example
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled, state_of
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import say, shorten
from domain.guide import FlowStep, Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SOURCE = "portals.md §3.3（环节：收件、受理、审查、决定、制证、送达）、§5（办理环节）；methodology.md §3.7"
STAGES: dict[str, re.Pattern[str]] = {
    "受理": re.compile(r"受理|收件|接件|收案|立案|登记|申请|申报"),
    "审查": re.compile(r"审查|审核|初审|复审|复核|核查|核验|勘验|勘查|评审|踏勘|考核|检查|验收|公示|听证|检验|检测"),
    "决定": re.compile(r"决定|审批|批准|核准|审定|签批|办结|签发|核发|许可|准予"),
    "送达": re.compile(r"送达|发证|制证|颁证|取件|领取|领证|出证|发放|发件|告知|颁发|核发|寄送|出件|制作|办结"),
}
"""What a permit passes through (行政许可法 第四章); offices name and merge the steps as they like."""

AT_THE_END = frozenset({"决定", "送达"})  # of these an instant item shows one at least
ORDER = {"收件": 1, "受理": 2, "审查": 3, "决定": 4, "制证": 5, "送达": 6}
FLOWS = {FieldName.ONLINE_FLOW: re.compile("网上|在线|电脑"), FieldName.WINDOW_FLOW: re.compile("窗口|现场")}
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
    applicability="列出了办理环节的行政许可（01）；环节合并书写的，名称里写到即可；即办件有决定或送达即可。",
    kind=RuleKind.ACCURACY,
    field=FieldName.FLOW_STEPS,
    passing=example(steps=(FlowStep(name="受理与审查"), FlowStep(name="审批决定并送达"))),
    failing=example(steps=STEPS[:2]),
)
@needing(FieldName.FLOW_STEPS)
def check_steps(guide: Guide) -> Verdict:
    if not is_permit(guide) or not guide.steps:
        return not_applicable("不是行政许可，或没有列出办理环节")
    names = tuple(step.name for step in guide.steps)
    missing = () if len(names) >= ENOUGH else missing_stages(names)
    if "即办" in guide.text(FieldName.HANDLING_TYPE) and not {*missing} >= AT_THE_END:
        return passed()
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


NO_CLOCK = re.compile(r"不计|无|不限|随时|当|即")


@lru_cache(maxsize=4096)
def is_a_limit(text: str) -> bool:
    """Say whether a step's limit is a number, words for at once, or says that no clock runs."""
    if state_of(text) is FieldState.PLACEHOLDER:
        return False
    return bool(re.search(r"[\d一二两三四五六七八九十半]", text) or NO_CLOCK.search(text))


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
    wrong = [step for step in given if not is_a_limit(step.limit)]
    if not wrong:
        return passed(checked=len(given))
    reason = f"办理环节“{wrong[0].name}”的时限写的是“{wrong[0].limit}”，应写明天数和单位。"
    return failed(FieldState.PLACEHOLDER, reason, excerpt=wrong[0].limit, checked=len(given), failed=len(wrong))


@audit_rule(
    "flow.for-each-form",
    title="每种办理形式都有办理流程",
    failure_title="有一种办理形式没有办理流程",
    why="只写网上流程，到窗口办的群众就不知道怎么走。",
    source=SOURCE + "；portals.md §5（办理流程：每种办理形式各一）",
    applicability="依申请事项中，办理形式含窗口或网上、并至少写了一种流程的办事指南；附了流程图的算有。",
    kind=RuleKind.ACCURACY,
    field=FieldName.WINDOW_FLOW,
    passing=example(),
    failing=example({FieldName.WINDOW_FLOW: ""}),
)
@needing(FieldName.HANDLING_FORM, FieldName.ONLINE_FLOW, FieldName.WINDOW_FLOW)
def check_each_form(guide: Guide) -> Verdict:
    form = guide.text(FieldName.HANDLING_FORM)
    due = [name for name, word in FLOWS.items() if word.search(form)]
    blank = [name for name in due if not is_filled(guide.text(name))]
    if not due or len(blank) == len(FLOWS) or not is_bound(guide):
        return not_applicable("没有写办理形式，流程全部空白由完备度规则判断，或非依申请事项")
    if not blank:
        return passed(checked=len(due))
    text = guide.text(blank[0])
    reason = say(blank[0], text, f"写明流程（办理形式写的是“{shorten(form)}”）")
    return failed(FieldState.BLANK, reason, excerpt=text, field=blank[0], checked=len(due), failed=len(blank))


ITEM = re.compile(r"(?:^|[\n；;。])\s*(?:[（(]?\d{1,2}[）).、．]|[一二三四五六七八九十]+、)\s*")
CLOSED = re.compile(r"[；;。.！!）)”]\s*$")
OUTCOME = re.compile(r"决定|批准|办结|送达|领取|发证|出证|取件|核发|告知|反馈|公示|备案")


@lru_cache(maxsize=4096)
def is_cut_off(text: str) -> bool:
    """Say whether a numbered flow breaks off: earlier items are closed, the last is not, and no outcome was reached."""
    starts = [match.start() for match in ITEM.finditer(text)]
    if len(starts) < 2 or CLOSED.search(text) or OUTCOME.search(text):
        return False
    return text.count("；") + text.count(";") + text.count("。") >= len(starts) - 1


@audit_rule(
    "flow.whole",
    title="办理流程写到了结果",
    failure_title="办理流程没有写完",
    why="流程断在半句上，群众不知道后面还要做什么。",
    source=SOURCE + "；portals.md §5（办理流程写明受理、审查、决定）",
    applicability="逐条编号写了办理流程的办事指南；只判断末条没有写完、又没有写到任何结果的。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_FLOW,
    passing=example({FieldName.ONLINE_FLOW: "1.申请；2.受理；3.审查；4.决定；5.送达"}),
    failing=example({FieldName.ONLINE_FLOW: "1.申请：提交材料；2.受理：核对材料；3.审查：阳江市"}),
)
def check_whole(guide: Guide) -> Verdict:
    shown = [name for name in FLOWS if guide.measures(name)]
    given = [name for name in shown if is_filled(guide.text(name))]
    if not given:
        return not_applicable("没有写办理流程") if shown else not_measured("来源未展示办理流程")
    cut = next((name for name in given if is_cut_off(guide.text(name))), None)
    if cut is None:
        return passed(checked=len(given))
    text = guide.text(cut)
    reason = f"{LABELS_ZH[cut]}在“{text[-12:]}”处断了，应写完到送达为止的流程。"
    return failed(FieldState.MALFORMED, reason, excerpt=text[-60:], field=cut, checked=len(given))
