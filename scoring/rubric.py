"""The five-step rubric of 申报易用度 as data: what earns points, and which probe shows it (methodology.md §5)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.facts import ProbeFact
from domain.measure_name import MeasureName as M
from domain.outcome import Outcome
from scoring.arithmetic import ONE, ZERO
from scoring.dry_run import DryRun
from scoring.guide_step import judge_forms, judge_hand_over, judge_readability, judge_scenarios
from scoring.like_services import judge_effort
from scoring.measures import read_flag, read_number
from scoring.probing import BOOKING_CALENDAR, KEYWORD_SEARCH, ONLINE_APPLICATION
from scoring.search_quality import CUT, rank_of

Judge = Callable[[ProbeFact], Fraction | None]
"""Share of the points earned, 0..1; ``None`` when the probe did not observe it."""


class RubricStep(StrEnum):
    """The five steps that the notice names in D23/C17."""

    BOOKING = "线上预约"
    GUIDE = "办事指南"
    LOGIN = "用户登录"
    MATERIALS = "材料提交"
    RESULT = "结果反馈"


@dataclass(frozen=True, kw_only=True)
class RubricPoint:
    """One observation worth points: ``judge`` reads a probe's figures, ``judge_task`` more than one source."""

    step: RubricStep
    points: int
    title: str
    probe_id: str = ONLINE_APPLICATION
    judge: Judge | None = None
    judge_task: Callable[[DryRun], Fraction | None] | None = None

    def share(self, task: DryRun) -> Fraction | None:
        """Return the share of the points that a task earns, 0..1; ``None`` when it was not observed."""
        if self.judge_task is not None:
            return self.judge_task(task)
        fact = task.seen(self.probe_id)
        return self.judge(fact) if self.judge is not None and fact is not None else None


def granted(condition: bool | None) -> Fraction | None:
    """Full share for yes, none for no, unobserved for unknown."""
    return None if condition is None else (ONE if condition else ZERO)


def yes(name: M) -> Judge:
    return lambda fact: granted(read_flag(fact, name))


def no(name: M) -> Judge:
    def judge(fact: ProbeFact) -> Fraction | None:
        flag = read_flag(fact, name)
        return None if flag is None else granted(not flag)

    return judge


def at_least(name: M, bound: int) -> Judge:
    def judge(fact: ProbeFact) -> Fraction | None:
        number = read_number(fact, name)
        return None if number is None else granted(number >= bound)

    return judge


def at_most(name: M, bound: int) -> Judge:
    def judge(fact: ProbeFact) -> Fraction | None:
        number = read_number(fact, name)
        return None if number is None else granted(number <= bound)

    return judge


def lost_when_failed(judge: Judge) -> Judge:
    """A probe that failed without the figure saw that there is none: the points are lost, not unobserved."""

    def judge_failed(fact: ProbeFact) -> Fraction | None:
        seen = judge(fact)
        return ZERO if seen is None and fact.outcome is Outcome.FAIL else seen

    return judge_failed


def judge_prefilled(fact: ProbeFact) -> Fraction | None:
    filled, fillable = read_number(fact, M.PREFILLED), read_number(fact, M.PREFILLABLE)
    return min(filled / fillable, ONE) if filled is not None and fillable else None


def judge_limits(fact: ProbeFact) -> Fraction | None:
    if read_number(fact, M.UPLOADS) == 0:
        return None
    return granted(read_flag(fact, M.LIMITS_TOLD))


def judge_found(fact: ProbeFact) -> Fraction | None:
    rank = rank_of(fact)
    return None if rank is None else granted(1 <= rank <= CUT)


def judge_no_dead_end(fact: ProbeFact) -> Fraction | None:
    return granted(dead_ends(fact) == 0)


def dead_ends(fact: ProbeFact) -> Fraction:
    """Count dead ends; a failed application met at least one, a passed one none, unless it says otherwise."""
    noted = read_number(fact, M.DEAD_ENDS)
    failed = fact.outcome is Outcome.FAIL
    return max(noted if noted is not None else ZERO, ONE if failed else ZERO)


RUBRIC: tuple[RubricPoint, ...] = (
    RubricPoint(
        step=RubricStep.BOOKING,
        points=3,
        title="从指南 2 次点击内到达预约入口",
        probe_id=BOOKING_CALENDAR,
        judge=at_most(M.CLICKS, 2),
    ),
    RubricPoint(
        step=RubricStep.BOOKING,
        points=4,
        title="每日不少于 2 个时段",
        probe_id=BOOKING_CALENDAR,
        judge=lost_when_failed(at_least(M.SLOTS_PER_DAY, 2)),
    ),
    RubricPoint(
        step=RubricStep.BOOKING,
        points=3,
        title="5 个工作日内有空位",
        probe_id=BOOKING_CALENDAR,
        judge=lost_when_failed(at_most(M.FIRST_FREE_DAYS, 5)),
    ),
    RubricPoint(
        step=RubricStep.BOOKING,
        points=2,
        title="说明如何取消或改期",
        probe_id=BOOKING_CALENDAR,
        judge=yes(M.CANCEL_EXPLAINED),
    ),
    RubricPoint(
        step=RubricStep.BOOKING,
        points=3,
        title="预约不需二次登录",
        probe_id=BOOKING_CALENDAR,
        judge=no(M.SECOND_LOGIN),
    ),
    RubricPoint(
        step=RubricStep.GUIDE, points=4, title="检索 3 次点击内到达", probe_id=KEYWORD_SEARCH, judge=judge_found
    ),
    RubricPoint(step=RubricStep.GUIDE, points=5, title="表格材料均有空表和样表", judge_task=judge_forms),
    RubricPoint(step=RubricStep.GUIDE, points=4, title="多情形可选择情形", judge_task=judge_scenarios),
    RubricPoint(step=RubricStep.GUIDE, points=4, title="可读性", judge_task=judge_readability),
    RubricPoint(step=RubricStep.GUIDE, points=3, title="可打印、下载或转到手机", judge_task=judge_hand_over),
    RubricPoint(step=RubricStep.LOGIN, points=5, title="使用省统一登录", judge=yes(M.LOGIN_UNIFIED)),
    RubricPoint(step=RubricStep.LOGIN, points=5, title="进入表单不需二次登录", judge=no(M.SECOND_LOGIN)),
    RubricPoint(step=RubricStep.LOGIN, points=3, title="不少于 2 种登录方式", judge=at_least(M.LOGIN_WAYS, 2)),
    RubricPoint(step=RubricStep.LOGIN, points=2, title="登录后回到原事项", judge=yes(M.RETURNED_TO_ITEM)),
    RubricPoint(step=RubricStep.MATERIALS, points=8, title="可预填字段已预填", judge=judge_prefilled),
    RubricPoint(step=RubricStep.MATERIALS, points=6, title="填报工作量（同类服务比较）", judge_task=judge_effort),
    RubricPoint(step=RubricStep.MATERIALS, points=4, title="上传前说明格式和大小", judge=judge_limits),
    RubricPoint(step=RubricStep.MATERIALS, points=3, title="接受常用格式", judge=yes(M.COMMON_FORMATS)),
    RubricPoint(step=RubricStep.MATERIALS, points=5, title="漏填有明确提示", judge=yes(M.EMPTY_FIELD_NAMED)),
    RubricPoint(step=RubricStep.MATERIALS, points=3, title="可保存草稿", judge=yes(M.DRAFT_KEPT)),
    RubricPoint(step=RubricStep.MATERIALS, points=4, title="可选电子证照或免提交", judge=yes(M.LICENCE_OFFERED)),
    RubricPoint(step=RubricStep.MATERIALS, points=2, title="没有走不下去的页面", judge=judge_no_dead_end),
    RubricPoint(step=RubricStep.RESULT, points=4, title="进度查询可用", judge=yes(M.PROGRESS_REACHABLE)),
    RubricPoint(step=RubricStep.RESULT, points=3, title="确认页承诺回执或编号", judge=yes(M.RECEIPT_PROMISED)),
    RubricPoint(step=RubricStep.RESULT, points=3, title="至少一种领取方式不需到场", judge=yes(M.RESULT_WITHOUT_VISIT)),
    RubricPoint(step=RubricStep.RESULT, points=2, title="提供短信或消息服务", judge=yes(M.MESSAGES_OFFERED)),
    RubricPoint(step=RubricStep.RESULT, points=3, title="有评价入口", judge=yes(M.RATING_ENTRY)),
)
