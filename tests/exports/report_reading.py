"""Reads written reports as strangers do: tables, facts and drawings of a page, entries of an outline."""

import re
from pathlib import Path

from lxml import etree, html

SVG = "{http://www.w3.org/2000/svg}"


def parse(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_text(encoding="utf-8"))


def table(page: html.HtmlElement, name: str) -> list[list[str]]:
    """A table's cells without the small print."""
    (found,) = page.xpath(f'//table[@id="{name}"]')
    return [
        ["".join(cell.xpath("./a//text() | ./span//text()")).strip() for cell in row.xpath("./td")]
        for row in found.xpath("./tbody/tr")
    ]


def number(text: str) -> float | None:
    if text == "—":
        return None
    return float(text.rstrip("%").replace(",", "")) / (100 if text.endswith("%") else 1)


def facts(page: html.HtmlElement) -> dict[str, str]:
    names, values = page.xpath("//dt"), page.xpath("//dd")
    return {name.text_content(): value.text_content() for name, value in zip(names, values, strict=True)}


def charts(page_path: Path) -> dict[str, etree._Element]:
    text = page_path.read_text(encoding="utf-8")
    found = re.findall(r'<figure id="chart-([^"]+)".*?(<svg.*?</svg>)', text, re.DOTALL)
    return {name: etree.fromstring(svg.encode()) for name, svg in found}  # a drawing that is no XML raises


def marks(svg: etree._Element) -> list[str]:
    return [one.get("id").partition("mark-")[2] for one in svg.iter(f"{SVG}g") if "mark-" in (one.get("id") or "")]


def walk(outline: list[object]) -> list[object]:
    found: list[object] = []
    for entry in outline:
        found += walk(entry) if isinstance(entry, list) else [entry]
    return found
