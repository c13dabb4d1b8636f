"""Puts a chart into a document as vector graphics, with pixels for programs that cannot draw them.

Word's own form of it: the picture refers to a PNG, and an extension of the same picture to an SVG (``asvg:svgBlip``,
[MS-ODRAWXML] §2.3.1); LibreOffice reads it as well.
"""

import io
from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Length

from exports.report.blocks import Chart

SVG_TYPE = "image/svg+xml"
EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SVG_NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def add_vector_picture(document: WordDocument, chart: Chart, width: Length) -> None:
    """Append the chart at the given width, with its title for readers who cannot see it."""
    paragraph = document.add_paragraph()
    shape = paragraph.add_run().add_picture(io.BytesIO(chart.draw_png()), width=width)
    shape._inline.docPr.set("descr", chart.title)
    uri = PackURI(f"/word/media/{chart.name}.svg")
    part = Part(uri, SVG_TYPE, (XML_HEAD + chart.svg).encode(), document.part.package)
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    blip: Any = shape._inline.find(f".//{qn('a:blip')}")
    blip.append(
        parse_xml(
            f'<a:extLst xmlns:a="{DRAWING}"><a:ext uri="{EXTENSION}"><asvg:svgBlip xmlns:asvg="{SVG_NAMESPACE}" '
            f'xmlns:r="{RELATIONS}" r:embed="{relation}"/></a:ext></a:extLst>'
        )
    )
