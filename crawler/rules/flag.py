"""Reads yes and no as portals print them, because templates differ in their words (portals.md §0.7: 不支持, 否)."""

from functools import lru_cache

from domain.guide import Guide
from domain.guide_fields import FieldName

YES = frozenset({"是", "支持", "有", "1", "y", "yes", "true", "可以", "已进驻", "收费"})
NO = frozenset({"否", "不支持", "无", "没有", "0", "2", "n", "no", "false", "不可以", "未进驻", "不收费"})


@lru_cache(maxsize=1024)
def read_flag(text: str) -> bool | None:
    """Return yes, no, or ``None`` for anything else, a blank included."""
    word = text.strip().lower()
    return True if word in YES else False if word in NO else None


def flag_of(guide: Guide, name: FieldName) -> bool | None:
    """Return a field's flag; ``None`` when unseen or unreadable."""
    return read_flag(guide.text(name))
