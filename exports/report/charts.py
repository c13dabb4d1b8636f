"""Draws charts as vector graphics: readable without colour, in Chinese, the same wherever they are opened.

Glyphs are written as outlines (``svg.fonttype`` "path"): a chart laid out with this machine's font would shift, or show
boxes, on a machine that lacks it; every figure also stands as text in the table beside its chart.
"""

import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from domain.errors import MachineError
from exports.report.blocks import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CJK_FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Heiti TC",
    "SimHei",
)
INK, SOFT, BLUE, ORANGE, PAPER = "#1c2733", "#b9c4ce", "#0072b2", "#d55e00", "#ffffff"
"""Blue and vermilion of Okabe and Ito's palette: apart for every kind of colour sight, and in grey."""
SHADES = ("#eef2f6", "#ffffff")
DPI = 200
MM_PER_INCH = 25.4
WIDTH_MM = 180.0
"""The width of the text on A4 with the margins that the pages have."""

IDS = re.compile(r'(?P<before>\bid="|xlink:href="#|url\(#)(?P<id>[^")]+)')
DRAWING = Lock()
"""matplotlib's settings belong to the whole process: one chart at a time."""
METADATA = re.compile(r"<metadata>.*?</metadata>", re.DOTALL)


@cache
def chinese_font() -> str:
    """Return a font family with Chinese glyphs; raise ``MachineError`` naming some where there is none."""
    from matplotlib import font_manager  # noqa: PLC0415 - only who draws pays for it

    known = {font.name for font in font_manager.fontManager.ttflist}
    found = next((family for family in CJK_FAMILIES if family in known), None)
    if found is None:
        raise MachineError(f"no font with Chinese glyphs for the charts; install one of: {', '.join(CJK_FAMILIES[:5])}")
    return found


@contextmanager
def drawing_style(name: str) -> Iterator[None]:
    """Set matplotlib up for one chart and leave it as it was."""
    from matplotlib import rc_context  # noqa: PLC0415

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # a font of one weight is no trouble

    style: dict[Any, Any] = {
        "font.family": [chinese_font(), "DejaVu Sans"],
        "font.size": 7.5,
        "axes.edgecolor": SOFT,
        "axes.labelcolor": INK,
        "axes.unicode_minus": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": INK,
        "ytick.color": INK,
        "text.color": INK,
        "svg.fonttype": "path",
        "svg.hashsalt": name,
    }
    with DRAWING, rc_context(style):
        yield


def draw_chart(name: str, title: str, height_mm: float, paint: "Callable[[Figure, Axes], None]") -> Chart:
    """Let ``paint`` fill one pair of axes; return the drawing as SVG, and as PNG for whoever asks."""

    def draw(format: str, **options: Any) -> bytes:  # noqa: ANN401 - matplotlib's own
        from matplotlib.figure import Figure  # noqa: PLC0415

        written = io.BytesIO()
        with drawing_style(name):
            figure = Figure(figsize=(WIDTH_MM / MM_PER_INCH, height_mm / MM_PER_INCH), layout="constrained")
            paint(figure, figure.add_subplot())
            figure.savefig(written, format=format, **options)
        return written.getvalue()

    svg = draw("svg", metadata={"Date": None, "Creator": None}).decode()
    return Chart(
        name=name,
        title=title,
        svg=tidy(svg, name),
        draw_png=lambda: draw("png", dpi=DPI, metadata={"Software": None}),
        width_mm=WIDTH_MM,
        height_mm=height_mm,
    )


def tidy(svg: str, name: str) -> str:
    """Leave the ``svg`` element alone, and make its ids unlike those of the other charts of a page."""
    bare = METADATA.sub("", svg[svg.index("<svg") :])
    return IDS.sub(lambda match: f"{match['before']}{name}-{match['id']}", bare)
