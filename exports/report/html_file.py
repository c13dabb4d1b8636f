"""Writes a report as one HTML page that asks nobody for anything: styles, drawings and pictures are inside it."""

import base64
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from exports.report.blocks import Block, Chart, Facts, Grid, Heading, Paragraph, Picture, Report
from exports.report.spelling import speak

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
KINDS: dict[type[Block], str] = {
    Heading: "heading",
    Paragraph: "paragraph",
    Facts: "facts",
    Grid: "grid",
    Chart: "chart",
}


def embed(picture: Picture) -> str:
    """Return a picture as an address that holds its own bytes."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"


def drawing(chart: Chart) -> Markup:
    """Return a chart's drawing as it is; it was made by us and holds no foreign markup."""
    return Markup(chart.svg)


def render_html(report: Report) -> str:
    """Return the page."""
    template = TEMPLATES.get_template("report.html")
    kind_of = lambda block: KINDS[type(block)]  # noqa: E731 - a template's function
    return template.render(report=report, kind_of=kind_of, embed=embed, drawing=drawing, say=speak(report.language))
