"""Finds labels and values in the text of a guide's print, whose layout is not known beyond its order (portals.md §1.6).

A value runs from its label to the next label or heading at the beginning of a line or behind a space.
"""

import re
from collections.abc import Iterator, Sequence

from domain.frozen import Frozen
from domain.guide_fields import FieldName
from files.guide_print import PrintedLine
from portals.citizen import ShownFact
from portals.labels import FIELDS_BY_PRINTED_LABEL, SECTIONS, UNREAD_LABELS
from probes.face_text import agree, core

LABELS = sorted({*FIELDS_BY_PRINTED_LABEL, *UNREAD_LABELS, *SECTIONS}, key=len, reverse=True)
LABEL = re.compile(rf"(?:^|(?<=\s))(?P<label>{'|'.join(map(re.escape, LABELS))})(?:\s*[:：]|(?=\s)|$)")
HEADING = re.compile(rf"[【\[]?(?:[一二三四五六七八九十]+、)?(?:{'|'.join(map(re.escape, SECTIONS))})[】\]]?")
TABLES = frozenset({FieldName.MATERIALS, FieldName.LEGAL_BASIS})  # how a print lays these out is not known
READ_LABELS = frozenset(label for label, name in FIELDS_BY_PRINTED_LABEL.items() if name not in TABLES)
LONG = 12  # meaningful characters from which on a text that stands anywhere in the print counts as printed


class PrintedFact(Frozen):
    """One label with the pieces of text behind it; ``lines`` are the numbers of the lines that hold them."""

    label: str
    pieces: tuple[str, ...]
    lines: tuple[int, ...]


def find_facts(lines: Sequence[PrintedLine]) -> tuple[PrintedFact, ...]:
    """Return every known label with its text."""
    return tuple(gather(list(cut_pieces(lines))))


def cut_pieces(lines: Sequence[PrintedLine]) -> Iterator[tuple[int, str, bool]]:
    """Yield (line, text, is a label): each line is cut at the labels in it; a heading is a label of nothing."""
    for number, line in enumerate(lines):
        text = line.text.strip()
        if HEADING.fullmatch(text):
            bare = text.strip("【】[]")
            yield number, bare if bare in READ_LABELS else "", True
            continue
        end = 0
        for match in LABEL.finditer(text):
            yield number, text[end : match.start()].strip(), False
            yield number, match["label"], True
            end = match.end()
        yield number, text[end:].strip(), False


def gather(pieces: list[tuple[int, str, bool]]) -> Iterator[PrintedFact]:
    """Put the pieces behind a label together; a label with nothing behind it may belong to a table and says nothing."""
    label, texts, numbers = "", list[str](), list[int]()
    for number, text, is_label in [*pieces, (0, "", True)]:
        if not is_label:
            if text:
                texts.append(text)
                numbers.append(number)
            continue
        if label in READ_LABELS and texts:
            yield PrintedFact(label=label, pieces=tuple(texts), lines=tuple(dict.fromkeys(numbers)))
        label, texts, numbers = text, [], []


def as_shown(facts: Sequence[PrintedFact]) -> tuple[ShownFact, ...]:
    """Return the facts as a page would show them; a place is the fact's own number."""
    return tuple(
        ShownFact(label=fact.label, text="\n".join(fact.pieces), place=str(number)) for number, fact in enumerate(facts)
    )


class PrintAgreement:
    """Agreement on a print: what follows the value unlabelled is no part of it; a long text may hold labels."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        self._whole = core("".join(line.text for line in lines))

    def __call__(self, name: FieldName, published: str, shown: str) -> bool:
        pieces = shown.split("\n")
        if any(agree(name, published, "".join(pieces[:end])) for end in range(1, len(pieces) + 1)):
            return True
        text = core(published)
        return len(text) >= LONG and text in self._whole
