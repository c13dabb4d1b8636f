"""The faces of one guide, as a citizen meets them, held against the data that the portal serves."""

from enum import StrEnum

from domain.frozen import Frozen
from domain.guide_fields import FieldName


class GuideFace(StrEnum):
    """Where a citizen reads the guide."""

    PAGE = "page"  # the guide page in a browser, with everything unfolded
    PRINT = "print"  # the PDF that the page offers
    MOBILE = "mobile"  # the page for telephones


FACE_TITLES_ZH: dict[GuideFace, str] = {
    GuideFace.PAGE: "办事指南网页",
    GuideFace.PRINT: "办事指南打印件",
    GuideFace.MOBILE: "移动端页面",
}


class Difference(Frozen):
    """One field that reads otherwise on a face than in the data; ``picture`` marks the place."""

    field: FieldName
    label: str  # as the face prints it
    published: str  # the data's value, normalised
    shown: str  # the face's value, normalised; "" when the face leaves it blank
    picture: str | None = None  # SHA-256 of a screenshot with the place marked


class FaceReading(Frozen):
    """One face of one guide as it was read: which fields could be compared, and which differ."""

    face: GuideFace
    url: str
    document: str | None = None  # SHA-256 of what was read: the page's HTML, the PDF
    compared: tuple[FieldName, ...]
    differences: tuple[Difference, ...] = ()
