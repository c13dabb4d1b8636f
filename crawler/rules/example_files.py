"""Builds the small dossiers that prove a rule over published addresses can pass and fail."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from crawler.rules.example_guide import APPLICATION_FORM, GOOD_FIELDS, RESULT, example, good_guide
from domain.address_visit import AddressOutcome, AddressUse, AddressVisit
from domain.dossier import AddressRecord, Dossier
from domain.failure import FailureReason
from domain.file_report import FileKind, FileReport
from domain.guide_fields import FieldName

FORM_URL = (APPLICATION_FORM.forms or ())[0].url
SAMPLE_URL = (APPLICATION_FORM.samples or ())[0].url
RESULT_URL = (RESULT.samples or ())[0].url
ONLINE_URL = GOOD_FIELDS[FieldName.ONLINE_URL]
BOOKING_URL = GOOD_FIELDS[FieldName.BOOKING_URL]
BLANK_TEXT = (
    "公共场所卫生许可证申请表\n单位名称：\n单位地址：\n法定代表人：\n联系电话：\n经营项目：\n申请日期：    年  月  日"
)
FILLED_TEXT = (
    "公共场所卫生许可证申请表\n单位名称：阳江市江城区平安旅馆\n单位地址：东风二路100号\n法定代表人：张某某\n"
    "联系电话：0662-3300000\n经营项目：住宿\n申请日期：2026年3月1日"
)


def look(
    url: str,
    outcome: AddressOutcome = AddressOutcome.WORKS,
    *,
    days_ago: int = 0,
    failure: FailureReason | None = None,
    status: int | None = 200,
) -> AddressVisit:
    """Build one look at an address, so many days before the guide was captured."""
    return AddressVisit(
        run=f"run-{days_ago}",
        url=url,
        uses=(AddressUse.FORM,),
        outcome=outcome,
        failure=failure,
        status=status,
        final_url=url,
        visited_at=good_guide().captured_at - timedelta(days=days_ago),
        duration_ms=40,
    )


def dead(url: str, looks: int, status: int = 404) -> AddressRecord:
    """Build the record of an address that was dead on so many days."""
    failed = (FailureReason.HTTP_4XX if status < 500 else FailureReason.HTTP_5XX, status)
    visits = (look(url, AddressOutcome.DEAD, days_ago=day, failure=failed[0], status=failed[1]) for day in range(looks))
    return AddressRecord(url=url, visits=tuple(visits))


def works(url: str, report: FileReport | None = None) -> AddressRecord:
    """Build the record of an address that answers."""
    return AddressRecord(url=url, visits=(look(url),), report=report)


def make_report(text: str | None = BLANK_TEXT, **changes: Any) -> FileReport:  # noqa: ANN401 - fields of the report
    """Build a report on a Word file with this text."""
    words = None if text is None else "".join(letter for letter in text if letter.isalnum())
    values: dict[str, Any] = {
        "sha256": sha256((text or "").encode()).hexdigest(),
        "inspector": "example/1",
        "kind": FileKind.DOC,
        "bytes": 24_576,
        "characters": None if words is None else len(words),
        "text_sha256": None if words is None else sha256(words.encode()).hexdigest(),
        "text": text or "",
    }
    return FileReport(**{**values, **changes})


BLANK, FILLED = make_report(), make_report(FILLED_TEXT)
PICTURE = make_report(None, kind=FileKind.PNG)


def dossier(*records: AddressRecord, **guide: object) -> Callable[[], Dossier]:
    """Return a maker of the good guide with everything in order, some records changed."""

    def make() -> Dossier:
        usual = (
            works(FORM_URL, BLANK),
            works(SAMPLE_URL, FILLED),
            works(RESULT_URL, PICTURE),
            works(ONLINE_URL),
            works(BOOKING_URL),
        )
        known = {record.url: record for record in (*usual, *records)}
        return Dossier(guide=example(**guide)(), addresses=known)  # type: ignore[arg-type]

    return make


def with_form(report: FileReport) -> Callable[[], Dossier]:
    """Return a maker of a dossier whose blank form is such a file."""
    return dossier(works(FORM_URL, report))


def with_sample(report: FileReport) -> Callable[[], Dossier]:
    """Return a maker of a dossier whose sample is such a file."""
    return dossier(works(SAMPLE_URL, report))
