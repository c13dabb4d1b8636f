"""Puts a year together out of the stored halves, and keeps the places in it."""

from domain.comparability import Incomparable, compare_bases
from domain.period import Period
from domain.run import Run
from domain.score import UnitTotal
from domain.standing import Standing
from domain.year_total import YearTotal
from scoring.total_rules import TotalRules
from scoring.year import add_up_year
from storage.scored_nights import latest_scored
from storage.store import Store

Halves = tuple[tuple[UnitTotal, ...], tuple[UnitTotal, ...]]


def totals_of(store: Store, period: str, target: str | None = None) -> tuple[UnitTotal, ...]:
    """Return the totals of a half-year's latest scored night, of one target where it is given; () for none."""
    found = latest_scored(store, period, target)
    return () if found is None else found[1]


def halves_of(store: Store, year: int) -> Halves:
    """Return the totals of both halves: nights of one target, that of the year's latest scored night."""
    periods = [f"{year}H{half}" for half in (1, 2)]
    latest = totals_of(store, periods[1]) or totals_of(store, periods[0])
    target = store.runs.get(latest[0].run).target if latest else None
    return totals_of(store, periods[0], target), totals_of(store, periods[1], target)


def rank_year(
    store: Store, year: int, halves: Halves, rules: TotalRules
) -> tuple[tuple[YearTotal, ...], tuple[Standing, ...]]:
    """Add up a year, draw its places and keep them in place of the year's earlier ones.

    Both halves are drawn with the seed and the number of draws of the second half's scoring. Without that record, and
    without a body that has both halves, there are no places.
    """
    years = add_up_year(year, *halves, rules)
    standings = draw_standings(store, years, halves, rules)
    store.standings.save_year(year, standings)
    return years, standings


def differences_of(store: Store, halves: Halves) -> tuple[Incomparable, ...]:
    """Return in what both halves were not scored alike; () where a half is missing."""
    if not all(halves):
        return ()
    first, second = (store.standings.basis(half[0].run) for half in halves)
    return compare_bases(first, second)


def place_missing_year(store: Store, run: Run, rules: TotalRules) -> None:
    """Keep the places of a run's year where both halves are there and nobody has put them together since.

    Nothing happens for a run that no longer speaks for its half-year: the year rests on later nights.
    """
    year = Period.parse(run.period).year
    halves = halves_of(store, year)
    speaking = {totals[0].run for totals in halves if totals}
    if all(halves) and run.id in speaking and not store.standings.of_year(halves[1][0].run):
        rank_year(store, year, halves, rules)


def draw_standings(
    store: Store, years: tuple[YearTotal, ...], halves: Halves, rules: TotalRules
) -> tuple[Standing, ...]:
    """Draw the places of a year; numpy comes in here, since a half that is missing needs none."""
    whole = next((one for one in years if one.published is not None), None)
    basis = None if whole is None else store.standings.basis(whole.second_run)
    if whole is None or basis is None:
        return ()
    from scoring.uncertainty.standings import Chance  # noqa: PLC0415
    from scoring.uncertainty.year_standings import draw_half, stand_years  # noqa: PLC0415

    chance = Chance(seed=basis.seed, draws=basis.draws)
    drawn = [
        draw_half(store.scores.of_run(run), totals, chance)
        for run, totals in zip((whole.first_run, whole.second_run), halves, strict=True)
    ]
    return stand_years(years, drawn[0], drawn[1], rules, chance)
