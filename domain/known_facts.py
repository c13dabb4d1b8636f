"""What the crawl knows about an item when a probe visits it: the declaration that the visit is held against."""

from collections.abc import Mapping

from domain.frozen import Frozen
from domain.guide import Guide
from domain.guide_fields import FieldName

TEXTS = (
    FieldName.EVERYDAY_NAME,
    FieldName.TASK_CODE,
    FieldName.BASIC_CODE,
    FieldName.ITEM_TYPE_CODE,
    FieldName.DEPARTMENT,
    FieldName.HANDLING_TYPE,
    FieldName.AUDIENCE,
    FieldName.THEME_NATURAL,
    FieldName.THEME_LEGAL,
    FieldName.LEGAL_LIMIT,
    FieldName.PROMISE_LIMIT,
    FieldName.VISITS,
    FieldName.HANDLING_FORM,
    FieldName.ONLINE,
    FieldName.ONLINE_URL,
    FieldName.ONLINE_DEPTH,
    FieldName.MOBILE_URL,
    FieldName.BOOKABLE,
    FieldName.BOOKING_URL,
    FieldName.CHARGED,
    FieldName.STATUS,
    FieldName.PLACE,
    FieldName.HOURS,
    FieldName.ENQUIRY_PHONE,
    FieldName.COMPLAINT_PHONE,
    FieldName.RESULT_NAME,
)
"""Short fields only: a task travels to a worker and is kept with its observation."""


class KnownFacts(Frozen):
    """The declared facts of one item; a text that is missing was not shown, ``""`` was shown and blank.

    ``materials`` and ``charges`` (their standards as printed) are ``None`` where the guide does not show that table.
    ``kind`` is the guide's schema.
    """

    texts: Mapping[FieldName, str] = {}
    materials: tuple[str, ...] | None = None
    charges: tuple[str, ...] | None = None
    kind: str = "item"
    area_code: str = ""

    def text(self, name: FieldName) -> str:
        """Return a field's text, ``""`` when blank or unknown."""
        return self.texts.get(name, "")


def facts_of(guide: Guide) -> KnownFacts:
    """Take out of a guide what a probe may know."""
    materials, charges = guide.materials, guide.charges
    return KnownFacts(
        texts={name: guide.text(name) for name in TEXTS if guide.field(name).measured},
        materials=None if materials is None else tuple(material.name for material in materials),
        charges=None if charges is None else tuple(charge.standard for charge in charges),
        kind=guide.kind,
        area_code=guide.area_code or "",
    )
