"""Searches an item by its official name, as a citizen who knows what it is called would do."""

import time

from domain.failure import FailureReason
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from portals.citizen import SearchHit
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.search_gain import CUT, gain, normalised_gain

SEARCH = "打开首页，输入事项名称并检索"
FIRST_RESULT = "打开第一条结果的办事指南"
CONTROL = "对照：按编码直接打开办事指南"


def search_by_name(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Search, look for the item among the first ten results, and open the first one."""
    journey.plan(SEARCH, FIRST_RESULT)
    clock = time.monotonic()
    with journey.step(SEARCH):
        hits = journey.portal.search(journey.browser, journey.site, task.title)
    journey.note(seconds=round(time.monotonic() - clock, 3))
    rank = find_rank(hits, task.code)
    journey.note(**rate(hits, task.code, rank))
    if hits:
        journey.note(**{MeasureName.FIRST_HIT_OPENS: open_first(journey, hits[0])})
    if rank is None or rank > CUT:
        return not_found(journey, task, hits, rank)
    return ProbeResult(outcome=Outcome.PASS, reason=f"第 {rank} 位检索到该事项", value=float(rank))


def find_rank(hits: tuple[SearchHit, ...], code: str) -> int | None:
    """Return the place of the first result that is the item itself; ``None`` when it is not shown."""
    return next((hit.rank for hit in hits if gain(hit.code, code) == 3), None)


def rate(hits: tuple[SearchHit, ...], code: str, rank: int | None) -> dict[str, bool | int | float | None]:
    """Return the measures of methodology.md §4.3 for one query; a query without results counts 0."""
    gains = [gain(hit.code, code) for hit in hits[:CUT]]
    good = [place for place, value in enumerate(gains, start=1) if value >= 2]
    first_good = good[0] if good else None
    return {
        MeasureName.RANK: rank,
        MeasureName.HITS: len(hits),
        "hit_at_1": first_good == 1,
        "hit_at_3": first_good is not None and first_good <= 3,
        "hit_at_10": first_good is not None,
        "reciprocal_rank": 1 / first_good if first_good else 0.0,
        "ndcg_at_10": round(normalised_gain(gains), 6),
        "zero_result": not hits,
    }


def open_first(journey: Journey, hit: SearchHit) -> bool | None:
    """Say whether the first result's guide opens; ``None`` when that could not be seen (captcha, firewall …)."""
    with journey.side_step(FIRST_RESULT) as met:
        journey.portal.open_guide(journey.browser, journey.site, hit.code)
    if not met:
        return True
    return False if met[0].reason in (FailureReason.ABSENT, FailureReason.HTTP_4XX) else None


def not_found(journey: Journey, task: ProbeTask, hits: tuple[SearchHit, ...], rank: int | None) -> ProbeResult:
    """Fail the search, unless a look at the guide itself says that the portal never offered the item."""
    with journey.side_step(CONTROL):
        journey.portal.open_guide(journey.browser, journey.site, task.code)
    shown = f"该事项排在第 {rank} 位" if rank else f"显示 {len(hits)} 条结果，没有该事项"
    return ProbeResult(
        outcome=Outcome.FAIL,
        failure=FailureReason.NOT_FOUND_IN_SEARCH,
        reason=f"用事项名称检索，前 {CUT} 条中没有该事项（{shown}）",
        value=float(rank) if rank else None,
    )


probes.register(
    Probe(
        id="keyword-search",
        title="关键词检索",
        why="群众知道事项名称，却搜不到，等于没有公开。",
        source="methodology.md §4.1–4.3；通知附件2第22项、附件3第16项",
        version=1,
        unit_of_value="位",
        journey=search_by_name,
        applies=lambda task: bool(task.title.strip()),
        passing="plain",
        failing="search_missing",
    )
)
