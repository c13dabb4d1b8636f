"""Crawled text is hostile until cleaned: no cell may turn into a formula, break a file or lose its tail silently.

Three rules, applied to text cells only (numbers are written as numbers, so ``-1.5`` stays ``-1.5``):

1. Everywhere: line breaks become ``\\n``; characters that XML forbids are removed; lone surrogates become U+FFFD.
2. CSV: a text that begins with ``= + - @``, their full-width twins, a tab, a line break or an apostrophe gets one
   apostrophe in front. Readers undo it by dropping one leading apostrophe wherever there is one: exact both ways.
3. XLSX: cells are typed, so nothing is put in front; text over Excel's 32,767 UTF-16 units is cut and marked.
"""

import re

XML_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
APOSTROPHE = "'"
CELL_UNITS_MAX = 32_767
"""Excel's longest cell, in UTF-16 units (specifications and limits of Excel)."""
CUT_MARK = "…〔截断 cut〕"


def clean(text: str) -> str:
    """Remove what no file format can carry (rule 1)."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return LONE_SURROGATE.sub("\ufffd", XML_FORBIDDEN.sub("", plain))


def guard(text: str) -> str:
    """Make a text harmless for programs that read CSV as formulas (rule 2)."""
    return APOSTROPHE + text if text.startswith((*FORMULA_STARTS, APOSTROPHE)) else text


def unguard(text: str) -> str:
    """Undo ``guard``."""
    return text.removeprefix(APOSTROPHE)


def cut(text: str, limit: int = CELL_UNITS_MAX) -> str:
    """Shorten a text to what an Excel cell holds and say so at its end (rule 3)."""
    if len(text) * 2 <= limit or utf16_units(text) <= limit:
        return text
    room = (limit - utf16_units(CUT_MARK)) * 2
    # A cut through a surrogate pair leaves half a character, which "ignore" drops.
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT_MARK


def utf16_units(text: str) -> int:
    """Count a text as Excel does."""
    return len(text) + sum(character > "\uffff" for character in text)
