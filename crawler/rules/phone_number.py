"""Reads telephone numbers as offices print them: lists, hotlines, extensions, IVR paths, brackets and whole sentences.

The forms are those of portals.md §5 (phone note); whether a number exists is decided by the ``phonenumbers`` package.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import phonenumbers

DASHES = re.compile(r"[‐‑‒–—―−－﹣ー─━]+")
NOT_A_PHONE = re.compile(
    r"https?://[!-~]+"
    r"|www\.[!-~]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:邮政编码|邮编|微信号?|公众号|QQ群?号?|q群号?)\s*:?\s*[\w-]+"
    r"|\d{1,2}:\d{2}(?:\s*[-~至到]\s*\d{1,2}:\d{2})?"
    r"|(?<![\d-])(?:19|20)\d{2}[年./-]\d{1,2}[月./-]\d{1,2}(?!\d)日?"
    r"|\d{5,}(?=号[楼窗院]?|室|房|元)",
    re.I | re.A,
)
SPACE_BY_MARK = re.compile(r"\s*([-()])\s*")
AREA_BY_SPACE = re.compile(r"(?<!\d)(0\d{2,3}) +(?=[2-8]\d{6,7}(?!\d))")
SPLIT_BY_SPACE = re.compile(r"(?<!\d)(\d{3,4}) (\d{4})(?![\d-])")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
BRACKETED_AREA = re.compile(r"\(((?:\+?86)?-?0?\d{2,4})\)-?")
EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?)[\s:]*(\d+)", re.I)
CANDIDATE = re.compile(r"\+?\d[\d-]*\d")
EMERGENCY = re.compile(r"(?<!\d)1(?:10|19|20|22)(?!\d)")
HOTLINE = re.compile(r"1\d{4}|9[56]\d{3,4}")
COUNTRY = re.compile(r"^(?:\+86|0086|86(?=-?0?\d{10}|-?0?\d{2,3}-))-?")
AREA = re.compile(r"010|02\d|0[3-9]\d{2}")
SHORTEST = 5  # digits: a hotline; anything shorter is a door number or an extension
SENTENCE = 8  # Chinese characters: from here on a text is a sentence, in which six digits may be a postcode


@dataclass(frozen=True, kw_only=True)
class PhoneNumber:
    """One number: ``area`` is "" where none is printed, ``fault`` a Chinese phrase, "" when the number is in order."""

    text: str
    area: str = ""
    subscriber: str = ""
    extension: str = ""
    hotline: bool = False
    fault: str = ""


@lru_cache(maxsize=65_536)
def read_phones(text: str) -> tuple[PhoneNumber, ...]:
    """Return every number in a text, in order; an empty tuple when it holds none."""
    plain = normalise_phone(text)
    tokens = CANDIDATE.findall(plain)
    words = len(CHINESE.findall(plain))
    phones = tuple(parse_phone(token) for token in tokens if len(token.replace("-", "")) >= SHORTEST)
    if words >= SENTENCE:
        phones = tuple(phone for phone in phones if not is_stray(phone))
    emergency = read_emergency(plain)
    if phones or emergency or words:
        return phones or emergency
    return tuple(PhoneNumber(text=token, fault="位数不对") for token in tokens)


def is_stray(phone: PhoneNumber) -> bool:
    """Say whether digits in a sentence are more likely a postcode than a wrong number."""
    return bool(phone.fault) and not phone.text.startswith("0") and len(phone.text) <= 6


def read_emergency(plain: str) -> tuple[PhoneNumber, ...]:
    """Read 110, 119, 120 and 122."""
    return tuple(PhoneNumber(text=found, subscriber=found, hotline=True) for found in EMERGENCY.findall(plain))


def normalise_phone(text: str) -> str:
    """Bring digits, dashes, brackets and extensions to one form and drop what is certainly no telephone."""
    plain = DASHES.sub("-", unicodedata.normalize("NFKC", DASHES.sub("-", text)))
    plain = SPACE_BY_MARK.sub(r"\1", NOT_A_PHONE.sub(" ", plain))
    plain = BRACKETED_AREA.sub(r" \1-", plain)
    plain = AREA_BY_SPACE.sub(r"\1-", plain)
    plain = SPLIT_BY_SPACE.sub(r"\1\2", plain)
    return EXTENSION.sub(r"-\1", plain)


def parse_phone(token: str) -> PhoneNumber:
    """Judge one token of digits and dashes."""
    if "--" in token:
        return PhoneNumber(text=token, fault="连字符重复")
    rest = COUNTRY.sub("", token)
    if rest != token and not rest.startswith("0") and AREA.match(f"0{rest}") and not rest.startswith("1"):
        rest = f"0{rest}"
    if rest.startswith("00"):
        return PhoneNumber(text=token, fault="区号不存在")
    return parse_with_area(token, rest) if rest.startswith("0") else parse_without_area(token, rest)


def parse_with_area(token: str, rest: str) -> PhoneNumber:
    """Judge a number that begins with an area code."""
    area = AREA.match(rest)
    head, dash, tail = rest.partition("-")
    if area is None or (dash and head != area[0] and len(head) < SHORTEST):
        return PhoneNumber(text=token, fault="区号不存在")
    if head != area[0]:
        tail = head[area.end() :] + dash + tail
    subscriber, _, extension = tail.partition("-")
    if HOTLINE.fullmatch(subscriber) or EMERGENCY.fullmatch(subscriber):
        return PhoneNumber(text=token, area=area[0], subscriber=subscriber, extension=extension, hotline=True)
    fault = "" if exists(area[0] + subscriber) else "位数或号段不对"
    return PhoneNumber(text=token, area=area[0], subscriber=subscriber, extension=extension, fault=fault)


def parse_without_area(token: str, rest: str) -> PhoneNumber:
    """Judge a hotline, a mobile number, a 400 number or a local number."""
    head, _, tail = rest.partition("-")
    if HOTLINE.fullmatch(head):
        return PhoneNumber(text=token, subscriber=head, extension=tail, hotline=True)
    if rest.startswith(("400", "800")) and len(rest.replace("-", "")) >= 10:
        digits = rest.replace("-", "")
        return PhoneNumber(text=token, subscriber=digits[:10], extension=digits[10:], hotline=True)
    if len(head) in (7, 8) and head[0] in "2345678":
        return PhoneNumber(text=token, subscriber=head, extension=tail)
    fault = "" if len(head) == 11 and head.startswith("1") and exists(head) else "位数或号段不对"
    return PhoneNumber(text=token, subscriber=head, extension=tail, fault=fault)


@lru_cache(maxsize=65_536)
def exists(number: str) -> bool:
    """Ask the numbering plan whether a national number can exist."""
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "CN"))
    except phonenumbers.NumberParseException:
        return False
