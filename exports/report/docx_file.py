"""Writes a report as an editable document: the same blocks with Word's own headings, tables and page numbers."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from exports.harmless_text import clean
from exports.report.blocks import Align, Block, Cell, Chart, Facts, Grid, Heading, Paragraph, Report, Tone
from exports.report.vector_picture import add_vector_picture

FONT, EAST_FONT = "Arial", "微软雅黑"
PAGE_MM, MARGIN_MM = (210, 297), 15
TEXT_MM = PAGE_MM[0] - 2 * MARGIN_MM
NAME_MM = 42
PADDING = {"w:top": 30, "w:start": 70, "w:bottom": 30, "w:end": 70}
"""Of cells, in twentieths of a point."""
INK, MUTED, LINK = RGBColor(0x1C, 0x27, 0x33), RGBColor(0x55, 0x62, 0x6E), RGBColor(0x0B, 0x4F, 0x94)
TABLE_PT, NOTE_PT = 8.0, 6.5
HEADER_SHADE, LINE = "EEF2F6", "C9D2DA"
ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
}


def write_docx(path: Path, report: Report) -> None:
    """Write the report to ``path``."""
    document = Document()
    set_up(document, report)
    document.add_heading(clean(report.title), level=0)
    document.add_paragraph(clean(report.subtitle), style="Subtitle")
    add_facts(document, report.cover)
    for block in report.blocks:
        add_block(document, block)
    document.save(str(path))


def set_up(document: WordDocument, report: Report) -> None:
    """Set page, fonts, running head and page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE_MM[0]), Mm(PAGE_MM[1])
    section.left_margin = section.right_margin = Mm(MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(20), Mm(17)
    for name, size in (("Normal", 10.0), ("Title", 20.0), ("Subtitle", 12.0), ("Heading 1", 15.0), ("Heading 2", 12.0)):
        set_font(cast(ParagraphStyle, document.styles[name]), size)
    cast(ParagraphStyle, document.styles["Subtitle"]).font.italic = False
    document.core_properties.title = clean(f"{report.title} {report.subtitle}")
    document.core_properties.author = "Yuece"
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    small(head.add_run(clean(report.running_head)))
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_page_number(foot)


def set_font(style: ParagraphStyle, size: float) -> None:
    """Give a style both its western and its Chinese font."""
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):  # the template's theme fonts would win over ours
        if "heme" in name:
            del fonts.attrib[name]
    fonts.set(qn("w:eastAsia"), EAST_FONT)


def small(run: Run, size: float = TABLE_PT) -> None:
    """Make a run small and grey."""
    run.font.size, run.font.color.rgb = Pt(size), MUTED


def add_page_number(paragraph: WordParagraph) -> None:
    """Put Word's own page number and page count into a footer."""
    for before, field in (("", "PAGE"), (" / ", "NUMPAGES")):
        small(paragraph.add_run(before))
        run = paragraph.add_run()
        small(run)
        for kind, text in (("begin", ""), ("", field), ("end", "")):
            part = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                part.set(qn("w:fldCharType"), kind)
            part.text = text or None
            run._r.append(part)


def add_block(document: WordDocument, block: Block) -> None:
    """Write one block."""
    match block:
        case Heading():
            added = document.add_heading(clean(block.text), level=min(block.level, 2))
            added.paragraph_format.page_break_before = block.new_page
        case Paragraph():
            add_paragraph(document, block)
        case Facts():
            add_facts(document, block)
        case Chart():
            add_vector_picture(document, block, Mm(TEXT_MM))
            caption = document.add_paragraph()
            caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
            small(caption.add_run(clean(block.title)), 8.5)
        case Grid():
            add_grid(document, block)


def add_paragraph(document: WordDocument, block: Paragraph) -> None:
    """Write running text; a notice stands in a frame."""
    if block.tone is Tone.NOTICE:
        table = document.add_table(rows=1, cols=1, style="Table Grid")
        fix_layout(table, [Mm(TEXT_MM)])
        shade(table.cell(0, 0), "FDF8E7")
        table.cell(0, 0).paragraphs[0].add_run(clean(block.text))
        document.add_paragraph().paragraph_format.space_after = Pt(0)
        return
    run = document.add_paragraph().add_run(clean(block.text))
    if block.tone is Tone.NOTE:
        small(run, 9)


def add_facts(document: WordDocument, block: Facts) -> None:
    """Write names with values as a table without lines."""
    table = document.add_table(rows=0, cols=2)
    fix_layout(table, [Mm(NAME_MM), Mm(TEXT_MM - NAME_MM)])
    for name, value in block.pairs:
        row = table.add_row().cells
        for cell, text, width in zip(row, (name, value), (NAME_MM, TEXT_MM - NAME_MM), strict=True):
            cell.width = Mm(width)
            run = tight(cell).add_run(clean(text))
            run.font.size = Pt(9)
        row[0].paragraphs[0].runs[0].font.color.rgb = MUTED
    document.add_paragraph()


def add_grid(document: WordDocument, block: Grid) -> None:
    """Write a table whose header row comes again on every page."""
    if not block.rows:
        small(document.add_paragraph().add_run(clean(block.empty)), 9)
        return
    table = document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    widths = [Mm(TEXT_MM * column.share / sum(one.share for one in block.columns)) for column in block.columns]
    fix_layout(table, widths)
    for cell, column, width in zip(table.rows[0].cells, block.columns, widths, strict=True):
        cell.width = width
        shade(cell, HEADER_SHADE)
        paragraph = tight(cell)
        paragraph.alignment = ALIGNMENTS[column.align]
        run = paragraph.add_run(clean(column.title))
        run.bold, run.font.size = True, Pt(TABLE_PT)
    mark_row(table.rows[0], "w:tblHeader")
    for row in block.rows:
        added = table.add_row()
        mark_row(added, "w:cantSplit")
        for target, cell, column, width in zip(added.cells, row, block.columns, widths, strict=True):
            target.width = width
            fill(target, cell, column.align, width)
    document.add_paragraph()


def fix_layout(table: Table, widths: Sequence[Length]) -> None:
    """Set the widths where each program looks for them, pale lines, and a little room in every cell."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    properties = table._tbl.tblPr
    if table.style is not None and table.style.name == "Table Grid":
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "start", "bottom", "end", "insideH", "insideV"):
            borders.append(made(f"w:{side}", val="single", sz="4", space="0", color=LINE))
        properties.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side, room in PADDING.items():
        margins.append(made(side, w=str(room), type="dxa"))
    properties.append(margins)


def made(name: str, **values: str) -> BaseOxmlElement:
    """Make an element of Word's with its attributes."""
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element


def fill(target: _Cell, cell: Cell, align: Align, width: int) -> None:
    """Write one cell: picture, text or link, note."""
    paragraph = tight(target)
    paragraph.alignment = ALIGNMENTS[align]
    if cell.picture is not None:
        paragraph.add_run().add_picture(io.BytesIO(cell.picture.data), width=round(width * 0.88))
    if cell.link:
        add_link(paragraph, clean(cell.text), cell.link)
    elif cell.text:
        run = paragraph.add_run(clean(cell.text))
        run.font.size, run.bold = Pt(TABLE_PT), cell.strong
    if cell.note:
        below = target.add_paragraph()
        below.alignment = ALIGNMENTS[align]
        below.paragraph_format.space_after = Pt(0)
        small(below.add_run(clean(cell.note)), NOTE_PT)


def tight(cell: _Cell) -> WordParagraph:
    """Return a cell's first paragraph without space around it."""
    paragraph: WordParagraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    return paragraph


def mark_row(row: _Row, mark: str) -> None:
    """Set a mark on a table row: repeated as header, or kept on one page."""
    row._tr.get_or_add_trPr().append(OxmlElement(mark))


def shade(cell: _Cell, colour: str) -> None:
    """Give a cell a background."""
    cell._tc.get_or_add_tcPr().append(made("w:shd", val="clear", color="auto", fill=colour))


def add_link(paragraph: WordParagraph, text: str, address: str) -> None:
    """Append a hyperlink, for which python-docx has no door of its own."""
    relation = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(TABLE_PT), LINK
    link.append(run._r)
    paragraph._p.append(link)
