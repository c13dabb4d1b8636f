"""Reads a guide's print (PDF) as a face of the guide and pictures what differs on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.evidence import EvidenceKind
from domain.failure import FailureReason, reason_for_status
from domain.guide import Guide
from domain.guide_face import Difference, FaceReading, GuideFace
from files.guide_print import Box, PrintedLine, UnreadablePrintError, draw_print, read_print
from portals.citizen import Obstacle
from probes.faces.face_comparison import FoundDifference, believed, compare
from probes.faces.print_facts import PrintAgreement, PrintedFact, as_shown, find_facts
from probes.journey import Journey
from probes.proof.trace_scrubbing import PERSONAL_NUMBER, cover_number

PRINT_BYTES_MAX = 20 * 1024 * 1024
PICTURES_MAX = 12
PDF = "application/pdf"


@dataclass(frozen=True, kw_only=True)
class GuidePrint:
    """A print that was fetched and opened."""

    address: str
    content: bytes
    lines: tuple[PrintedLine, ...]
    facts: tuple[PrintedFact, ...]


def read_print_face(journey: Journey, guide: Guide, address: str) -> FaceReading:
    """Fetch, keep and compare the print; raise ``Obstacle`` when it cannot be had."""
    fetched = fetch_print(journey, address)
    kept = journey.keep(fetched.content, kind=EvidenceKind.PRINT, media_type=PDF, url=address)
    found = believed(compare(guide, as_shown(fetched.facts), PrintAgreement(fetched.lines)))
    return FaceReading(
        face=GuideFace.PRINT,
        url=address,
        document=kept,
        compared=found.compared,
        differences=tuple(picture_differences(journey, fetched, found.differences)),
    )


def fetch_print(journey: Journey, address: str) -> GuidePrint:
    """Fetch and open a print; an error page, a broken file or one without text is an ``Obstacle``."""
    answer = journey.browser.fetch_file(address, bytes_max=PRINT_BYTES_MAX)
    reason = reason_for_status(answer.status)
    if reason is not None:
        raise Obstacle(reason, f"打印件地址返回 HTTP {answer.status}")
    try:
        lines = read_print(answer.content)
    except UnreadablePrintError as error:
        raise Obstacle(FailureReason.BROKEN_ANSWER, f"打印件打不开：{error}") from error
    if not lines:
        raise Obstacle(FailureReason.EMPTY_ANSWER, "打印件里没有文字")
    return GuidePrint(address=address, content=answer.content, lines=lines, facts=find_facts(lines))


def picture_differences(
    journey: Journey, fetched: GuidePrint, found: Sequence[FoundDifference]
) -> Iterator[Difference]:
    """Yield the differences, each with its page of the print on which the lines are outlined."""
    for number, one in enumerate(found):
        spots = [fetched.lines[line] for place in one.places[:1] for line in fetched.facts[int(place)].lines]
        picture = draw_spots(fetched, spots) if number < PICTURES_MAX else None
        kept = picture and journey.keep(
            picture, kind=EvidenceKind.SCREENSHOT, media_type="image/webp", url=fetched.address
        )
        yield one.with_picture(kept or None)


def draw_spots(fetched: GuidePrint, spots: Sequence[PrintedLine]) -> bytes | None:
    """Return the page of the first spot, lines with personal numbers covered; ``None`` when it cannot be drawn."""
    if not spots:
        return None
    page = spots[0].page
    personal = [line for line in fetched.lines if holds_personal_number(line.text)]
    try:
        return draw_print(fetched.content, page, boxes_on(page, spots), boxes_on(page, personal))
    except UnreadablePrintError:
        return None


def holds_personal_number(text: str) -> bool:
    """Say whether a line holds an identity or mobile number, which pictures never show."""
    return any(cover_number(found) != found[0] for found in PERSONAL_NUMBER.finditer(text))


def boxes_on(page: int, lines: Sequence[PrintedLine]) -> tuple[Box, ...]:
    """Return the boxes of the lines of one page, as far as they are known."""
    return tuple(line.box for line in lines if line.page == page and line.box is not None)
