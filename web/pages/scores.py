"""Rankings with what chance may have to do with them, and one score down to its proof."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from domain.explanation import Excluded, SourceKind, Used
from domain.score import Score
from domain.sensitivity import Sensitivity
from domain.standing import Standing
from domain.total import TotalKind, TotalList
from domain.unit import Table
from exports import links
from exports.hand_in_lineage import hand_in_behind
from exports.lineage import MAIN_PORTAL, explain_score, find_score
from storage.store import Store
from web.visit import Visiting

router = APIRouter()
SHOWN = 200
"""Ids per list on a page; a county's score names tens of thousands."""

BAR_WIDTH = 240.0
MARGIN = 6.0


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One interval as coordinates of a drawing that is ``BAR_WIDTH`` wide."""

    left: float
    width: float
    tick: float


@dataclass(frozen=True, kw_only=True)
class RankedLine:
    """One body in a ranking."""

    standing: Standing
    bar: Bar
    new_band: bool


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """Bodies that are compared with each other, best first."""

    table: Table
    in_list: TotalList
    kind: TotalKind
    lines: tuple[RankedLine, ...]
    sensitivity: Sensitivity | None
    year: str = ""  # of a ranking of the whole year; nobody tries other choices on it


@router.get("/runs/{run_id}/ranking", response_class=HTMLResponse)
def show_ranking(visit: Visiting, run_id: str, reading: str = "") -> HTMLResponse:
    """Every ranking of a run in one reading of the exemption; the run's own unless another is asked for."""
    run = visit.store.runs.get(run_id)
    basis = visit.store.standings.basis(run.id)
    standings = visit.store.standings.of_run(run.id)
    readings = sorted({standing.reading for standing in standings})
    chosen = reading if reading in readings else (basis.reading if basis else "")
    rankings = group_rankings(visit.store, run.id, [one for one in standings if one.reading == chosen])
    whole = [one for one in visit.store.standings.of_year(run.id) if one.reading == chosen]
    years = [replace(one, year=whole[0].period) for one in group_rankings(visit.store, run.id, whole)]
    return visit.render(
        "ranking.html",
        run=run,
        basis=basis,
        readings=readings,
        reading=chosen,
        rankings=[*rankings, *years],
        bar_width=BAR_WIDTH,
    )


def group_rankings(store: Store, run: str, standings: Sequence[Standing]) -> list[Ranking]:
    """Part standings by table, list and kind of total, departments first."""
    tried = {(one.table, one.in_list, one.kind, one.reading): one for one in store.standings.sensitivities(run)}
    groups: dict[tuple[str, str, str], list[Standing]] = defaultdict(list)
    for standing in standings:
        groups[standing.table, standing.in_list, standing.kind].append(standing)
    return [
        Ranking(
            table=Table(table),
            in_list=TotalList(in_list),
            kind=TotalKind(kind),
            lines=draw_lines(members),
            sensitivity=tried.get((table, in_list, kind, members[0].reading)),
        )
        for (table, in_list, kind), members in sorted(groups.items(), key=lambda pair: (pair[0][0] != "D", pair[0]))
    ]


def draw_lines(members: Sequence[Standing]) -> tuple[RankedLine, ...]:
    """Put every body's interval on one scale, from the lowest to the highest bound of the ranking."""
    spans = [one.interval or (one.total, one.total) for one in members]
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    scale = (BAR_WIDTH - 2 * MARGIN) / ((high - low) or 1.0)
    return tuple(
        RankedLine(
            standing=one,
            bar=Bar(
                left=round(MARGIN + (span[0] - low) * scale, 1),
                width=round((span[1] - span[0]) * scale, 1),
                tick=round(MARGIN + (one.total - low) * scale, 1),
            ),
            new_band=place > 0 and members[place - 1].band != one.band,
        )
        for place, (one, span) in enumerate(zip(members, spans, strict=True))
    )


@router.get("/runs/{run_id}/scores/{unit_id}/{indicator}", response_class=HTMLResponse)
def show_score(visit: Visiting, run_id: str, unit_id: str, indicator: str) -> HTMLResponse:
    """One score: text, formula, figures, arithmetic, what entered and what was left out, each id a link."""
    run = visit.store.runs.get(run_id)
    explanation = explain_score(visit.store, find_score(visit.store, run.id, unit_id, indicator))
    score = explanation.score
    return visit.render(
        "score.html",
        run=run,
        explanation=explanation,
        score=score,
        used=[(one, address_of(visit.store, score, one)) for one in explanation.used[:SHOWN]],
        excluded=[(one, address_of(visit.store, score, one)) for one in explanation.excluded[:SHOWN]],
        findings=explanation.findings[:SHOWN],
        shown=SHOWN,
    )


def address_of(store: Store, score: Score, one: Used | Excluded) -> str:
    """Return the page that an id leads to; ``""`` where there is none."""
    if one.kind is SourceKind.GUIDE:
        return links.guide_path(score.run, MAIN_PORTAL, one.id)
    if one.kind is SourceKind.OBSERVATION:
        run, portal, probe, item = one.id.split("/", maxsplit=3)
        return links.observation_address(run, portal, probe, item)
    if one.kind is SourceKind.IMPORT and (hand_in := hand_in_behind(store, score, one.id)):
        return links.run_path(hand_in.id)
    return ""
