"""What a report is made of, apart from any file format: HTML, PDF and DOCX write the same blocks and no more."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from exports.language import Language


class Align(StrEnum):
    """How a column's cells stand."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


class Tone(StrEnum):
    """How a paragraph speaks."""

    PLAIN = "plain"
    NOTE = "note"  # small: how to read what stands above
    NOTICE = "notice"  # framed: what nobody may overlook


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A small picture, ready to be embedded; sizes in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a grid; ``note`` stands smaller below the text, ``link`` is a web address or "" for none."""

    text: str = ""
    note: str = ""
    link: str = ""
    picture: Picture | None = None
    strong: bool = False


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column; ``share`` is its part of the page's width in percent."""

    title: str
    share: float
    align: Align = Align.LEFT


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of level 1 or 2."""

    text: str
    level: int = 1
    new_page: bool = False


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text."""

    text: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Names with values, two columns without lines."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table whose header row is repeated on every page; ``name`` finds it again in the written file."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = ""  # what stands instead of a table without rows


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawing as vector graphics, and as pixels for the formats that ask for them; sizes in millimetres."""

    name: str
    title: str
    svg: str
    draw_png: Callable[[], bytes]
    width_mm: float
    height_mm: float


Block = Heading | Paragraph | Facts | Grid | Chart


@dataclass(frozen=True, kw_only=True)
class Report:
    """A whole report; ``running_head`` stands at the top of every printed page."""

    name: str  # of the file, without its ending
    title: str
    subtitle: str
    running_head: str
    language: Language
    cover: Facts
    blocks: tuple[Block, ...]

    def grids(self) -> Iterator[Grid]:
        """Yield every table in order."""
        return (block for block in self.blocks if isinstance(block, Grid))


def cells(*texts: str) -> tuple[Cell, ...]:
    """Make a row of plain cells."""
    return tuple(Cell(text=text) for text in texts)
