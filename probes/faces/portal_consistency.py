"""Holds what the three portals say about one item against each other, field by field."""

from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName
from domain.measure_name import MeasureName
from domain.observation import ObservedRow
from domain.outcome import Outcome
from portals.citizen import NotOffered, Obstacle, ShownFact
from portals.fields import JOINT
from probes.faces.face_comparison import FoundDifference, believed, by_field, compare, published_value
from probes.faces.face_text import tidy
from probes.faces.guide_faces import PICTURES_MAX, is_main_portal, read_data, unread_outcome
from probes.journey import Journey, OtherPortal
from probes.probe import Probe, ProbeResult, ProbeTask, probes

GUIDE = "打开办事指南，读取同一时刻的接口数据"
COMPARISON = "打开{}上的同一事项并逐项比对"


class PortalDiary:
    """What the journey has compared so far, and what kept it from comparing more."""

    def __init__(self) -> None:
        self.rows: list[ObservedRow] = []
        self.read: list[str] = []  # titles of the portals that carry the item and could be read
        self.missing: list[str] = []  # titles of those that do not carry it
        self.unread: list[Obstacle] = []


def compare_portals(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Read the guide's data as its page does, then the same code on the other portals, all within one visit."""
    journey.plan(GUIDE, *(COMPARISON.format(other.title) for other in journey.companions))
    diary = PortalDiary()
    with journey.step(GUIDE):
        journey.portal.open_guide(journey.browser, journey.site, task.code)
        guide = read_data(journey, task)
    for other in journey.companions:
        see_portal(journey, guide, other, diary)
    return conclude(diary)


def see_portal(journey: Journey, guide: Guide, other: OtherPortal, diary: PortalDiary) -> None:
    """Compare the item's page on one other portal; a portal that does not carry it says nothing about consistency."""
    try:
        with journey.side_step(COMPARISON.format(other.title)) as met:
            journey.take_phone()
            shown = other.citizen.read_guide_page(journey.browser, other.site, guide.code)
            journey.keep_page()
            diary.rows += compare_page(journey, guide, other, shown.facts)
            diary.read.append(other.title)
    except NotOffered:
        diary.missing.append(other.title)
        return
    diary.unread += met


def compare_page(journey: Journey, guide: Guide, other: OtherPortal, facts: tuple[ShownFact, ...]) -> list[ObservedRow]:
    """Make one row per field that both sides give; what differs is pictured with its place marked."""
    found = believed(compare(guide, facts))
    differing = {one.field: one for one in found.differences}
    pictures = {
        name: journey.point_at(one.places[0])
        for number, (name, one) in enumerate(differing.items())
        if one.places and number < PICTURES_MAX
    }
    shown = by_field(facts)
    return [
        make_row(guide, other, name, shown[name], differing.get(name), pictures.get(name)) for name in found.compared
    ]


def make_row(  # noqa: PLR0917 - one row, all of it
    guide: Guide,
    other: OtherPortal,
    name: FieldName,
    shown: list[ShownFact],
    difference: FoundDifference | None,
    picture: str | None,
) -> ObservedRow:
    """Write down both values of one field; grade 1 says that they mean the same."""
    return ObservedRow(
        kind=name.value,
        asked=other.title,
        expected=tidy(name, published_value(guide, name)),
        seen=difference.shown if difference else tidy(name, JOINT.join(fact.text for fact in shown)),
        grade=0.0 if difference else 1.0,
        measures={"label": shown[0].label, "picture": picture} if picture else {"label": shown[0].label},
    )


def conclude(diary: PortalDiary) -> ProbeResult:
    """Fail on a difference, pass when every portal that carries the item agrees; one that was not read leaves doubt."""
    if not diary.read and not diary.unread:
        return ProbeResult(outcome=Outcome.NOT_APPLICABLE, reason=f"{'、'.join(diary.missing) or '其他平台'}没有此事项")
    differing = [row for row in diary.rows if not row.grade]
    outcome, failure = (Outcome.FAIL, None) if differing else unread_outcome(diary.unread)
    return ProbeResult(
        outcome=outcome,
        failure=failure,
        reason=tell(diary, differing),
        value=float(len(differing)),
        measures=figures(diary, differing),
        rows=tuple(diary.rows),
    )


def figures(diary: PortalDiary, differing: list[ObservedRow]) -> dict[str, int]:
    """Count what was compared; materials apart, since they are what 线上线下一致性 asks about."""
    materials = [row for row in diary.rows if row.kind == FieldName.MATERIALS]
    return {
        "portals_compared": len(diary.read),
        MeasureName.FIELDS_COMPARED: len(diary.rows),
        MeasureName.FIELDS_DIFFERING: len(differing),
        MeasureName.MATERIALS_COMPARED: len(materials),
        MeasureName.MATERIALS_DIFFERING: sum(not row.grade for row in materials),
    }


def tell(diary: PortalDiary, differing: list[ObservedRow]) -> str:
    """Say in a few words how the portals compare."""
    said = [tell_portal(diary, title, differing) for title in diary.read]
    said += [f"{title}没有此事项" for title in diary.missing]
    said += [f"另有一处未能读取：{obstacle}" for obstacle in diary.unread]
    return "；".join(said)


def tell_portal(diary: PortalDiary, title: str, differing: list[ObservedRow]) -> str:
    """Say how one portal compares with the guide."""
    names = [LABELS_ZH[FieldName(row.kind)] for row in differing if row.asked == title]
    if names:
        return f"{title}有{len(names)}项与广东政务服务网不同（{'、'.join(names)}）"
    return f"{title}与广东政务服务网一致（比对{sum(row.asked == title for row in diary.rows)}项）"


probes.register(
    Probe(
        id="portal-consistency",
        title="跨平台一致性",
        why="同一事项在网站、粤省事、粤商通上的时限、材料、收费说法不一，群众照哪个都可能白跑。",
        source="methodology.md §3.6 D20/C14（用户侧替代）；通知附件2第20项、附件3第14项",
        version=1,
        unit_of_value="项不同",
        journey=compare_portals,
        applies=is_main_portal,
        passing="plain",
        failing="portal_other_limit",
        outage_is_fault=False,
    )
)
