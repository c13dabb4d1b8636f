"""The ranking as a picture: every body's total with its interval, the bands that cannot be told apart shaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from exports.report.blocks import Chart
from exports.report.charts import BLUE, INK, SHADES, draw_chart
from exports.report.spelling import Say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROW_MM, FRAME_MM = 5.0, 22.0


@dataclass(frozen=True, kw_only=True)
class RankedBody:
    """One body of a ranking, best first."""

    unit: str
    name: str
    total: float
    interval: tuple[float, float] | None
    rank: int
    band: int


def ranking_chart(name: str, title: str, bodies: Sequence[RankedBody], say: Say) -> Chart:
    """Draw totals as dots with interval lines; ``bodies`` must not be empty."""
    return draw_chart(name, title, FRAME_MM + ROW_MM * len(bodies), lambda _, axes: paint_ranking(axes, bodies, say))


def paint_ranking(axes: "Axes", bodies: Sequence[RankedBody], say: Say) -> None:
    """Fill the axes from the top down."""
    shade_bands(axes, bodies)
    for place, body in enumerate(bodies):
        if body.interval is not None:
            axes.plot(body.interval, (place, place), color=BLUE, linewidth=2.2, solid_capstyle="butt", alpha=0.55)
        (dot,) = axes.plot([body.total], [place], "o", color=INK, markersize=4)
        dot.set_gid(f"mark-{body.unit}")
    labels = [f"{body.rank}  {body.name}" for body in bodies]
    axes.set_yticks(range(len(bodies)), labels=labels)
    axes.set_ylim(len(bodies) - 0.4, -0.6)
    axes.grid(axis="x", color="#d8dfe6", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(
        say(
            "得分（点）与 90% 区间（横线）；底纹相同的相邻单位为同一并列档",
            "total (dot), 90 % interval (line); shading = band",
        )
    )
    for place, body in enumerate(bodies):
        axes.annotate(
            f"{body.total:.2f}",
            (1, place),
            xycoords=("axes fraction", "data"),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            fontsize=7,
        )


def shade_bands(axes: "Axes", bodies: Sequence[RankedBody]) -> None:
    """Lay alternating shades under the bands."""
    place = 0
    for number, (_, members) in enumerate(groupby(bodies, key=lambda body: body.band)):
        count = len(list(members))
        axes.axhspan(place - 0.5, place + count - 0.5, color=SHADES[number % 2], linewidth=0)
        place += count
