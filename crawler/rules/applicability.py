"""Decides whom a duty binds: only what a citizen applies for must state everything (portals.md §0.7)."""

import re

from crawler.rules.guide_text import remember
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.item_type import GUANGDONG_ITEM_TYPES, PERMIT, is_application

OTHER_POWERS = frozenset({"10", "20"})
EX_OFFICIO = re.compile(
    r"(?<!投诉)(?<!举报)(?<!申诉)(?<!争议)(?<!纠纷)处理(?:和|$|[（(])|处罚|查处|紧急措施|责令|监督检查|强制(?!性)"
)
"""其他行政权力 that the office begins by itself, told by their names; nobody applies for them."""
CODES_BY_TEXT = {text: code for code, text in GUANGDONG_ITEM_TYPES.items() if code != "10"}


@remember
def type_of(guide: Guide) -> str:
    """Return the two-digit item type from its code or its text, ``""`` when the guide shows neither."""
    return guide.text(FieldName.ITEM_TYPE_CODE) or CODES_BY_TEXT.get(guide.text(FieldName.ITEM_TYPE), "")


@remember
def is_bound(guide: Guide) -> bool | None:
    """Say whether limits, materials, conditions and phones are due: only for 依申请; ``None`` if unknown."""
    code = type_of(guide)
    if code in OTHER_POWERS and EX_OFFICIO.search(guide.text(FieldName.NAME)):
        return False
    return is_application(code) if code else None


def is_permit(guide: Guide) -> bool | None:
    """Say whether the item is 行政许可; ``None`` if unknown."""
    code = type_of(guide)
    return code == PERMIT if code else None
