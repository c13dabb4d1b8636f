"""Decides whether two texts say the same to a citizen, so that a way of writing is never taken for a difference."""

import re
import unicodedata
from collections import Counter
from datetime import date

from domain.guide_fields import FieldName
from portals.limits import tidy_limit
from portals.text import plain_text

NOTHING = frozenset({"", "无", "暂无", "没有", "空", "null", "none", "undefined", "无需提交材料", "无线下办理窗口"})
YES_NO = {
    "支持": "是",
    "不支持": "否",
    "1": "是",
    "0": "否",
    "有": "是",
    "收费": "是",
    "不收费": "否",
    "免费": "否",
    "不收取费用": "否",
    "无": "否",
}
MEANT = frozenset("≤≥±%‰")  # signs that change what a number says
NUMBER_POINT = re.compile(r"(?<=\d)\.(?=\d)")
DIGITS = re.compile(r"\d+")
SEPARATORS = re.compile(r"[、，,;；|\n\r]+|(?<![\w.])/|/(?![\w.])")
ELLIPSIS = re.compile(r"(?:…+|\.{3,})$")
DATE = re.compile(r"(\d{4})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})(?!\d)")
LIMIT_FRAME = re.compile(r"^自?(?:受理)?之?日?起?|(?:以内|之内|内)?(?:办结|完成)?$")  # 自受理之日起…内办结
NUMBERED = re.compile(r"^\s*(?:[(（]?\d{1,2}[)）.、．]|[①-⑳])\s*(?=\D)")  # how a list numbers its entries
MONEY = re.compile(r"\d+(?:\.\d+)?\s*元")
UNIT_BEHIND = re.compile(r"(?<=.)\s*\(\w+\)$")  # templates print the unit even behind a limit that is no number
COUNTING = re.compile(r"(?<=\d)次$|级$")

LIMITS = frozenset({FieldName.PROMISE_LIMIT, FieldName.LEGAL_LIMIT})
PHONES = frozenset({FieldName.ENQUIRY_PHONE, FieldName.COMPLAINT_PHONE})
DATES = frozenset({FieldName.PUBLISH_DATE, FieldName.VERSION_DATE})
FLAGS = frozenset(
    {
        FieldName.ONLINE,
        FieldName.BOOKABLE,
        FieldName.IN_HALL,
        FieldName.COURIER,
        FieldName.ONLINE_PAYMENT,
        FieldName.CHARGED,
    }
)
COUNTED = frozenset({FieldName.VISITS, FieldName.ONLINE_DEPTH, FieldName.LEVEL})


def is_nothing(text: str) -> bool:
    """Say whether a text is blank or what templates print for a blank."""
    return core(text) in NOTHING


def core(text: str) -> str:
    """Keep what carries meaning: letters, digits, Chinese characters, a point inside a number, signs of comparison."""
    plain = NUMBER_POINT.sub("点", unicodedata.normalize("NFKC", plain_text(text)).casefold())
    return "".join(sign for sign in plain if sign.isalnum() or sign in MEANT)


def parts(text: str) -> Counter[str]:
    """Return the entries of a list, whatever parts or numbers them and in whatever order."""
    lines = plain_text(text)
    numbered = [entry for entry in re.split(r"[;；|\n\r]+", lines) if entry.strip()]
    if all(NUMBERED.match(entry) for entry in numbered):
        lines = "\n".join(NUMBERED.sub("", entry) for entry in numbered)
    return Counter(filter(None, map(core, SEPARATORS.split(lines))))


def tidy(name: FieldName, text: str) -> str:
    """Bring a field's value to the one form in which both sides are told to the evaluator."""
    plain = " ".join(plain_text(text).split())
    if name in LIMITS:
        limit = LIMIT_FRAME.sub("", unicodedata.normalize("NFKC", plain)) or plain
        return tidy_limit(limit) if DIGITS.search(limit) else UNIT_BEHIND.sub("", limit)
    if name is FieldName.CHARGED and MONEY.search(plain):
        return "是"
    if name in FLAGS:
        return YES_NO.get(plain, plain)
    if name in DATES:
        return tidy_date(plain)
    return plain


def tidy_date(text: str) -> str:
    """Write a date as 2021-06-25; a text without one stays."""
    match = DATE.match(unicodedata.normalize("NFKC", text))
    try:
        return date(*map(int, match.groups())).isoformat() if match else text
    except ValueError:
        return text


def agree(name: FieldName, published: str, shown: str) -> bool:
    """Say whether what is shown says what is published; a text that ends in … is compared as far as it goes."""
    one, other = tidy(name, published), tidy(name, shown)
    if name in COUNTED:
        one, other = COUNTING.sub("", one), COUNTING.sub("", other)
    if ELLIPSIS.search(other):
        return core(one).startswith(core(ELLIPSIS.sub("", other)))
    if core(one) == core(other) or (name not in LIMITS and parts(one) == parts(other)):
        return True
    return name in PHONES and numbers(one) == numbers(other)


def numbers(text: str) -> list[str]:
    """Return the digits of every number in a text, in an order of their own."""
    return sorted(DIGITS.findall(unicodedata.normalize("NFKC", text)))
