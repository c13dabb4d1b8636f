"""Compares what a citizen reads of a guide – page, print, mobile page – with the data behind it."""

import hashlib
from datetime import UTC, datetime

from domain.crawl import GuideOutcome
from domain.evidence import EvidenceKind
from domain.failure import BLAME, FailureReason
from domain.guide import Guide
from domain.guide_face import FACE_TITLES_ZH, FaceReading, GuideFace
from domain.guide_fields import LABELS_ZH
from domain.outcome import Outcome
from portals.adapter import adapters
from portals.citizen import NotOffered, Obstacle, ShownGuide
from portals.documents import DocumentContext, ListedRow
from probes.faces.face_comparison import believed, compare
from probes.faces.print_face import read_print_face
from probes.journey import Journey, OtherPortal
from probes.probe import Probe, ProbeResult, ProbeTask, probes

PAGE = "打开办事指南网页，展开全文并读取"
DATA = "读取同一事项的接口数据"
COMPARISON = "逐项比对网页与数据"
PRINT = "下载打印件并比对"
MOBILE = "打开{}页面并比对"
DOCUMENT_BYTES_MAX = 8 * 1024 * 1024
PICTURES_MAX = 12  # of one face


class FaceDiary:
    """What the journey has read so far, and what kept it from reading more."""

    def __init__(self) -> None:
        self.readings: list[FaceReading] = []
        self.unread: list[Obstacle] = []


def compare_faces(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Read the page, then the data in the same minute, then the other faces; a face that cannot be read is noted."""
    journey.plan(PAGE, DATA, COMPARISON, PRINT)
    diary = FaceDiary()
    with journey.step(PAGE):
        shown = journey.portal.read_guide_page(journey.browser, journey.site, task.code)
        document = journey.keep_page()
    with journey.step(DATA):
        guide = read_data(journey, task)
    with journey.side_step(COMPARISON) as met:
        diary.readings.append(read_open_page(journey, guide, shown, GuideFace.PAGE, document))
    diary.unread += met
    see_print(journey, guide, diary)
    for other in journey.companions:
        see_mobile_page(journey, guide, other, diary)
    return conclude(diary)


def read_data(journey: Journey, task: ProbeTask) -> Guide:
    """Fetch the guide's document as the page does and read it; what a portal changed since the crawl is no fault."""
    row = ListedRow(item_id=task.item_id, code=task.code, title=task.title)
    address = journey.documents.detail(journey.site, row).url
    answer = journey.browser.fetch_file(address, bytes_max=DOCUMENT_BYTES_MAX)
    judged = journey.documents.classify(answer.status, answer.content)
    if judged.outcome is not GuideOutcome.MEASURED or answer.cut:
        raise Obstacle(judged.failure or FailureReason.BROKEN_ANSWER, "接口没有给出该事项的数据")
    journey.keep(answer.content, kind=EvidenceKind.DOCUMENT, media_type=answer.media_type, url=address)
    context = DocumentContext(
        unit=task.unit,
        item_id=task.item_id,
        code=task.code,
        url=journey.documents.page_url(journey.site, row),
        document=hashlib.sha256(answer.content).hexdigest(),
        captured_at=datetime.now(UTC),
    )
    return journey.documents.parse(answer.content, context)


def read_open_page(journey: Journey, guide: Guide, shown: ShownGuide, face: GuideFace, document: str) -> FaceReading:
    """Compare the open page with the data and picture every difference on it."""
    url = journey.browser.url
    found = believed(compare(guide, shown.facts))
    differences = tuple(
        one.with_picture(journey.point_at(one.places[0]) if one.places and number < PICTURES_MAX else None)
        for number, one in enumerate(found.differences)
    )
    return FaceReading(face=face, url=url, document=document, compared=found.compared, differences=differences)


def see_print(journey: Journey, guide: Guide, diary: FaceDiary) -> None:
    """Read the print, where the portal makes one."""
    try:
        address = journey.portal.print_address(journey.site, guide.code)
    except NotOffered:
        return
    with journey.side_step(PRINT) as met:
        diary.readings.append(read_print_face(journey, guide, address))
    diary.unread += met


def see_mobile_page(journey: Journey, guide: Guide, other: OtherPortal, diary: FaceDiary) -> None:
    """Read the item's page on a mobile portal; one that does not offer the item has no face of it."""
    try:
        with journey.side_step(MOBILE.format(other.title)) as met:
            journey.take_phone()
            shown = other.citizen.read_guide_page(journey.browser, other.site, guide.code)
            diary.readings.append(read_open_page(journey, guide, shown, GuideFace.MOBILE, journey.keep_page()))
    except NotOffered:
        return
    diary.unread += met


def conclude(diary: FaceDiary) -> ProbeResult:
    """Fail on a difference, pass when every face that is offered agrees; a face that could not be read leaves doubt."""
    differing = sum(len(reading.differences) for reading in diary.readings)
    said = [tell(reading) for reading in diary.readings]
    said += [f"另有一处未能读取：{obstacle}" for obstacle in diary.unread]
    outcome, failure = (Outcome.FAIL, None) if differing else unread_outcome(diary.unread)
    return ProbeResult(
        outcome=outcome,
        failure=failure,
        reason="；".join(said),
        value=float(differing),
        measures={
            "faces_read": len(diary.readings),
            "faces_unread": len(diary.unread),
            "fields_differing": differing,
            "fields_compared": sum(len(reading.compared) for reading in diary.readings),
        },
        faces=tuple(diary.readings),
    )


def unread_outcome(unread: list[Obstacle]) -> tuple[Outcome, FailureReason | None]:
    """Return what a comparison without any difference amounts to: a pass, or the doubt about what was not read."""
    return (BLAME[unread[0].reason], unread[0].reason) if unread else (Outcome.PASS, None)


def tell(reading: FaceReading) -> str:
    """Say in a few words how one face compares."""
    title = FACE_TITLES_ZH[reading.face]
    if not reading.differences:
        return f"{title}与数据一致（比对{len(reading.compared)}项）"
    names = "、".join(LABELS_ZH[one.field] for one in reading.differences)
    return f"{title}有{len(reading.differences)}项与数据不同（{names}）"


def is_main_portal(task: ProbeTask) -> bool:
    """Say whether the task's portal is one whose data other faces are held against."""
    return not adapters.get(task.portal).portal.mobile


probes.register(
    Probe(
        id="guide-faces",
        title="办事指南所见核对",
        why="群众看到的是网页、打印件和手机页面，不是接口数据；几处说法不一，群众不知信哪个。",
        source="portals.md §0.1、§1.6；通知附件2第13项、附件3第7项",
        version=1,
        unit_of_value="项不同",
        journey=compare_faces,
        applies=is_main_portal,
        passing="plain",
        failing="face_differs",
        outage_is_fault=False,
        archive=True,
    )
)
