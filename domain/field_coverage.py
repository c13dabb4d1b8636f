"""How much of each part of a guide a crawl saw: the instrument's own pulse."""

from domain.frozen import Frozen
from domain.guide_fields import LABELS_EN, LABELS_ZH, PART_LABELS_ZH, FieldName, MaterialPart

MEASURED = "visit.measured"
"""The part under which the visits themselves are counted: measured, absent, not measured."""
MATERIAL_PREFIX = "materials."


class FieldCoverage(Frozen):
    """One part over all guides of one portal in one run; the three counts add up to ``guides``.

    ``field`` is a ``FieldName``, ``materials.<MaterialPart>`` over the guides that list materials, or ``MEASURED``
    over the listed guides (blank = absent). The examples are item ids, so that two pages can be laid side by side.

    The rest compares with the last good run ``compared_with`` over the guides that both saw: ``held_before`` had the
    part then, ``lost`` of them have it no longer, at ``lost_bodies`` bodies, and ``gained`` have it only now.
    """

    run: str
    portal: str
    field: str
    guides: int
    filled: int
    blank: int
    unseen: int
    filled_example: str = ""
    blank_example: str = ""  # one that was filled before, if there is one
    compared_with: str = ""
    held_before: int = 0
    lost: int = 0
    lost_bodies: int = 0
    gained: int = 0
    vanished: bool = False  # more was lost than chance or honest change explain: the run is in quarantine

    @property
    def share(self) -> float:
        """Return filled ÷ guides, 0 for an empty crawl."""
        return self.filled / self.guides if self.guides else 0.0


def material_part(part: MaterialPart) -> str:
    """Return the name under which a part of the materials is counted."""
    return f"{MATERIAL_PREFIX}{part.value}"


def part_title_zh(field: str) -> str:
    """Name a part in Chinese."""
    if field == MEASURED:
        return "指南采集"
    if field.startswith(MATERIAL_PREFIX):
        return f"申请材料·{PART_LABELS_ZH[MaterialPart(field.removeprefix(MATERIAL_PREFIX))]}"
    return LABELS_ZH[FieldName(field)]


def part_title_en(field: str) -> str:
    """Name a part in English."""
    if field == MEASURED:
        return "guides measured"
    if field.startswith(MATERIAL_PREFIX):
        return f"materials: {field.removeprefix(MATERIAL_PREFIX).replace('_', ' ')}"
    return LABELS_EN[FieldName(field)]
