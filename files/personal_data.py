"""Finds what looks like a real person's number in a text, and accuses no sample, code or office telephone of it."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime

import phonenumbers
from stdnum import luhn, numdb
from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from domain.file_report import PersonalDatum
from files.harmless_samples import is_harmless

TEXT_CHARACTERS_MAX = 2_000_000  # of a text that is longer, only its beginning is searched
AGE_YEARS_MAX = 120
NUMBERS_SINCE = 1984  # the first identity cards were issued in this year, with the region codes of the time
ADDRESS = re.compile(r"(?:https?|ftp)://[\x21-\x7e]+", re.IGNORECASE)  # long numbers in addresses are identifiers
NUMBER_START, NUMBER_END = r"(?<![0-9A-Za-z.*_/=])(?<!\d[ |-])", r"(?![0-9A-Za-z*_]|[-.|]\d| \d)"
# A form prints one digit to a box; the boxes come out as single spaces or bars.
SPACED_OR_WHOLE = r"\d{16}|\d{5} \d{8} \d{3}|(?: \d){16} |(?:\|\d){16}\|"
IDENTITY = re.compile(rf"{NUMBER_START}[1-8](?:{SPACED_OR_WHOLE})[\dXx]{NUMBER_END}")
MOBILE = re.compile(rf"{NUMBER_START}(?:\+?86[ -]?)?(1[3-9]\d([ -]?)\d{{4}}\2\d{{4}}){NUMBER_END}")
CARD = re.compile(rf"{NUMBER_START}[3-69]\d{{3}}(?:\d{{12,15}}|(?: \d{{4}}){{3}}(?: \d{{1,3}})?){NUMBER_END}")
UNIONPAY = re.compile(r"62\d{14,17}|9558\d{15}")  # ISO/IEC 7812 prefixes of cards issued in China
FOREIGN_CARD = re.compile(
    r"(?:4\d{3}|5[1-5]\d{2}|35[2-8]\d)\d{12}"
)  # only beside a word: codes of Guangdong begin with 44
CARD_WORD = re.compile(r"卡号|[银信借][行用记]卡|card", re.IGNORECASE)
CARD_WORD_DISTANCE = 16  # characters before the number


def find_personal_data(text: str, *, today: date | None = None) -> tuple[PersonalDatum, ...]:
    """Return each identity number, mobile number and bank card in a text once, masked, in order of appearance.

    An identity number counts when its check character (GB 11643) fits and it holds a day of birth that a living person
    may have (before ``today``) and a region that existed; a mobile number when the numbering plan has it; a card when
    it passes the Luhn check (ISO/IEC 7812) behind a known prefix. Numbers that everyone prints as samples do not count.
    The result says what looks real, not whose it is: an official's own mobile number is found as well.
    """
    clean = ADDRESS.sub(" ", unicodedata.normalize("NFKC", text[:TEXT_CHARACTERS_MAX]))
    found = sorted(numbers_in(clean, today or datetime.now(UTC).date()))
    unique = dict.fromkeys((kind, number) for _, kind, number in found)
    return tuple(PersonalDatum(kind=kind, masked=mask(kind, number)) for kind, number in unique)


def numbers_in(text: str, today: date) -> Iterator[tuple[int, str, str]]:
    """Yield (place, kind, number without separators) of every number that looks real."""
    for match in IDENTITY.finditer(text):
        number = re.sub(r"[ |]", "", match[0]).upper()
        if is_identity_number(number, today) and not is_harmless(number):
            yield match.start(), "identity_number", number
    for match in MOBILE.finditer(text):
        number = re.sub(r"[ -]", "", match[1])
        if is_mobile_number(number) and not is_harmless(number):
            yield match.start(), "mobile_number", number
    for match in CARD.finditer(text):
        number = match[0].replace(" ", "")
        beside_word = CARD_WORD.search(text, max(0, match.start() - CARD_WORD_DISTANCE), match.start()) is not None
        if is_bank_card(number, beside_word=beside_word) and not is_harmless(number):
            yield match.start(), "bank_card", number


def is_identity_number(number: str, today: date) -> bool:
    """Check the check character, the day of birth and the region of an 18-character number (GB 11643)."""
    try:
        if ric.calc_check_digit(number) != number[-1]:
            return False
        born = ric.get_birth_date(number)
    except ValidationError:
        return False
    return born <= today and today.year - born.year <= AGE_YEARS_MAX and region_existed(number[:6], born.year)


def region_existed(code: str, year: int) -> bool:
    """Say whether a region code (GB/T 2260) was in use in or after the year of birth.

    A number is given when a birth is registered, so a code that was younger than the birth is possible; one that had
    been given up before the birth, or before there were numbers, is not.
    """
    properties = {name: value for _, part in numdb.get("cn/loc").info(code) for name, value in part.items()}
    earliest = max(year, NUMBERS_SINCE)
    spans = re.findall(r"(?:^|,)(?:\[\d*-(\d*)\])?", properties.get("county", "[-0]"))
    return any(not end or int(end) >= earliest for end in spans)


def is_mobile_number(number: str) -> bool:
    """Ask the numbering plan whether 11 digits are a mobile number of mainland China."""
    parsed = phonenumbers.PhoneNumber(country_code=86, national_number=int(number))
    return phonenumbers.number_type(parsed) == phonenumbers.PhoneNumberType.MOBILE


def is_bank_card(number: str, *, beside_word: bool) -> bool:
    """Check prefix, length and Luhn digit; prefixes that other codes share count only beside a word such as 卡号."""
    known = UNIONPAY.fullmatch(number) or (beside_word and FOREIGN_CARD.fullmatch(number))
    return bool(known) and luhn.is_valid(number) and not has_birth_date(number)


def has_birth_date(number: str) -> bool:
    """Say whether 18 digits look like an identity number of Gansu (62…) whose check character does not fit."""
    return len(number) == 18 and re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d", number[6:14]) is not None


def mask(kind: str, number: str) -> str:
    """Leave as much of a number as helps to find it again in the file, and no more."""
    head = 3 if kind == "mobile_number" else 6
    return f"{number[:head]}{'*' * (len(number) - head - 4)}{number[-4:]}"
