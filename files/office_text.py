"""Reads the text of documents that are packages of XML parts: docx, pptx, xlsx, OFD."""

import re
import zipfile
from collections.abc import Iterator

from files.contents import Contents, damaged
from files.limits import InspectionLimits
from files.part_reader import PartHandler, attribute, read_part
from files.text_collector import TextCollector
from files.zip_archive import make_budget, opened_archive, stream_part

MEDIA = re.compile(r"(?:^|/)(?:media|embeddings|drawings|charts|Res)/[^/]+\.(?!rels|xml\.rels)", re.IGNORECASE)
WORD_STORIES = re.compile(r"/?word/(?:document|header\d*|footer\d*|footnotes|endnotes)\d*\.xml")
SLIDES = re.compile(r"/?ppt/slides/slide(\d+)\.xml")
SHEETS = re.compile(r"/?xl/worksheets/(?:sheet)?(\d+)\.xml|/?xl/worksheets/[^/]+\.xml")
SHARED_STRINGS = re.compile(r"/?xl/sharedStrings\.xml", re.IGNORECASE)
OFD_PAGES = re.compile(r"/?Doc_\d+/(?:Pages|Tpls)/.+\.xml", re.IGNORECASE)
OFD_DOCUMENT = re.compile(r"/?Doc_\d+/Document\.xml", re.IGNORECASE)


class ParagraphText(PartHandler):
    """Text of WordprocessingML and DrawingML: runs of ``t`` in paragraphs ``p``; tells whether there is more to see."""

    SEEN = frozenset({"tbl", "drawing", "pict", "object", "graphicFrame", "pic", "sp"})

    def __init__(self, out: TextCollector) -> None:
        self._out = out
        self._in_text = False
        self._repeats = 0  # inside mc:Fallback, which says again what mc:Choice said
        self.holds_more = False

    @property
    def satisfied(self) -> bool:
        return self._out.full

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Fallback":
            self._repeats += 1
        elif name in self.SEEN:
            self.holds_more = True
        self._in_text = name == "t" and not self._repeats
        if name in {"tab", "br", "cr"} and not self._repeats:
            self._out.add("\n" if name != "tab" else "\t")

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "Fallback":
            self._repeats -= 1
        elif name == "p":
            self._out.add("\n")

    def data(self, text: str) -> None:
        if self._in_text:
            self._out.add(text)


class SharedStrings(PartHandler):
    """The strings of a workbook, each kept once and named by its place (ECMA-376-1 §18.4)."""

    def __init__(self, characters_max: int) -> None:
        self.strings: list[str] = []
        self._left = characters_max
        self._pieces: list[str] = []
        self._in_text = self._phonetic = False

    @property
    def satisfied(self) -> bool:
        return self._left <= 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._phonetic = self._phonetic or name == "rPh"
        self._in_text = name == "t" and not self._phonetic

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.strings.append("".join(self._pieces))
            self._pieces.clear()

    def data(self, text: str) -> None:
        if self._in_text and self._left > 0:
            self._pieces.append(text[: self._left])
            self._left -= len(text)


class CellText(PartHandler):
    """Values of one sheet's cells, tabs between cells and a line to a row; formulas are left out."""

    def __init__(self, strings: list[str], out: TextCollector) -> None:
        self._strings = strings
        self._out = out
        self._shared = self._in_value = False
        self._pieces: list[str] = []

    @property
    def satisfied(self) -> bool:
        return self._out.full

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._shared = attributes.get("t") == "s"
        self._in_value = name in {"v", "t"}

    def end(self, name: str) -> None:
        self._in_value = False
        if name == "c":
            self._out.add(self.value("".join(self._pieces)) + "\t")
            self._pieces.clear()
        elif name == "row":
            self._out.add("\n")

    def data(self, text: str) -> None:
        if self._in_value and not self._out.full:
            self._pieces.append(text)

    def value(self, stored: str) -> str:
        """Resolve a shared string; a number that names none is shown as nothing."""
        if not self._shared:
            return stored
        place = int(stored) if stored.isdecimal() and len(stored) < 10 else -1
        return self._strings[place] if 0 <= place < len(self._strings) else ""


class PageText(PartHandler):
    """Text of an OFD page: ``TextCode`` elements, a line to each text object (GB/T 33190-2016 §11.3)."""

    def __init__(self, out: TextCollector) -> None:
        self._out = out
        self._in_text = False
        self.holds_more = False

    @property
    def satisfied(self) -> bool:
        return self._out.full

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._in_text = name == "TextCode"
        self.holds_more = self.holds_more or name in {"ImageObject", "PathObject"}

    def end(self, name: str) -> None:
        self._in_text = False
        if name == "TextObject":
            self._out.add("\n")

    def data(self, text: str) -> None:
        if self._in_text:
            self._out.add(text)


class PageCount(PartHandler):
    """Counts the pages that an OFD document lists."""

    def __init__(self) -> None:
        self.pages = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.pages += name == "Page" and attribute(attributes, "BaseLoc") != ""


def read_docx(data: bytes, limits: InspectionLimits) -> Contents:
    """Read a Word document: its text, headers, footers and notes."""
    return read_paragraphs(data, limits, WORD_STORIES, counted=False)


def read_pptx(data: bytes, limits: InspectionLimits) -> Contents:
    """Read a presentation slide by slide."""
    return read_paragraphs(data, limits, SLIDES, counted=True)


def read_paragraphs(data: bytes, limits: InspectionLimits, parts: re.Pattern[str], *, counted: bool) -> Contents:
    """Read every part whose name fits; ``counted`` parts are pages.

    Raises:
        UnopenableError: damaged, or beyond the limits.
    """
    budget, out = make_budget(limits), TextCollector(limits.text_characters_max)
    with opened_archive(data, budget) as archive:
        names = parts_named(archive, parts)
        if not names:
            raise damaged("the package has no main part")
        handler = ParagraphText(out)
        for name in names:
            read_part(stream_part(archive, name, budget), handler)
        more = handler.holds_more or has_media(archive)
    return Contents(text=out.text(), pages=len(names) if counted else None, holds_more=more)


def read_xlsx(data: bytes, limits: InspectionLimits) -> Contents:
    """Read a workbook sheet by sheet, in constant memory wherever its cells stand.

    Raises:
        UnopenableError: damaged, or beyond the limits.
    """
    budget, out = make_budget(limits), TextCollector(limits.text_characters_max)
    with opened_archive(data, budget) as archive:
        sheets = parts_named(archive, SHEETS)
        if not sheets:
            return Contents(note="a workbook whose sheets are no XML")
        strings = SharedStrings(limits.text_characters_max)
        for name in parts_named(archive, SHARED_STRINGS):
            read_part(stream_part(archive, name, budget), strings)
        for name in sheets:
            read_part(stream_part(archive, name, budget), CellText(strings.strings, out))
        return Contents(text=out.text(), pages=len(sheets), holds_more=has_media(archive))


def read_ofd(data: bytes, limits: InspectionLimits) -> Contents:
    """Read an OFD document (GB/T 33190-2016): pages are counted by the document's list, text is read from each.

    Raises:
        UnopenableError: damaged, or beyond the limits.
    """
    budget, out = make_budget(limits), TextCollector(limits.text_characters_max)
    with opened_archive(data, budget) as archive:
        count, pages = PageCount(), PageText(out)
        for name in parts_named(archive, OFD_DOCUMENT):
            read_part(stream_part(archive, name, budget), count)
        for name in parts_named(archive, OFD_PAGES):
            read_part(stream_part(archive, name, budget), pages)
        if not count.pages:
            raise damaged("the package lists no page")
        return Contents(text=out.text(), pages=count.pages, holds_more=pages.holds_more or has_media(archive))


def parts_named(archive: zipfile.ZipFile, pattern: re.Pattern[str]) -> list[str]:
    """Return the names of the parts that fit, in the order of the numbers in them."""
    return sorted(filter(pattern.fullmatch, archive.namelist()), key=lambda name: ([*numbers(name)], name))


def numbers(name: str) -> Iterator[int]:
    """Yield the numbers in a part's name; absurdly long ones count as one another."""
    yield from (int(digits[:9]) for digits in re.findall(r"\d+", name))


def has_media(archive: zipfile.ZipFile) -> bool:
    """Say whether the package holds a picture, chart or embedded file."""
    return any(MEDIA.search(entry.filename) and entry.file_size > 0 for entry in archive.infolist())


def read_word_xml(data: bytes, limits: InspectionLimits) -> Contents:
    """Read Word's single XML file of 2003, which bears the name of a .doc."""
    out = TextCollector(limits.text_characters_max)
    handler = ParagraphText(out)
    read_part([data], handler)
    return Contents(text=out.text(), holds_more=handler.holds_more, note="Word 2003 XML")
