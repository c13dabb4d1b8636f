"""How the bodies are spread over one indicator after the other: every body a stroke, the quartiles a bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING

from exports.report.blocks import Chart
from exports.report.charts import BLUE, INK, draw_chart
from exports.report.spelling import Say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_MM, FRAME_MM = 6.0, 22.0


@dataclass(frozen=True, kw_only=True)
class SpreadRow:
    """The scores of all bodies in one row of the notice, lowest first."""

    label: str
    values: tuple[float, ...]

    @property
    def quartiles(self) -> tuple[float, float, float]:
        """Return the quartiles, as spreadsheets' QUARTILE.INC gives them."""
        if len(self.values) == 1:
            return (self.values[0],) * 3
        low, middle, high = quantiles(self.values, n=4, method="inclusive")
        return low, middle, high


def spread_chart(name: str, title: str, rows: Sequence[SpreadRow], say: Say) -> Chart:
    """Draw one row per indicator; ``rows`` must not be empty."""
    return draw_chart(name, title, FRAME_MM + ROW_MM * len(rows), lambda _, axes: paint_spread(axes, rows, say))


def paint_spread(axes: "Axes", rows: Sequence[SpreadRow], say: Say) -> None:
    """Fill the axes from the top down."""
    for place, row in enumerate(rows):
        low, middle, high = row.quartiles
        axes.barh(place, (high - low) * 100, left=low * 100, height=0.62, color=BLUE, alpha=0.3, linewidth=0)
        axes.plot((middle * 100,) * 2, (place - 0.34, place + 0.34), color=INK, linewidth=1.8)
        strokes = axes.plot(
            [value * 100 for value in row.values], [place] * len(row.values), "|", color=INK, markersize=6
        )
        strokes[0].set_gid(f"mark-{place}")
    axes.set_yticks(range(len(rows)), labels=[row.label for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(-2, 102)
    axes.grid(axis="x", color="#d8dfe6", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(
        say(
            "得分率 %（短竖线：各单位；底色：四分位；粗线：中位数）",
            "score % (strokes: bodies; bar: quartiles; line: median)",
        )
    )
