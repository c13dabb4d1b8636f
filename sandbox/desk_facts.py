"""What the service desk of the replica knows about a guide: the facts of its document, by kind of question."""

from collections.abc import Mapping
from typing import Any

from sandbox.guideview import read_first, read_material_names
from sandbox.model import Item

KINDS = ("guide", "place", "phone", "days", "fee", "visits", "materials")
"""What the desk can be asked about an item; ``guide`` is where to find and do it."""

PATHS: Mapping[str, tuple[str, ...]] = {
    "place": ("AUDIT_CATALOG_LOBBY.ADDRESS", "window_list.address"),
    "phone": ("AUDIT_ITEM.LINK_TEL", "AUDIT_ITEM.LINK_WAY", "consult_phone"),
    "days": ("AUDIT_ITEM.PROMISE_DAY", "promise_time"),
    "days_unit": ("AUDIT_ITEM.PROMISE_TYPE_TEXT", "promise_time_unit_text"),
    "fee": ("AUDIT_ITEM.IS_FEE_TEXT",),
    "charge": ("AUDIT_CHARGE.FEE_STAND",),
    "visits": ("AUDIT_ITEM_EXTEND.LIMIT_SCENE_NUM",),
}


def name_office(item: Item) -> str:
    """Name the office that answers for an item."""
    return str(item.list_record.get("DEPT_NAME", ""))


def read_fact(detail: Mapping[str, Any], name: str) -> str:
    """Read one fact of a document, "" where it is blank."""
    return read_first(detail, PATHS[name])


def say_fact(detail: Mapping[str, Any], kind: str) -> str:
    """Say a fact as the desk words it, "" where the document has none; a ``guide`` has no fact but its link."""
    if kind == "materials":
        names = read_material_names(detail)
        return f"需提交以下材料：{'；'.join(names)}。" if names else ""
    fact = "" if kind == "guide" else read_fact(detail, kind)
    return say_value(detail, kind, fact) if fact else ""


def say_value(detail: Mapping[str, Any], kind: str, value: str) -> str:
    """Word one value."""
    if kind == "fee":
        charge = read_fact(detail, "charge")
        return "该事项不收费。" if value == "否" else f"该事项收费{f'，标准为{charge}' if charge else ''}。"
    if kind == "visits":
        return "全程网上办理，到办事现场次数为0次。" if value == "0" else f"到办事现场次数为{spell_small(value)}次。"
    if kind == "days":
        return f"承诺办结时限为{value}个{read_fact(detail, 'days_unit') or '工作日'}。"
    return {"place": f"办理地点：{value}。", "phone": f"咨询电话：{value}。"}[kind]


def spell_small(number: str) -> str:
    """Write a small number in Chinese, as many desks do."""
    return {"1": "一", "2": "两", "3": "三"}.get(number, number)


def spoil_value(kind: str, value: str) -> str:
    """Change a number into another of its kind; "" where the kind has no number to be wrong about."""
    if kind == "phone" and value[-1:].isdigit():
        return f"{value[:-1]}{(int(value[-1]) + 3) % 10}"
    if kind in ("days", "visits") and value.isdigit():
        return str(int(value) + (13 if kind == "days" else 4))
    return ""
