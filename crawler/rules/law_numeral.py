"""Reads the numbers in which laws are cited: 文号 with their years, and clauses in Chinese numerals."""

import re
from functools import lru_cache

FAMILIES = {"〔": "〔", "﹝": "〔", "〕": "〔", "﹞": "〔", "（": "(", "(": "(", "）": "(", ")": "("}
FAMILIES |= dict.fromkeys("[［【{]］】}", "[")
"""Kinds of brackets; full and half width of one kind may be mixed."""

YEAR = re.compile(r"([〔（(\[［【﹝{])\s*([^〔（(\[［【﹝{〕）)\]］】﹞}]*?)\s*([〕）)\]］】﹞}])")
HOLLOW = re.compile(r"[〔（(\[［【﹝{]\s*[〕）)\]］】﹞}]|令第\s*号|公告第\s*号|[〕）)\]］】﹞}]\s*第?\s*号")
SERIAL = re.compile(r"\s*第?\s*[\d０-９〇○零一二三四五六七八九十百]+\s*号?")
FOUNDING_YEAR = 1949
ORDINAL = re.compile(r"第\s*([〇零○一二两三四五六七八九十百千万\d０-９]*)\s*(条|款|项|章|节)")
NUMERAL = re.compile(
    r"(?:([一二两三四五六七八九])千)?(?:零?([一二两三四五六七八九])百)?(?:零?([一二三四五六七八九])?(十))?零?([一二三四五六七八九])?"
)
POSITIONAL = re.compile(r"[〇零○一二三四五六七八九]{2,4}")
ARTICLE_MAX = 1500  # the Civil Code, China's longest law, has 1,260 articles


@lru_cache(maxsize=65_536)
def number_fault(number: str, year_max: int) -> str:
    """Return what is wrong with a 文号 as a Chinese phrase, ``""`` when nothing is or it has no year in brackets.

    Any kind of bracket is in use (〔2017〕, [2017], （2017）); a pair must match, its year be one in which the People's
    Republic issued documents, and a number must follow.
    """
    if HOLLOW.search(number):
        return "缺年份或序号"
    for match in YEAR.finditer(number):
        opening, year, closing = match.groups()
        if not re.fullmatch(r"[\d０-９]+年?", year):
            continue
        if FAMILIES[opening] != FAMILIES[closing]:
            return "年份的括号不成对"
        fault = year_fault(year.removesuffix("年"), year_max) if SERIAL.match(number, match.end()) else ""
        if fault:
            return fault
    return ""


def year_fault(year: str, year_max: int) -> str:
    """Judge the year of a 文号."""
    if len(year) != 4:
        return "" if len(year) == 2 else "年份不是四位数字"  # two digits were usual before 2000
    if int(year) > year_max:
        return "年份在将来"
    return "年份早于 1949 年" if int(year) < FOUNDING_YEAR else ""


@lru_cache(maxsize=65_536)
def clause_fault(clause: str) -> str:
    """Return what is wrong with a clause number as a Chinese phrase, ``""`` when nothing is."""
    for digits, unit in ORDINAL.findall(clause):
        if not digits:
            return f"“第{unit}”缺序号"
        value = read_numeral(digits)
        if value is None:
            return f"“第{digits}{unit}”不是数字"
        if value == 0 or (unit == "条" and value > ARTICLE_MAX):
            return f"没有“第{digits}{unit}”"
    return ""


@lru_cache(maxsize=4096)
def read_numeral(text: str) -> int | None:
    """Read "38", "三十八", "一百零五", "一千二百六十"; ``None`` for what is no number, such as 二十十."""
    if text.isdigit():
        return int(text)
    match = NUMERAL.fullmatch(text)
    if match is not None and text.strip("零"):
        thousands, hundreds, tens, ten, ones = match.groups()
        return 1000 * worth(thousands) + 100 * worth(hundreds) + (10 * (worth(tens) or 1) if ten else 0) + worth(ones)
    if POSITIONAL.fullmatch(text):
        return int("".join(str(worth(char)) for char in text))
    return None


def worth(char: str | None) -> int:
    """Return the value of one numeral."""
    return "零一二三四五六七八九".find(char.replace("两", "二").replace("〇", "零").replace("○", "零")) if char else 0
