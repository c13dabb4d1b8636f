"""Accuracy of opening hours: a citizen can read from when to when, and the hours can be kept."""

import re
from collections.abc import Callable

from crawler.rules.applicability import is_bound
from crawler.rules.example_guide import WINDOW, example
from crawler.rules.handling import NO_WINDOW
from crawler.rules.opening_hours import is_round_the_clock, is_weekend_only, read_hours
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import say
from domain.guide import Guide
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SOURCE = "portals.md §5（办理时间须能读出时段）；methodology.md §3.7"
PRINTED = "写了办理时间的办事指南（占位语由完备度规则判断）。"
CLOCKLESS_DIGITS = re.compile(r"\d{1,2}\s*(?:[:：.点时]|am|pm)|[一二三四五六七八九十]+\s*(?:点|时)", re.I)
NO_SUCH_DAY = re.compile(r"(?:星期|礼拜)[八九十089]")
DATED = re.compile(r"(20\d{2})\s*年.{0,12}(?:春节|国庆|元旦|清明|端午|中秋|劳动节|五一|放假|假期|疫情|暂停|调休|调整)")


def printed_hours(guide: Guide) -> tuple[str, ...] | None:
    """Return the hours that a guide prints, without evasions; ``None`` when the source shows none."""
    if guide.windows:
        texts: tuple[str, ...] = tuple(window.hours for window in guide.windows)
    elif guide.measures(FieldName.HOURS):
        texts = (guide.text(FieldName.HOURS),)
    else:
        return None
    return tuple(text for text in texts if is_filled(text) and not NO_WINDOW.match(text))


def judge_hours(guide: Guide, fault_of: Callable[[str], str], should: str, state: FieldState) -> Verdict:
    """Judge every text of hours; ``fault_of`` returns what is wrong as a phrase."""
    texts = printed_hours(guide)
    if texts is None:
        return not_measured("来源未展示办理时间")
    if not texts:
        return not_applicable("没有写办理时间")
    wrong = [(text, fault) for text in texts if (fault := fault_of(text))]
    if not wrong:
        return passed(checked=len(texts))
    text, fault = wrong[0]
    reason = say(FieldName.HOURS, text, f"{should}（{fault}）")
    return failed(state, reason, excerpt=text, checked=len(texts), failed=len(wrong))


@audit_rule(
    "hours.readable",
    title="办理时间写明了几点到几点",
    failure_title="办理时间没有写明几点到几点",
    why="只写“工作日”“上班时间”，群众不知道几点开门、几点下班。",
    source=SOURCE,
    applicability=PRINTED,
    kind=RuleKind.ACCURACY,
    field=FieldName.HOURS,
    passing=example(),
    failing=example({FieldName.HOURS: "工作日"}, windows=(WINDOW.model_copy(update={"hours": "工作日"}),)),
)
def check_readable(guide: Guide) -> Verdict:
    def fault(text: str) -> str:
        clock = read_hours(text) or is_round_the_clock(text) or CLOCKLESS_DIGITS.search(text)
        return "" if clock or DATED.search(text) else "没有钟点"

    return judge_hours(guide, fault, "写明每天几点到几点", FieldState.MALFORMED)


@audit_rule(
    "hours.possible",
    title="办理时间的日子和起止钟点合理",
    failure_title="办理时间的日子或钟点不存在，或结束早于开始",
    why="时间写反了，群众不知道该信哪一个。",
    source=SOURCE,
    applicability="办理时间写了起止钟点的办事指南；跨夜值班不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.HOURS,
    passing=example(),
    failing=example(windows=(WINDOW.model_copy(update={"hours": "周一至周五 8:30-12:00，17:30-14:30"}),)),
)
def check_possible(guide: Guide) -> Verdict:
    def fault(text: str) -> str:
        day = NO_SUCH_DAY.search(text)
        faults = (f"“{one.text}”{one.fault}" for one in read_hours(text) if one.fault)
        return f"没有“{day[0]}”" if day else next(faults, "")

    return judge_hours(guide, fault, "改正起止钟点", FieldState.MALFORMED)


@audit_rule(
    "hours.working-days",
    title="办理时间包含工作日",
    failure_title="办理时间只有周末",
    why="依申请事项应当在工作日办理，只写周末多半是录错了。",
    source=SOURCE,
    applicability="写了办理时间的依申请事项；公共服务场馆可以只在周末开放，不作要求。",
    kind=RuleKind.ACCURACY,
    field=FieldName.HOURS,
    passing=example(),
    failing=example(windows=(WINDOW.model_copy(update={"hours": "星期六、星期日 8:30-12:00"}),)),
)
def check_working_days(guide: Guide) -> Verdict:
    texts = printed_hours(guide)
    if texts is not None and not is_bound(guide):
        return not_applicable("非依申请事项")
    if texts and not all(map(is_weekend_only, texts)):
        return passed(checked=len(texts))
    return judge_hours(guide, lambda text: "没有工作日", "写明工作日的办理时间", FieldState.INCONSISTENT)


@audit_rule(
    "hours.current",
    title="办理时间不是往年的临时通知",
    failure_title="办理时间还是往年的放假或调整通知",
    why="前年的放假通知留在上面，群众不知道今天开不开门。",
    source=SOURCE,
    applicability=PRINTED,
    kind=RuleKind.ACCURACY,
    field=FieldName.HOURS,
    passing=example(),
    failing=example(windows=(WINDOW.model_copy(update={"hours": "2020年国庆假期暂停办理，其余 8:30-12:00"}),)),
)
def check_current(guide: Guide) -> Verdict:
    year = guide.captured_at.year

    def fault(text: str) -> str:
        stale = [match[1] for match in DATED.finditer(text) if int(match[1]) < year]
        return f"是 {stale[0]} 年的通知" if stale else ""

    return judge_hours(guide, fault, "删去过期的通知", FieldState.INCONSISTENT)
