"""Judges a guide's materials row by row, so that one bad row in ten differs from ten in ten."""

import re
from collections.abc import Callable
from functools import lru_cache

from crawler.rules.placeholder import is_filled, state_of
from domain.guide import Guide, Material
from domain.guide_fields import FieldState, MaterialPart
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SHOWN_NAMES = 3
NO_MATERIAL = re.compile(r"无需(?:提交|提供|准备)?(?:任何|申请)?材料|不(?:需要?|用|必)(?:提交|提供)?(?:任何|申请)?材料")


@lru_cache(maxsize=65_536)
def says_none(text: str) -> bool:
    """Say whether a text states that nothing has to be handed in."""
    return bool(NO_MATERIAL.search(text))


def judge_materials(guide: Guide, state: Callable[[Material], FieldState], fault: str) -> Verdict:
    """Judge every material by ``state``; rows that do not apply or are not shown leave numerator and denominator."""
    if guide.materials is None:
        return not_measured("来源未展示申请材料")
    states = [(material, state(material)) for material in guide.materials if not says_none(material.name)]
    judged = [pair for pair in states if pair[1] not in (FieldState.NOT_APPLICABLE, FieldState.NOT_MEASURED)]
    if not judged:
        unseen = any(found is FieldState.NOT_MEASURED for _, found in states)
        return not_measured("来源未展示材料的这一项") if unseen else not_applicable("没有需要判断的材料")
    faults = [pair for pair in judged if pair[1] is not FieldState.OK]
    if not faults:
        return passed(checked=len(judged))
    names = "、".join(material.name or "（无名称）" for material, _ in faults[:SHOWN_NAMES])
    more = f"等{len(faults)}项" if len(faults) > SHOWN_NAMES else ""
    return failed(faults[0][1], f"{names}{more}：{fault}", excerpt=names, checked=len(judged), failed=len(faults))


def state_of_part(material: Material, part: MaterialPart) -> FieldState:
    """Return a text part's state."""
    text = getattr(material, part.value)
    return FieldState.NOT_MEASURED if text is None else state_of(text)


def any_part(material: Material, *parts: MaterialPart) -> FieldState:
    """Return ok when one of several parts is filled, blank when all are shown and blank."""
    texts = [getattr(material, part.value) for part in parts]
    if any(text is not None and is_filled(text) for text in texts):
        return FieldState.OK
    return FieldState.NOT_MEASURED if None in texts else FieldState.BLANK
