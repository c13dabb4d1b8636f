"""Which rule is broken where: rules down, bodies across, darker where more of a body's guides are at fault."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.report.blocks import Chart
from exports.report.charts import INK, draw_chart
from exports.report.spelling import Say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW_MM, FRAME_MM = 4.0, 50.0
FAINT = 0.12
"""How far above white the scale begins, so that one fault in a hundred guides is still seen."""
DARK = 0.55
"""From this depth of the scale a number is written in white."""


@dataclass(frozen=True, kw_only=True)
class FaultMap:
    """``faults[rule][unit]`` counts guides at fault; ``guides`` those that were judged, 0 where nothing was seen."""

    rules: Sequence[tuple[str, str]]  # id and title
    units: Sequence[tuple[str, str]]  # id and name
    faults: Mapping[str, Mapping[str, int]]
    guides: Mapping[str, int]


def heat_map(name: str, title: str, found: FaultMap, peak: float, say: Say) -> Chart:
    """Draw one page of rules; ``peak`` is the share at which the scale ends, the same on all pages."""
    height = FRAME_MM + ROW_MM * len(found.rules)
    return draw_chart(name, title, height, lambda figure, axes: paint_map(figure, axes, found, peak, say))


def paint_map(figure: "Figure", axes: "Axes", found: FaultMap, peak: float, say: Say) -> None:
    """Fill the axes; the scale runs evenly from light to dark, so that it survives a grey print."""
    import numpy as np  # noqa: PLC0415
    from matplotlib import colormaps  # noqa: PLC0415

    shares = np.array([[share_of(found, rule, unit) for unit, _ in found.units] for rule, _ in found.rules])
    scale = colormaps["Blues"].with_extremes(bad="#ffffff")
    edges = (np.arange(len(found.units) + 1) - 0.5, np.arange(len(found.rules) + 1) - 0.5)
    masked = np.ma.masked_less_equal(shares, 0)
    mesh = axes.pcolormesh(
        *edges, masked, cmap=scale, vmin=-FAINT * peak, vmax=peak, edgecolors="#e3e8ed", linewidth=0.3
    )
    mesh.set_gid("cells")
    for place, (unit, _) in enumerate(found.units):
        if not found.guides.get(unit):
            axes.axvspan(place - 0.5, place + 0.5, facecolor="none", edgecolor="#9aa5b0", hatch="////", linewidth=0)
    write_counts(axes, found, peak)
    axes.set_yticks(range(len(found.rules)), labels=[title for _, title in found.rules], fontsize=6)
    axes.set_xticks(range(len(found.units)), labels=[name for _, name in found.units], rotation=90, fontsize=6)
    axes.xaxis.tick_top()
    for label, (unit, _) in zip(axes.get_xticklabels(), found.units, strict=True):
        label.set_gid(f"mark-{unit}")
    axes.tick_params(length=0)
    axes.set_ylim(len(found.rules) - 0.5, -0.5)
    bar = figure.colorbar(mesh, ax=axes, orientation="horizontal", fraction=0.02, pad=0.01, aspect=60)
    bar.set_label(
        say(
            "有此问题的办事指南所占比例；格内为问题数；斜纹：没有读到该单位的指南",
            "share of guides at fault; number: faults; hatched: nothing read",
        )
    )
    bar.ax.set_xlim(0, peak)
    if bar.solids is not None:  # vector graphics to the last cell
        bar.solids.set_rasterized(False)
        bar.solids.set_edgecolor("face")
    bar.ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")


def share_of(found: FaultMap, rule: str, unit: str) -> float:
    """Return guides at fault over guides judged, 0 where none was."""
    guides = found.guides.get(unit, 0)
    return found.faults.get(rule, {}).get(unit, 0) / guides if guides else 0.0


def write_counts(axes: "Axes", found: FaultMap, peak: float) -> None:
    """Write the number of faults into every cell that has any."""
    for row, (rule, _) in enumerate(found.rules):
        for column, (unit, _) in enumerate(found.units):
            count = found.faults.get(rule, {}).get(unit, 0)
            if count:
                dark = share_of(found, rule, unit) / peak > DARK
                shown = str(count) if count < 1000 else f"{count / 1000:.0f}k"
                axes.text(column, row, shown, ha="center", va="center", fontsize=4.5, color="#ffffff" if dark else INK)
