"""How far a ranking would move if one of its makers' choices had been another one (methodology.md §7)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau

from domain.score import Score, UnitTotal
from domain.scoring_basis import ScoringBasis
from domain.sensitivity import Choice, Mover, Sensitivity, Variation
from domain.total import ReadingTotal
from scoring.uncertainty.places import DECIMALS, rank_columns
from scoring.uncertainty.rows_in_total import Body
from scoring.uncertainty.variations import WEIGHT_DRAWS, Trial, try_values, try_weights

HALVES_OTHERWISE = (0.5, 0.5)
TAU_DRAWS = 200
"""Enough for the mean of a correlation to two decimals; each draw is a sorting of its own."""
NO_OTHER_HALF = "缺另一个半年的得分，未计算"


@dataclass(frozen=True, kw_only=True)
class Halves:
    """Totals of both halves of a year by body, and how much each half weighs."""

    first: Mapping[str, float]
    second: Mapping[str, float]
    weights: tuple[float, float]

    def year_of(self, unit: str, weights: tuple[float, float]) -> float | None:
        """Return a body's year; ``None`` where a half is missing."""
        if unit not in self.first or unit not in self.second:
            return None
        return weights[0] * self.first[unit] + weights[1] * self.second[unit]


def try_choices(
    scores: Iterable[Score], totals: Sequence[UnitTotal], basis: ScoringBasis, *, halves: Halves | None = None
) -> tuple[Sensitivity, ...]:
    """Try every other choice on every ranking of the reading that the run was scored in; one body is no ranking."""
    rows: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        rows[score.unit].append(score)
    groups: dict[tuple[str, str, str], list[UnitTotal]] = defaultdict(list)
    for total in totals:
        if total.value is not None:
            groups[total.table, total.in_list.value, total.kind.value].append(total)
    return tuple(try_ranking(members, rows, basis, halves) for _, members in sorted(groups.items()) if len(members) > 1)


def try_ranking(
    members: Sequence[UnitTotal], rows: Mapping[str, list[Score]], basis: ScoringBasis, halves: Halves | None
) -> Sensitivity:
    """Try every other choice on one ranking."""
    bodies = [Body.of(total.unit, total.value or 0.0, rows[total.unit]) for total in members]
    published = np.array([body.total for body in bodies])
    head = members[0]
    trials = [
        *try_weights(bodies, basis, head.table, basis.seed),
        *try_values(bodies, basis),
        try_reading(members, basis.reading),
    ]
    judged = [(trial, *shifts_of(published, trial.totals)) for trial in trials]
    return Sensitivity(
        run=head.run,
        period=head.period,
        table=head.table,
        in_list=head.in_list.value,
        reading=basis.reading,
        kind=head.kind.value,
        seed=basis.seed,
        draws=WEIGHT_DRAWS,
        variations=(
            *(describe(trial, published, bodies, shifts) for trial, shifts, _ in judged),
            try_halves(bodies, halves),
        ),
        movers=tuple(find_movers(bodies, published, judged)),
    )


def shifts_of(
    published: NDArray[np.float64], totals: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return every body's mean absolute rank shift and its mean place over the draws of a trial."""
    places = rank_columns(np.round(totals.T, DECIMALS))
    here = rank_columns(np.round(published[:, None], DECIMALS))
    return np.abs(places - here).mean(axis=1), places.mean(axis=1)


def describe(
    trial: Trial, published: NDArray[np.float64], bodies: Sequence[Body], shifts: NDArray[np.float64]
) -> Variation:
    """Sum one trial up."""
    furthest = int(np.argmax(shifts))
    return Variation(
        choice=trial.choice,
        title=trial.title,
        bodies=len(bodies),
        mean_shift=float(shifts.mean()),
        max_shift=float(shifts[furthest]),
        tau_b=mean_tau(published, trial.totals),
        most_moved=bodies[furthest].unit if shifts[furthest] > 0 else "",
        note=trial.note,
    )


def mean_tau(published: NDArray[np.float64], totals: NDArray[np.float64]) -> float | None:
    """Return the mean of Kendall's τ-b over the first draws; ``None`` where a ranking has one place only."""
    here = np.round(published, DECIMALS)
    told = [float(kendalltau(here, np.round(drawn, DECIMALS)).statistic) for drawn in totals[:TAU_DRAWS]]
    known = [tau for tau in told if not np.isnan(tau)]
    return sum(known) / len(known) if known else None


def find_movers(
    bodies: Sequence[Body],
    published: NDArray[np.float64],
    judged: Sequence[tuple[Trial, NDArray[np.float64], NDArray[np.float64]]],
) -> Iterator[Mover]:
    """Yield the choice that moves each body most, the furthest mover first; who never moves is left out."""
    here = rank_columns(np.round(published[:, None], DECIMALS))[:, 0]
    movers = []
    for index, body in enumerate(bodies):
        trial, shifts, places = max(judged, key=lambda one: float(one[1][index]))
        if shifts[index] > 0:
            movers.append(
                Mover(
                    unit=body.unit,
                    choice=trial.choice,
                    title=trial.title,
                    shift=float(shifts[index]),
                    rank=int(here[index]),
                    rank_otherwise=float(places[index]),
                )
            )
    yield from sorted(movers, key=lambda mover: (-mover.shift, mover.unit))


def try_reading(members: Sequence[UnitTotal], reading: str) -> Trial:
    """Try the other reading of the exemption; a body without a total there keeps the one it has."""
    totals = np.array([[other_total(total, reading) for total in members]])
    return Trial(choice=Choice.READING, title="窄/宽两种理解互换", totals=totals)


def other_total(total: UnitTotal, reading: str) -> float:
    """Return a body's total in the other reading."""
    others: list[ReadingTotal] = [one for one in total.readings if one.reading != reading and one.value is not None]
    return others[0].value or 0.0 if others else total.value or 0.0


def try_halves(bodies: Sequence[Body], halves: Halves | None) -> Variation:
    """Try 50/50 for the two halves of the year against the weights of the settings, on the ranking of the year."""
    title = "上下半年 50/50"
    known = [body.unit for body in bodies if halves and halves.year_of(body.unit, halves.weights) is not None]
    if halves is None or len(known) < 2:
        return Variation(
            choice=Choice.HALVES, title=title, bodies=0, mean_shift=0, max_shift=0, tau_b=None, note=NO_OTHER_HALF
        )
    year = np.array([halves.year_of(unit, halves.weights) for unit in known], dtype=float)
    otherwise = np.array([[halves.year_of(unit, HALVES_OTHERWISE) for unit in known]], dtype=float)
    shifts, _ = shifts_of(year, otherwise)
    trial = Trial(choice=Choice.HALVES, title=title, totals=otherwise)
    return describe(trial, year, [body for body in bodies if body.unit in known], shifts)
