"""How totals moved from period to period: a line for one body, one row of dots each for many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.report.blocks import Chart
from exports.report.charts import BLUE, INK, ORANGE, PAPER, SOFT, draw_chart
from exports.report.spelling import Say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TREND_MM = 62.0
ROW_MM, FRAME_MM = 5.0, 26.0


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One body's totals by period; ``comparable`` says whether the last two may be subtracted."""

    unit: str
    name: str
    totals: Mapping[str, float]
    comparable: bool


def trend_chart(name: str, title: str, body: Moved, intervals: Mapping[str, tuple[float, float]], say: Say) -> Chart:
    """Draw one body's totals over the periods; the line is broken where two must not be compared."""
    return draw_chart(name, title, TREND_MM, lambda _, axes: paint_trend(axes, body, intervals, say))


def paint_trend(axes: "Axes", body: Moved, intervals: Mapping[str, tuple[float, float]], say: Say) -> None:
    """Fill the axes from the oldest period to the newest."""
    periods = list(body.totals)
    for place, period in enumerate(periods):
        if period in intervals:
            axes.plot((place, place), intervals[period], color=BLUE, linewidth=5, alpha=0.4, solid_capstyle="butt")
        (dot,) = axes.plot([place], [body.totals[period]], "o", color=INK, markersize=5)
        dot.set_gid(f"mark-{period}")
        axes.annotate(
            f"{body.totals[period]:.2f}",
            (place, body.totals[period]),
            xytext=(0, 6),
            textcoords="offset points",
            ha="center",
        )
    axes.plot(range(len(periods)), list(body.totals.values()), "-" if body.comparable else ":", color=INK, linewidth=1)
    axes.set_xticks(range(len(periods)), labels=periods)
    axes.set_xlim(-0.5, len(periods) - 0.5)
    axes.grid(axis="y", color="#d8dfe6", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.margins(y=0.25)
    broken = "" if body.comparable else say("；虚线：两期不可直接比较", "; dotted: not comparable")
    axes.set_xlabel(say("得分（点）与 90% 区间（粗线）", "total (dot), 90 % interval (thick line)") + broken)


def change_chart(name: str, title: str, bodies: Sequence[Moved], say: Say) -> Chart:
    """Draw the last two totals of many bodies, one row each."""
    return draw_chart(name, title, FRAME_MM + ROW_MM * len(bodies), lambda _, axes: paint_changes(axes, bodies, say))


def paint_changes(axes: "Axes", bodies: Sequence[Moved], say: Say) -> None:
    """Fill the axes from the top down: hollow dot before, filled dot now, a triangle for the direction."""
    for place, body in enumerate(bodies):
        *_, before, now = (None, *body.totals.values())
        if before is not None:
            style = "-" if body.comparable else ":"
            axes.plot((before, now), (place, place), style, color=ORANGE if now < before else BLUE, linewidth=1.6)
            axes.plot([before], [place], "o", markerfacecolor=PAPER, markeredgecolor=INK, markersize=4)
        marker = "o" if before is None or now == before else ">" if now > before else "<"
        (dot,) = axes.plot([now], [place], marker, color=INK, markersize=4.5)
        dot.set_gid(f"mark-{body.unit}")
    axes.set_yticks(range(len(bodies)), labels=[body.name for body in bodies])
    axes.set_ylim(len(bodies) - 0.4, -0.6)
    axes.grid(axis="both", color=SOFT, linewidth=0.4)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(
        say(
            "空心点：上一期；▷ 升、◁ 降、圆点不变：本期；虚线：两期不可直接比较",
            "hollow: last period; triangle: this one, pointing the way; dotted: not comparable",
        )
    )
