"""Scores and totals of invented bodies, for tests of what is made of scores."""

from decimal import Decimal

from domain.score import Score, ScoreState, UnitTotal
from domain.spread import SampledShare, Spread, SpreadTerm
from domain.total import ReadingTotal, TotalKind, TotalList


def sampled(confirmed: int, taken: int, population: int, *, enough: bool = True) -> SampledShare:
    return SampledShare(name="consistency", confirmed=confirmed, sampled=taken, population=population, enough=enough)


def times_k(value: float, factor: SampledShare) -> Spread:
    return Spread(terms=(SpreadTerm(name="declared", weight=1.0, value=value),), factors=(factor,))


def mean_spread(*blocks: float, sizes: tuple[float, ...] = ()) -> Spread:
    value = SpreadTerm(name="blocks", weight=1.0, value=0.0, blocks=blocks, sizes=sizes).recomputed
    return Spread(terms=(SpreadTerm(name="blocks", weight=1.0, value=value, blocks=blocks, sizes=sizes),))


def scored(
    unit: str, row: int, value: float | None, *, weight: float = 2.0, spread: Spread | None = None, version: int = 1
) -> Score:
    return Score(
        run="r",
        period="2021H1",
        unit=unit,
        table="C" if unit.startswith("county") else "D",
        row=row,
        indicator=f"indicator-{row}",
        version=version,
        title=f"指标 {row}",
        weight=weight,
        weight_entered=0.0 if value is None else weight,
        state=ScoreState.INSUFFICIENT if value is None else ScoreState.SCORED,
        value=value,
        points=None if value is None else weight * value,
        numerator=None,
        denominator=None,
        coverage=1.0,
        minimum_coverage=0.8,
        spread=spread or Spread(),
    )


def totalled(unit: str, value: float, in_list: TotalList = TotalList.A) -> UnitTotal:
    published = Decimal(f"{value:.2f}")
    readings = tuple(
        ReadingTotal(
            reading=reading,
            kind=TotalKind.PARTIAL,
            base=value,
            value=value,
            published=published,
            weight_scored=40,
            weight_applicable=40,
            applicable_points=Decimal(90),
            in_list=in_list,
        )
        for reading in ("narrow", "wide")
    )
    return UnitTotal(
        run="r",
        period="2021H1",
        unit=unit,
        table="C" if unit.startswith("county") else "D",
        value=value,
        published=published,
        weight_scored=40,
        weight_applicable=40,
        in_list=in_list,
        readings=readings,
    )
