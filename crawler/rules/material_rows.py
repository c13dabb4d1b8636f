"""Judges a guide's materials row by row, so that one bad row in ten differs from ten in ten."""

import re
from collections.abc import Callable
from functools import lru_cache

from crawler.rules.guide_text import remember
from crawler.rules.placeholder import is_filled, state_of
from domain.guide import Guide, Material
from domain.guide_fields import FieldState, MaterialPart
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

OWN = re.compile(r"由?申请人(?:自行|自备|本人|准备|提供)|自备|自行(?:准备|提供|下载)")
SHOWN_NAMES = 3
OK = FieldState.OK
LEFT_OUT = (FieldState.NOT_APPLICABLE, FieldState.NOT_MEASURED)
UNSHOWN = not_measured("来源未展示申请材料")
PART_UNSHOWN = not_measured("来源未展示材料的这一项")
NOTHING_TO_JUDGE = not_applicable("没有需要判断的材料")
NO_MATERIAL = re.compile(r"无需(?:提交|提供|准备)?(?:任何|申请)?材料|不(?:需要?|用|必)(?:提交|提供)?(?:任何|申请)?材料")


@lru_cache(maxsize=65_536)
def says_none(text: str) -> bool:
    """Say whether a text states that nothing has to be handed in."""
    return bool(NO_MATERIAL.search(text))


@remember
def material_rows(guide: Guide) -> tuple[Material, ...] | None:
    """Return the rows that name a material, without those that say that none is needed; ``None`` when unshown."""
    if guide.materials is None:
        return None
    return tuple(material for material in guide.materials if not says_none(material.name))


def judge_materials(guide: Guide, state: Callable[[Material], FieldState], fault: str) -> Verdict:
    """Judge every material by ``state``; rows that do not apply or are not shown leave numerator and denominator."""
    rows = material_rows(guide)
    if rows is None:
        return UNSHOWN
    states = [state(material) for material in rows]
    if states.count(OK) == len(states):
        return passed(checked=len(states)) if states else NOTHING_TO_JUDGE
    judged = [pair for pair in zip(rows, states, strict=True) if pair[1] not in LEFT_OUT]
    if not judged:
        return PART_UNSHOWN if FieldState.NOT_MEASURED in states else NOTHING_TO_JUDGE
    faults = [pair for pair in judged if pair[1] is not OK]
    if not faults:
        return passed(checked=len(judged))
    names = "、".join(material.name or "（无名称）" for material, _ in faults[:SHOWN_NAMES])
    more = f"等{len(faults)}项" if len(faults) > SHOWN_NAMES else ""
    return failed(
        faults[0][1], f"申请材料“{names}”{more}{fault}。", excerpt=names, checked=len(judged), failed=len(faults)
    )


@lru_cache(maxsize=65_536)
def names_source(note: str) -> bool:
    """Say whether a note to a source names an office or data, not the applicant himself."""
    return is_filled(note) and not OWN.search(note)


def state_of_part(material: Material, part: MaterialPart) -> FieldState:
    """Return a text part's state."""
    text = getattr(material, part)
    return FieldState.NOT_MEASURED if text is None else state_of(text)


def any_part(material: Material, *parts: MaterialPart) -> FieldState:
    """Return ok when one of several parts is filled, blank when all are shown and blank."""
    texts = [getattr(material, part) for part in parts]
    if any(text is not None and is_filled(text) for text in texts):
        return FieldState.OK
    return FieldState.NOT_MEASURED if None in texts else FieldState.BLANK
