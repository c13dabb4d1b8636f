"""What the mobile platforms show otherwise than the guide of 广东政务服务网, really or in the way of writing only."""

import re
from collections.abc import Collection
from typing import Any

from sandbox.misbehaviours import Misbehaviour

LIMITS = ("承诺办结时限", "法定办结时限")
FEE, STATUS, PHONE, MATERIALS = "是否收费", "事项状态", "咨询电话", "申请材料"
OTHER_STATUS = "暂停"
OTHER_MATERIAL = "经公证的委托书"
LONGER_DAYS = 9
OPPOSITE = {"是": "否", "否": "是", "收费": "不收费", "不收费": "收费"}

DIFFERING: dict[Misbehaviour, str] = {
    Misbehaviour.PORTAL_OTHER_LIMIT: LIMITS[0],
    Misbehaviour.PORTAL_OTHER_MATERIALS: MATERIALS,
    Misbehaviour.PORTAL_OTHER_FEE: FEE,
    Misbehaviour.PORTAL_OTHER_STATUS: STATUS,
}
"""Misbehaviour → the label whose value differs; the truth about a guide is written from this table."""

Facts = list[dict[str, Any]]


def show_facts(facts: Facts, names: Collection[Misbehaviour]) -> Facts:
    """Give the facts as the mobile platforms show them."""
    return [fact | {"text": show_text(fact["label"], fact["text"], names)} for fact in facts]


def show_text(label: str, text: str, names: Collection[Misbehaviour]) -> str:
    """Give one value as the mobile platforms show it."""
    if label == LIMITS[0] and Misbehaviour.PORTAL_OTHER_LIMIT in names:
        return re.sub(r"\d+", lambda days: str(int(days[0]) + LONGER_DAYS), text, count=1)
    if label == FEE and Misbehaviour.PORTAL_OTHER_FEE in names:
        return OPPOSITE.get(text, text)
    if label == STATUS and Misbehaviour.PORTAL_OTHER_STATUS in names:
        return OTHER_STATUS
    return write_otherwise(label, text) if Misbehaviour.PORTAL_WRITES_OTHERWISE in names else text


def write_otherwise(label: str, text: str) -> str:
    """Say the same in other words."""
    if label in LIMITS:
        return re.sub(r"^(\d+)\((?:个)?(工作日|自然日)\)$", r"\1 个\2内", text)
    if label == FEE:
        return {"否": "免费", "是": "收费"}.get(text, text)
    if label == PHONE:
        return re.sub(r"^(0\d{2,3})-(\d{7,8})$", r"（\1）\2", text)
    return text


def show_materials(materials: list[str], names: Collection[Misbehaviour]) -> list[str]:
    """Give the list of materials as the mobile platforms show it."""
    if not materials:
        return materials
    if Misbehaviour.PORTAL_OTHER_MATERIALS in names:
        return [OTHER_MATERIAL, *materials[1:]]
    if Misbehaviour.PORTAL_WRITES_OTHERWISE in names:
        return [f"{number}、{name}" for number, name in enumerate(reversed(materials), start=1)]
    return materials
