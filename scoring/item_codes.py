"""What a listed code tells of an item whose guide nobody could read, so that blindness is not taken for absence.

An 实施编码 has 31 characters: body 0–17, level 18, basic code 19–30, of which 21–22 are the type (portals.md §0.6).
The listing names it, or the 业务办理项编码 that begins with it, before any guide is opened.
"""

from domain.facts import ItemFact
from domain.item_type import GUANGDONG_ITEM_TYPES

TASK_CODE_CHARACTERS = 31
BASIC = slice(19, 31)
TYPE = slice(21, 23)


def task_code_of(item: ItemFact) -> str:
    """Return the 实施编码 by the guide, else by the listed code; "" where neither tells it."""
    return item.task_code or (item.code[:TASK_CODE_CHARACTERS] if len(item.code) >= TASK_CODE_CHARACTERS else "")


def type_code_of(item: ItemFact) -> str:
    """Return the 事项类型 by the guide, else by the code; "" where neither tells it."""
    if item.item_type_code in GUANGDONG_ITEM_TYPES:
        return item.item_type_code
    told = task_code_of(item)[TYPE]
    return told if told in GUANGDONG_ITEM_TYPES else ""


def basic_code_of(item: ItemFact) -> str:
    """Return the basic code that an item's 实施编码 ends with; "" where the code is not known."""
    code = task_code_of(item)
    return code[BASIC] if len(code) >= TASK_CODE_CHARACTERS else ""


def codes_of(item: ItemFact) -> frozenset[str]:
    """Return the codes under which a list may name an item: its 实施编码 and its 业务办理项编码."""
    return frozenset(code for code in (task_code_of(item), item.code) if code)
