"""Holds what a face of a guide shows against the data that the portal serves, field by field."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from domain.failure import FailureReason
from domain.frozen import Frozen
from domain.guide import Guide
from domain.guide_face import Difference
from domain.guide_fields import FieldName
from portals.citizen import Obstacle, ShownFact
from portals.fields import JOINT
from portals.labels import FIELDS_BY_COLUMN, FIELDS_BY_PRINTED_LABEL
from probes.faces.face_text import agree, is_nothing, parts, tidy

FIELDS_BY_SHOWN_LABEL = FIELDS_BY_PRINTED_LABEL | FIELDS_BY_COLUMN
NOT_COMPARED = frozenset(
    {
        # codes that templates print in words or not at all, and summaries that no template prints as such
        FieldName.ITEM_TYPE_CODE,
        FieldName.VERSION_DATE,
        FieldName.LATER_MATERIALS,
        FieldName.FLOW_STEPS,
        FieldName.INTERMEDIARY,
        FieldName.SPECIAL_PROCEDURE,
        FieldName.RESULTS,
        FieldName.RECONSIDERATION,
        FieldName.LITIGATION,
        FieldName.CHARGES,
        FieldName.QUESTIONS,
    }
)
SHOWN_ELSEWHERE = frozenset({FieldName.RANGE, FieldName.MOBILE_URL, FieldName.OFFLINE_REASON})
"""Fields whose value may stand in another table of the page, so that a blank under the label says nothing."""

GATHERED = frozenset({FieldName.MATERIALS, FieldName.LEGAL_BASIS, FieldName.PLACE, FieldName.HOURS})
"""Fields of which a page prints one entry per row or window."""


class FoundDifference(Frozen):
    """A field that reads otherwise than the data; ``places`` point at what is shown."""

    field: FieldName
    label: str
    published: str
    shown: str
    places: tuple[str, ...]

    def with_picture(self, picture: str | None) -> Difference:
        """Return it as it is stored."""
        return Difference(
            field=self.field, label=self.label, published=self.published, shown=self.shown, picture=picture
        )


class Comparison(Frozen):
    """One face against the data."""

    compared: tuple[FieldName, ...]
    differences: tuple[FoundDifference, ...]


DOUBTED = 3  # differences up to which a face is believed even when they are most of what was compared


class Agreement(Protocol):
    """How a face's values are held against the data's."""

    def __call__(self, name: FieldName, published: str, shown: str) -> bool: ...

    def told(self, published: str, shown: str) -> str:
        """Return what is shown, as it is told to the evaluator."""
        ...


class PageAgreement:
    """Agreement on a page, where every value stands in an element of its own."""

    def __call__(self, name: FieldName, published: str, shown: str) -> bool:
        return agree(name, published, shown)

    def told(self, published: str, shown: str) -> str:
        return shown


PAGE_AGREEMENT = PageAgreement()


def compare(guide: Guide, facts: Iterable[ShownFact], agreement: Agreement = PAGE_AGREEMENT) -> Comparison:
    """Compare every field that the data fills and the face labels.

    What the data leaves blank is the completeness rules' matter, what a face does not label its template's.
    """
    compared, differences = [], []
    for name, shown in by_field(facts).items():
        published = published_value(guide, name)
        if is_nothing(published) or (name in SHOWN_ELSEWHERE and all(is_nothing(fact.text) for fact in shown)):
            continue
        compared.append(name)
        differing = find_difference(name, published, shown, agreement)
        if differing is not None:
            differences.append(differing)
    return Comparison(compared=tuple(compared), differences=tuple(differences))


def believed(found: Comparison) -> Comparison:
    """Raise ``Obstacle`` when most of a face differs: then we have read it wrongly, or it is another guide."""
    total, differing = len(found.compared), len(found.differences)
    if not total:
        raise Obstacle(FailureReason.LAYOUT_CHANGED, "没有可以比对的栏目")
    if differing > max(DOUBTED, total / 2):
        raise Obstacle(FailureReason.LAYOUT_CHANGED, f"{total}个栏目中有{differing}个不同，疑为版面变化，请人工核对")
    return found


def by_field(facts: Iterable[ShownFact]) -> dict[FieldName, list[ShownFact]]:
    """Group what is shown by field, in the order of the face."""
    found: dict[FieldName, list[ShownFact]] = {}
    for fact in facts:
        name = FIELDS_BY_SHOWN_LABEL.get(fact.label)
        if name is not None and name not in NOT_COMPARED:
            found.setdefault(name, []).append(fact)
    return found


def published_value(guide: Guide, name: FieldName) -> str:
    """Return the data's value; "" where it has none, or where rows without a name would make two lists differ."""
    names: list[str] | None = None
    if name is FieldName.MATERIALS:
        names = [material.name for material in guide.materials or ()]
    elif name is FieldName.LEGAL_BASIS:
        names = [law.name for law in guide.laws or ()]
    if names is None:
        return guide.text(name)
    return JOINT.join(names) if all(names) else ""


def find_difference(
    name: FieldName, published: str, shown: Sequence[ShownFact], agreement: Agreement
) -> FoundDifference | None:
    """Return the difference; a label that comes several times agrees as soon as one of its values does."""
    whole = JOINT.join(fact.text for fact in shown if not is_nothing(fact.text))
    values = [whole, *(fact.text for fact in shown)] if name not in GATHERED else [whole, distinct(whole)]
    if any(agreement(name, published, value) for value in values):
        return None
    told = agreement.told(published, whole if name in GATHERED else shown[0].text)
    text = "" if is_nothing(told) else tidy(name, told)
    strange = [fact for fact in shown if name not in GATHERED or not parts(fact.text) <= parts(published)]
    return FoundDifference(
        field=name,
        label=shown[0].label,
        published=tidy(name, published),
        shown=text,
        places=tuple(fact.place for fact in (strange or shown) if fact.place),
    )


def distinct(text: str) -> str:
    """Leave out entries that were said before: several windows may share an address."""
    return JOINT.join(dict.fromkeys(text.split(JOINT)))
