"""What a themed service must show to be usable, and what a visit found of it (methodology.md §3.6, D18/C12)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.failure import BLAME, FailureReason
from domain.observation import ObservedRow
from domain.outcome import Outcome
from portals.citizen import Obstacle
from probes.probe import ProbeResult


class Demand(StrEnum):
    """What makes a themed service usable."""

    TWO_ITEMS = "two_items"
    ONE_GUIDE = "one_guide"
    ONE_FORM = "one_form"
    LINKS_ANSWER = "links_answer"
    CONFIRM = "confirm"


DEMANDS_ZH: Mapping[Demand, str] = {
    Demand.TWO_ITEMS: "不少于两个联办事项",
    Demand.ONE_GUIDE: "一份合并的办事指南",
    Demand.ONE_FORM: "一个申办入口",
    Demand.LINKS_ANSWER: "联办事项都打得开",
    Demand.CONFIRM: "申办能到确认页",
}
UNKNOWN, MET, UNMET = "未能看到", "符合", "不符合"


@dataclass
class ThemeCheck:
    """What a visit found; ``None`` is what it could not see, and ``met`` the obstacles that it came upon."""

    found: bool | None = None
    demands: dict[Demand, bool | None] = field(default_factory=lambda: dict.fromkeys(Demand))
    met: list[Obstacle] = field(default_factory=list)
    form_obstacle: Obstacle | None = None

    @property
    def usable(self) -> bool | None:
        """One demand that is not met settles it; "yes" needs all of them."""
        values = set(self.demands.values())
        if False in values:
            return False
        return None if None in values else True

    @property
    def unmet(self) -> tuple[Demand, ...]:
        """The demands that are surely not met."""
        return tuple(demand for demand, value in self.demands.items() if value is False)


def answers(obstacle: Obstacle | None) -> bool | None:
    """Say whether something that was opened is there; what one visit cannot tell stays open."""
    if obstacle is None:
        return True
    return False if BLAME[obstacle.reason] is Outcome.FAIL else None


def describe_demands(check: ThemeCheck) -> tuple[ObservedRow, ...]:
    """Return one row per demand."""
    words = {True: MET, False: UNMET, None: UNKNOWN}
    return tuple(
        ObservedRow(
            kind="demand",
            asked=DEMANDS_ZH[demand],
            expected=MET,
            seen=words[value],
            grade=None if value is None else float(value),
        )
        for demand, value in check.demands.items()
    )


def conclude(check: ThemeCheck, linked: int) -> ProbeResult:
    """Judge a visit: what is missing comes first, then what stops the form, then whether anybody finds the service."""
    rows = describe_demands(check)
    outcome, failure, reason = judge(check, linked)
    return ProbeResult(outcome=outcome, failure=failure, reason=reason, value=float(linked), rows=rows)


def judge(check: ThemeCheck, linked: int) -> tuple[Outcome, FailureReason | None, str]:
    """Return outcome, reason and sentence."""
    short = [demand for demand in check.unmet if demand is not Demand.CONFIRM]
    if short:
        named = "、".join(DEMANDS_ZH[demand] for demand in short)
        return Outcome.FAIL, FailureReason.INCOMPLETE, f"主题式服务不完整，不符合：{named}"
    if check.demands[Demand.CONFIRM] is False and check.form_obstacle is not None:
        return Outcome.FAIL, check.form_obstacle.reason, f"申办不能到达确认页：{check.form_obstacle}"
    if check.found is False:
        return Outcome.FAIL, FailureReason.NOT_FOUND_IN_SEARCH, "主题式服务列表和检索都找不到该主题"
    if check.met and (check.usable is None or check.found is None):
        first = check.met[0]
        return BLAME[first.reason], first.reason, f"未能看全：{first}"
    return Outcome.PASS, None, f"可用：{linked} 个联办事项、一份指南、一个入口，申办到达确认页，未提交"
