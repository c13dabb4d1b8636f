"""From scores and totals to intervals and standings: the one door of this package for a run."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from domain.score import Score, UnitTotal
from domain.standing import Standing
from domain.total import ReadingTotal
from scoring.uncertainty.places import Place, place_bodies
from scoring.uncertainty.score_draws import LEVEL, draw_score, draw_shared, interval_of
from scoring.uncertainty.total_draws import ScoreKey, draw_total, key_of

DRAWS = 5_000
Drawn = Mapping[ScoreKey, NDArray[np.float64]]
Group = tuple[str, str, str, str]
"""Table, reading, list, kind: only bodies that agree in all four are compared."""


@dataclass(frozen=True, kw_only=True)
class Chance:
    """How chance is drawn: the same seed and number of draws give the same intervals."""

    seed: int
    draws: int = DRAWS


def draw_scores(scores: Iterable[Score], chance: Chance) -> dict[ScoreKey, NDArray[np.float64]]:
    """Draw every score that rests on chance; the others are not in the result.

    The rows of one body whose shares come from the body's item sample are drawn together, everything else by itself.
    """
    bodies: dict[tuple[str, str], list[Score]] = defaultdict(list)
    for score in scores:
        bodies[score.unit, score.table].append(score)
    drawn: dict[ScoreKey, NDArray[np.float64]] = {}
    for members in bodies.values():
        shared = draw_shared(members, seed=chance.seed, draws=chance.draws)
        for score in members:
            values = draw_score(score, seed=chance.seed, draws=chance.draws, shared=shared.get(score.row))
            if values is not None:
                drawn[key_of(score)] = values
    return drawn


def with_intervals(scores: Iterable[Score], drawn: Drawn) -> tuple[Score, ...]:
    """Give every score that rests on chance its 90 % interval (0..1); a census or an import has none."""
    return tuple(_with_interval(score, drawn) for score in scores)


def _with_interval(score: Score, drawn: Drawn) -> Score:
    values = drawn.get(key_of(score))
    if values is None or score.value is None:
        return score
    return score.model_copy(update={"interval": interval_of(values, score.value)})


def stand_bodies(
    scores: Iterable[Score], totals: Sequence[UnitTotal], drawn: Drawn, chance: Chance
) -> tuple[Standing, ...]:
    """Place the bodies within their table, reading, list and kind of total; a body without a total stands nowhere."""
    rows: dict[tuple[str, str], list[Score]] = defaultdict(list)
    for score in scores:
        rows[score.unit, score.table].append(score)
    groups: dict[Group, list[tuple[UnitTotal, ReadingTotal]]] = defaultdict(list)
    for total in totals:
        for reading in total.readings:
            if reading.value is not None and reading.published is not None:
                group = (total.table, reading.reading, reading.in_list.value, reading.kind.value)
                groups[group].append((total, reading))
    return tuple(
        standing
        for group, members in sorted(groups.items())
        for standing in _stand_group(group, members, rows, drawn, chance)
    )


def _stand_group(
    group: Group,
    members: list[tuple[UnitTotal, ReadingTotal]],
    rows: Mapping[tuple[str, str], list[Score]],
    drawn: Drawn,
    chance: Chance,
) -> Iterator[Standing]:
    published = np.array([float(reading.published or 0) for _, reading in members])
    simulated = np.stack(
        [
            draw_total(reading.value or 0.0, rows[total.unit, total.table], drawn, chance.draws)
            for total, reading in members
        ]
    )
    for place in place_bodies(published, simulated, level=LEVEL):
        total = members[place.at][0]
        yield as_standing((total.run, total.period, total.unit), group, place, chance)


def as_standing(whose: tuple[str, str, str], group: Group, place: Place, chance: Chance) -> Standing:
    """Turn a place into its stored form; ``whose``: run, period, body."""
    run, period, unit = whose
    table, reading, in_list, kind = group
    return Standing(
        run=run,
        period=period,
        unit=unit,
        table=table,
        in_list=in_list,
        reading=reading,
        kind=kind,
        total=place.total,
        interval=place.interval,
        rank=place.rank,
        rank_low=place.rank_low,
        rank_high=place.rank_high,
        above_next=place.above_next,
        p_top3=place.p_top,
        band=place.band,
        level=LEVEL,
        draws=chance.draws,
        seed=chance.seed,
    )
