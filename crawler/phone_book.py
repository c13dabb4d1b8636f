"""Finds telephones copied from another body's guides, which no look at one guide can show (portals.md §5)."""

from collections import defaultdict
from collections.abc import Iterator

from crawler.rules.phone_number import read_phones
from crawler.rules.region import AREA_CODES, CAPITAL, NAMES, cities_in, region_of
from domain.finding import Finding
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.outcome import Outcome

RULE_ID = "list.phone-borrowed"
RULE_VERSION = 1
PHONE_FIELDS = (FieldName.ENQUIRY_PHONE, FieldName.COMPLAINT_PHONE)
PREFIXES_BY_AREA = {area: prefix for prefix, area in AREA_CODES.items()}


def home_of(guide: Guide) -> str:
    """Return the first four digits of the region in which the body is registered, by its credit code."""
    return guide.text(FieldName.TASK_CODE)[2:6]


class PhoneBook:
    """Which bodies print which number. Fill it with every guide of a crawl, then ask it about each of them."""

    def __init__(self) -> None:
        self._homes: defaultdict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)

    def add(self, guide: Guide) -> None:
        """Remember a guide's numbers; hotlines belong to nobody."""
        body = (guide.text(FieldName.TASK_CODE)[:18], home_of(guide))
        for _, number in numbers_of(guide):
            self._homes[number].add(body)

    def borrowed(self, guide: Guide, *, run: str) -> Iterator[Finding]:
        """Yield a finding for each number of another city that a body of that city prints as its own.

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
            if any(home == city for _, home in self._homes[number]):
                yield make_finding(guide, run, field, f"{number[0]}-{number[1]}", NAMES[city])


def numbers_of(guide: Guide) -> Iterator[tuple[FieldName, tuple[str, str]]]:
    """Yield (field, (area code, number)) of every whole number with an area code."""
    for field in PHONE_FIELDS:
        for phone in read_phones(guide.text(field)):
            if phone.area and not phone.hotline and not phone.fault:
                yield field, (phone.area, phone.subscriber)


def make_finding(guide: Guide, run: str, field: FieldName, number: str, city: str) -> Finding:
    """Write the fault down like any other."""
    return Finding(
        run=run,
        portal=guide.portal,
        unit=guide.unit,
        subject=guide.code,
        item_id=guide.item_id,
        rule_id=RULE_ID,
        rule_version=RULE_VERSION,
        field=field,
        outcome=Outcome.FAIL,
        state=FieldState.INCONSISTENT,
        reason=f"{LABELS_ZH[field]}是{city}一家机构的号码，疑为抄错",
        excerpt=number,
        checked=1,
        failed=1,
        document=guide.document,
        url=guide.url,
    )
