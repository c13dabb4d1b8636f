"""Reads figures out of what a service desk says: telephones, time limits, counts of visits, amounts of money."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

import cn2an
import phonenumbers

NUMERAL = re.compile(
    r"[零〇一二两三四五六七八九十百千]+"
    r"(?=\s*(?:个?工作日|个?自然日|个?日历日|天|日|个月|小时|周|次|趟|回|元|块))"
)
LIMIT = re.compile(r"(\d+(?:\.\d+)?)\s*[(（]?\s*个?\s*(工作日|自然日|日历日|小时|天|日(?!期)|个?月|周)")
LIMIT_UNITS = {"工作日": "working", "自然日": "calendar", "日历日": "calendar", "天": "day", "日": "day"}
DATE = re.compile(r"\d{2,4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|\d{1,2}月\d{1,2}[日号]")
AT_ONCE = re.compile(r"当场|即时|即办|立等可取|马上办")
VISITS = re.compile(r"(\d+)\s*[次趟回](?!数)|次数\s*[为是:]?\s*(\d+)")
NO_VISIT = re.compile(
    r"(?:不用|无需|不需要?|不必|免)(?:到|去)?(?:现场|跑|大厅|窗口)"
    r"|零跑动|一次都?不(?:用|必|需)|全程网(?:上|络)?办(?!.*\d)"
)
MONEY = re.compile(r"(\d+(?:\.\d+)?)\s*(?:元|块|人民币)")
FREE = re.compile(
    r"不(?:需要?|用|必)?(?:收费|收取|缴费|交费|花钱|交钱|要钱)|免费|免收"
    r"|无需(?:缴|交|付|支付|收)|零收费|收费[:：]否|无收费"
)
CHARGED = re.compile(r"(?<!是否)(?<![不免无零])(?:收费|缴费|交费|收取|缴纳)(?!吗|问题|情况|依据|标准[请详见])|工本费")
PHONE = re.compile(
    r"(?<![\w.])(?:\+?86[- ]?)?(?:\(?0\d{2,3}\)?[- ]?)?[1-9]\d{6,7}(?![\w.]|[-/]\d)|(?<![\w.])1[3-9]\d{9}(?!\w)", re.A
)
HOME_AREA = "0662"  # Yangjiang: a number printed without an area code is one of the city
SUBSCRIBER_MIN = 7  # digits; shorter ones are hotlines such as 12345, which any answer may name


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """Bring a text to half width and Chinese numerals before a unit to digits: 五个工作日 → 5个工作日."""
    flat = unicodedata.normalize("NFKC", text)
    return NUMERAL.sub(lambda match: read_numeral(match[0]), flat)


def read_numeral(text: str) -> str:
    """Return a Chinese numeral as digits; the text itself when it is none."""
    try:
        return f"{cn2an.cn2an(text, 'smart'):g}"
    except ValueError:
        return text


def read_phones(text: str) -> frozenset[str]:
    """Return the telephone numbers of a text that can exist, as digits with the area code (portals.md §5, phones)."""
    found = (re.sub(r"\D", "", match[0]) for match in PHONE.finditer(plain_text(text)))
    return frozenset(number for digits in found if (number := with_area(digits)))


def with_area(digits: str) -> str:
    """Complete a number by the city's area code; ``""`` when the numbering plan has no such number."""
    national = digits.removeprefix("86") if len(digits) > 11 else digits
    full = HOME_AREA + national if len(national) in (SUBSCRIBER_MIN, SUBSCRIBER_MIN + 1) else national
    try:
        valid = phonenumbers.is_valid_number(phonenumbers.parse(full, "CN"))
    except phonenumbers.NumberParseException:
        valid = False
    return full if valid else ""


def read_limits(text: str) -> frozenset[tuple[Decimal, str]]:
    """Return the time limits of a text as (amount, unit); unit working, calendar, day (unsaid which) or the word."""
    plain = DATE.sub(" ", plain_text(text))
    found = {
        (Decimal(amount).normalize(), LIMIT_UNITS.get(unit, unit.removeprefix("个")))
        for amount, unit in LIMIT.findall(plain)
    }
    return frozenset(found or ({(Decimal(0), "day")} if AT_ONCE.search(plain) else ()))  # 即办件 may still take days


def same_limit(one: tuple[Decimal, str], other: tuple[Decimal, str]) -> bool:
    """Say whether two limits agree; a day of unsaid kind agrees with either kind, zero days with any."""
    if one[0] != other[0]:
        return False
    days = {"working", "calendar", "day"}
    return one[0] == 0 or one[1] == other[1] or ("day" in (one[1], other[1]) and {one[1], other[1]} <= days)


def read_visits(text: str) -> frozenset[int]:
    """Return the numbers of visits that a text names; 0 where it says that none is needed."""
    plain = plain_text(text)
    counts = {int(before or after) for before, after in VISITS.findall(plain)}
    return frozenset(counts | ({0} if NO_VISIT.search(plain) else set()))


def read_money(text: str) -> frozenset[Decimal]:
    """Return the amounts of yuan in a text."""
    return frozenset(Decimal(amount).normalize() for amount in MONEY.findall(plain_text(text)))


def says_free(text: str) -> bool:
    """Say whether a text says that nothing is charged."""
    return FREE.search(plain_text(text)) is not None


def says_charged(text: str) -> bool:
    """Say whether a text says that something is charged."""
    rest = FREE.sub("", plain_text(text))
    return CHARGED.search(rest) is not None or bool(read_money(rest))
