"""Rules about what a citizen really reads: page, print and mobile page say what the portal's data say."""

from collections.abc import Callable, Iterable

from crawler.rules.example_guide import GOOD_FIELDS, PAGE, good_guide
from crawler.rules.rule import DossierCheck, LooksAt, RuleKind, dossier_rule
from domain.dossier import Dossier
from domain.guide_face import FACE_TITLES_ZH, Difference, FaceReading, GuideFace
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_measured, passed

SOURCE = "portals.md §0.1、§1.6；guide_checkpoints.yaml"
EXCERPT = 60  # characters of a value inside a sentence
NAMED = 3  # differences that a sentence spells out
LISTS = frozenset({FieldName.MATERIALS, FieldName.LEGAL_BASIS})
MERGED = "；"
COMPARED = (FieldName.NAME, FieldName.ENQUIRY_PHONE, FieldName.PLACE, FieldName.PROMISE_LIMIT)


def agrees(face: GuideFace) -> DossierCheck:
    """Make the check that a face says what the data say; several readings are the pages of several platforms."""

    def check(dossier: Dossier) -> Verdict:
        readings = [reading for reading in dossier.faces or () if reading.face is face and reading.compared]
        if not readings:
            return not_measured(f"本次没有读到{FACE_TITLES_ZH[face]}，或该平台没有此项")
        checked = sum(len(reading.compared) for reading in readings)
        differing = [difference for reading in readings for difference in reading.differences]
        if not differing:
            return passed(checked=checked)
        return failed(
            FieldState.INCONSISTENT,
            explain(face, differing),
            excerpt=differing[0].shown,
            field=differing[0].field,
            checked=checked,
            failed=len(differing),
            picture=next((difference.picture for difference in differing if difference.picture), None),
        )

    return check


def explain(face: GuideFace, differing: list[Difference]) -> str:
    """Say which fields read otherwise, with both values."""
    said = "；".join(contrast(face, difference) for difference in differing[:NAMED])
    rest = [LABELS_ZH[difference.field] for difference in differing[NAMED:]]
    more = f"；另有{'、'.join(rest)}不同" if rest else ""
    return f"{said}{more}；请核对后改成一致"


def contrast(face: GuideFace, difference: Difference) -> str:
    """Set the two values of one field side by side; of long lists only what differs."""
    where, label = FACE_TITLES_ZH[face], LABELS_ZH[difference.field]
    if not difference.shown:
        return f"{label}在{where}上空白，平台数据为“{shorten(difference.published)}”"
    if difference.field in LISTS:
        return f"{where}的{label}{contrast_lists(difference)}"
    return f"{label}在{where}上为“{shorten(difference.shown)}”，平台数据为“{shorten(difference.published)}”"


def contrast_lists(difference: Difference) -> str:
    """Say which entries a face lacks and which it adds."""
    data, shown = split(difference.published), split(difference.shown)
    missing = [entry for entry in data if entry not in shown]
    added = [entry for entry in shown if entry not in data]
    parts = (("比平台数据少", missing), ("比平台数据多", added))
    return "，".join(f"{word}“{shorten('、'.join(entries))}”" for word, entries in parts if entries) or "与平台数据不同"


def split(text: str) -> list[str]:
    """Return the entries of a list."""
    return [entry.strip() for entry in text.split(MERGED) if entry.strip()]


def shorten(text: str) -> str:
    """Cut a long value for a sentence."""
    return text if len(text) <= EXCERPT else f"{text[:EXCERPT]}…"


def example_face(face: GuideFace, differences: Iterable[Difference] = ()) -> Callable[[], Dossier]:
    """Return a maker of the good guide with one face of it read."""
    reading = FaceReading(face=face, url=PAGE, compared=COMPARED, differences=tuple(differences))
    return lambda: Dossier(guide=good_guide(), faces=(reading,))


OTHER_PHONE = Difference(
    field=FieldName.ENQUIRY_PHONE,
    label=LABELS_ZH[FieldName.ENQUIRY_PHONE],
    published=GOOD_FIELDS[FieldName.ENQUIRY_PHONE],
    shown="0662-3360000",
)
WHY: dict[GuideFace, str] = {
    GuideFace.PAGE: "群众读的是网页，网页与数据不一，按哪个办都可能白跑。",
    GuideFace.PRINT: "群众带着打印件去窗口，打印件过时，窗口不认。",
    GuideFace.MOBILE: "手机上看到的与网页不同，群众不知信哪个。",
}

for FACE, REASON in WHY.items():
    TITLE = FACE_TITLES_ZH[FACE]
    dossier_rule(
        f"face.{FACE.value}",
        looks_at=LooksAt.FACES,
        title=f"{TITLE}所示与平台数据一致",
        failure_title=f"{TITLE}所示与平台数据不一致",
        why=REASON,
        source=SOURCE,
        applicability=f"抽样打开比对、且有{TITLE}的办事指南；写法、标点、顺序不同不算。",
        kind=RuleKind.ACCURACY,
        field=FieldName.NAME,
        passing=example_face(FACE),
        failing=example_face(FACE, [OTHER_PHONE]),
    )(agrees(FACE))
