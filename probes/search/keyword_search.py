"""Searches an item in all the words that a citizen may have for it, and judges what the portal shows by its codes."""

import time
from collections.abc import Iterator, Sequence

from domain.failure import FailureReason
from domain.measure_name import MeasureName
from domain.observation import ObservedRow
from domain.outcome import Outcome
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.search.query_kind import KIND_TITLES_ZH
from probes.search.search_figures import sum_up
from probes.search.search_first_hit import FIRST_ENTRANCE, FIRST_RESULT, first_hit_works
from probes.search.search_gain import CUT
from probes.search.search_judgement import ITSELF, Answer, judge, place_of, rate, unseen
from probes.search.search_queries import SearchQuery, plan_queries

CONTROL = "对照：按编码直接打开办事指南"
ASKING_S_MAX = 80.0  # after that nothing more is asked, so that what was seen is kept within the probe's budget
REFUSALS_MAX = 2  # in a row; whoever is turned away twice does not knock a third time


def search_in_all_words(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Search the official name, open the first result, then ask in all other words; the official name decides.

    A query that could not be seen is no miss. The probe is blocked only when the official name could not be seen.
    """
    official, *others = plan_queries(task)
    journey.plan(title_of(official), FIRST_RESULT, FIRST_ENTRANCE, *map(title_of, others))
    began = time.monotonic()
    with journey.step(title_of(official)):
        answer = ask(journey, task, official)
    gains = answer.gains(task.code)
    journey.note(**rate(gains), seconds=answer.seconds, anchor=task.search.anchor)
    if answer.hits:
        journey.note(**{MeasureName.FIRST_HIT_OPENS: first_hit_works(journey, answer.hits[0])})
    rank = place_of(gains, ITSELF)
    if rank is None or rank > CUT:
        look_at_guide(journey, task)
    rows = (judge(answer, task.code, task.title), *ask_others(journey, task, others, began + ASKING_S_MAX))
    return conclude(rows)


def title_of(query: SearchQuery) -> str:
    """Name the step of a query."""
    return f"检索 {query.kind} {KIND_TITLES_ZH[query.kind]}：“{query.text}”"


def ask(journey: Journey, task: ProbeTask, query: SearchQuery) -> Answer:
    """Type one query as a citizen does and read the results; raise ``Obstacle`` when none could be seen."""
    clock, held_s = time.monotonic(), journey.held_back_s
    region = "" if query.citywide else task.search.region
    hits = journey.portal.search(journey.browser, journey.site, query.text, region=region)
    seconds = time.monotonic() - clock - (journey.held_back_s - held_s)
    return Answer(query=query, hits=hits, seconds=round(seconds, 3))


def ask_others(
    journey: Journey, task: ProbeTask, queries: Sequence[SearchQuery], until: float
) -> Iterator[ObservedRow]:
    """Ask one query after another until the time is up or the portal turned us away twice in a row."""
    refused: list[FailureReason] = []
    for query in queries:
        if len(refused) == REFUSALS_MAX or time.monotonic() > until:
            yield unseen(query, task.title, None)
            continue
        with journey.side_step(title_of(query)) as met:
            answer = ask(journey, task, query)
        if met:
            refused.append(met[0].reason)
            yield unseen(query, task.title, met[0].reason)
        else:
            refused.clear()
            yield judge(answer, task.code, task.title)


def look_at_guide(journey: Journey, task: ProbeTask) -> None:
    """Look at the guide itself; ``NotOffered`` says that the portal never had the item, and the probe ends there."""
    with journey.side_step(CONTROL):
        journey.portal.open_guide(journey.browser, journey.site, task.code)


def conclude(rows: Sequence[ObservedRow]) -> ProbeResult:
    """Pass when the official name, the first row, finds the item among the first ten; people may have graded others."""
    rank, shown = rows[0].measures[MeasureName.RANK], rows[0].measures[MeasureName.HITS]
    place, figures = rank if isinstance(rank, int) else None, sum_up(rows)
    if place is not None and place <= CUT:
        reason = f"第 {place} 位检索到该事项"
        return ProbeResult(outcome=Outcome.PASS, reason=reason, value=float(place), rows=tuple(rows), measures=figures)
    where = f"该事项排在第 {place} 位" if place else f"显示 {shown} 条结果，没有该事项"
    return ProbeResult(
        outcome=Outcome.FAIL,
        failure=FailureReason.NOT_FOUND_IN_SEARCH,
        reason=f"用事项名称检索，前 {CUT} 条中没有该事项（{where}）",
        value=float(place) if place else None,
        rows=tuple(rows),
        measures=figures,
    )


probes.register(
    Probe(
        id="keyword-search",
        title="关键词检索",
        why="群众用自己的话搜不到，等于没有公开。",
        source="methodology.md §4.1–4.3；通知附件2第22项、附件3第16项",
        version=2,
        unit_of_value="位",
        journey=search_in_all_words,
        conclude=conclude,
        applies=lambda task: bool(task.title.strip()),
        passing="plain",
        failing="search_missing",
    )
)
