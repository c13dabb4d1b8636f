"""One body's place in a ranking, with what chance may have had to do with it (methodology.md §7)."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from domain.frozen import Frozen

Place = Annotated[int, Field(ge=1)]
Probability = Annotated[float, Field(ge=0, le=1)]


class Standing(Frozen):
    """The place of a body among those of its table and list; a body without a total has none.

    ``rank`` follows the published total (1, 2, 2, 4). Members of one ``band`` (并列档) cannot be told apart with the
    certainty that the settings ask for: whoever prints the rank prints the interval or the band beside it.
    """

    run: str
    period: str  # 2021H1, or 2021 for a year
    unit: str
    table: str  # D or C
    in_list: str  # A: at least 85 applicable points; B: fewer; "" where the ranking is not divided
    reading: str  # narrow or wide (methodology.md §3.3)
    kind: str  # partial (用户视角部分得分) or full (总分)
    total: float  # two decimals, as published
    interval: tuple[float, float] | None  # of the total, at ``level``; ``None``: nothing in it was drawn by chance
    rank: Place
    rank_low: Place  # best place of the interval
    rank_high: Place  # worst place of the interval
    above_next: Probability | None  # P(this body > the next one), a tie counts half; ``None`` for the last
    p_top3: Probability  # P(place ≤ 3)
    band: Place  # counts from 1
    level: Probability = 0.9  # of both intervals
    draws: Annotated[int, Field(ge=0)] = 0  # totals that were drawn
    seed: int = 0

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.rank_low > self.rank_high:
            raise ValueError(f"places {self.rank_low} to {self.rank_high} are no interval")
        if self.interval is not None and self.interval[0] > self.interval[1]:
            raise ValueError(f"totals {self.interval[0]} to {self.interval[1]} are no interval")
        return self
