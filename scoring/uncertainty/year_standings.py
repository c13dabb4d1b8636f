"""Places in a year: both halves are drawn again, each by itself, and put together as the year puts totals together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from domain.score import Score, UnitTotal
from domain.standing import Standing
from domain.year_total import YearTotal
from scoring.total_rules import TotalRules
from scoring.uncertainty.places import DECIMALS, place_bodies
from scoring.uncertainty.score_draws import LEVEL
from scoring.uncertainty.standings import Chance, Group, as_standing, draw_scores
from scoring.uncertainty.total_draws import draw_total

HalfDraws = Mapping[str, NDArray[np.float64]]
"""Body → drawn totals of one half."""


def draw_half(scores: Iterable[Score], totals: Iterable[UnitTotal], chance: Chance) -> HalfDraws:
    """Draw the published totals of one half, rounded as they are published; a body without a total is left out."""
    rows: dict[tuple[str, str], list[Score]] = defaultdict(list)
    for score in scores:
        rows[score.unit, score.table].append(score)
    published = {(total.unit, total.table): total.published for total in totals if total.published is not None}
    drawn = draw_scores((score for body in published for score in rows[body]), chance)
    return {
        unit: np.round(draw_total(float(value), rows[unit, table], drawn, chance.draws), DECIMALS)
        for (unit, table), value in published.items()
    }


def stand_years(
    years: Sequence[YearTotal], first: HalfDraws, second: HalfDraws, rules: TotalRules, chance: Chance
) -> tuple[Standing, ...]:
    """Place the bodies that have a year within their table, reading, list and kind."""
    groups: dict[Group, list[YearTotal]] = defaultdict(list)
    for one in years:
        if one.published is not None:
            groups[one.table, one.reading, one.in_list.value, one.kind.value].append(one)
    standings: list[Standing] = []
    for group, members in sorted(groups.items()):
        published = np.array([float(one.published or 0) for one in members])
        drawn = np.stack([draw_year(one, first[one.unit], second[one.unit], rules) for one in members])
        for place in place_bodies(published, drawn, level=LEVEL):
            one = members[place.at]
            standings.append(as_standing((one.second_run, str(one.year), one.unit), group, place, chance))
    return tuple(standings)


def draw_year(
    one: YearTotal, first: NDArray[np.float64], second: NDArray[np.float64], rules: TotalRules
) -> NDArray[np.float64]:
    """Return a body's drawn years: the published one, moved by what its halves move, each with its weight."""
    moved = float(rules.first_half) * (first - float(one.first or 0))
    moved += float(rules.second_half) * (second - float(one.second or 0))
    years: NDArray[np.float64] = float(one.published or 0) + moved
    return years
