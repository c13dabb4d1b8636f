"""Finds telephones copied from another body's guides, which no look at one guide can show (portals.md §5)."""

from collections import defaultdict
from collections.abc import Iterator

from crawler.rules.phone_number import read_phones
from crawler.rules.region import AREA_CODES, CAPITAL, NAMES, cities_in, region_of
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.peers import ForeignPhone

PHONE_FIELDS = (FieldName.ENQUIRY_PHONE, FieldName.COMPLAINT_PHONE)
PREFIXES_BY_AREA = {area: prefix for prefix, area in AREA_CODES.items()}


def home_of(guide: Guide) -> str:
    """Return the first four digits of the region in which the body is registered, by its credit code."""
    return guide.text(FieldName.TASK_CODE)[2:6]


class PhoneBook:
    """In which regions a number is printed. Fill it with every guide of a crawl, then ask it about each of them."""

    def __init__(self) -> None:
        self._homes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def add(self, guide: Guide) -> None:
        """Remember a guide's numbers; hotlines belong to nobody."""
        home = home_of(guide)
        for _, number in numbers_of(guide):
            self._homes[number].add(home)

    def borrowed(self, guide: Guide) -> Iterator[ForeignPhone]:
        """Yield each number of another city that a body of that city prints as its own.

        A number counts as borrowed when its area code is neither that of the region the body is registered in, nor of
        the publishing region, nor of a city that the guide's address names.
        """
        home = home_of(guide)
        seat = home if home in AREA_CODES else CAPITAL  # bodies of the province and the state sit in the capital
        own = {seat, region_of(guide), *cities_in(guide.text(FieldName.PLACE))}
        for field, number in numbers_of(guide):
            city = PREFIXES_BY_AREA.get(number[0])
            if city is None or city in own:
                continue
            if city in self._homes.get(number, ()):
                yield ForeignPhone(field=field, number=f"{number[0]}-{number[1]}", city=NAMES[city])


def numbers_of(guide: Guide) -> Iterator[tuple[FieldName, tuple[str, str]]]:
    """Yield (field, (area code, number)) of every whole number with an area code."""
    for field in PHONE_FIELDS:
        for phone in read_phones(guide.text(field)):
            if phone.area and not phone.hotline and not phone.fault:
                yield field, (phone.area, phone.subscriber)
