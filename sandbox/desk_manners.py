"""How the service desk of the replica treats each question: fixed by seed, item and kind, with the grade it deserves.

Grades are those of a written scale: 1 where the answer holds the link to the guide or the facts asked for, 0.5 where it
holds from 0.3 to below 0.8 of them, 0 for less, for another item, for a refusal and for a wrong number.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sandbox.corpus.randomness import number
from sandbox.desk_facts import KINDS, name_office, read_fact, say_fact, spoil_value
from sandbox.guideview import read_material_names
from sandbox.model import Item, Json

WEIGHTS: tuple[tuple[str, int], ...] = (
    ("card", 38),  # the right answer with a card that links the guide
    ("fact", 14),  # the right fact, no link
    ("link", 6),  # the link alone
    ("contradicted", 6),  # a wrong number beside the right one
    ("wrong", 4),  # a wrong number alone
    ("part", 6),  # half of the materials
    ("related", 6),  # guides of other items
    ("refusal", 6),  # a stock phrase
    ("clarify", 6),  # asks back first, answers at the second turn
    ("picky", 5),  # understands the official word only
    ("slow", 1),  # right, after more than five seconds
    ("busy", 2),  # a page of overload in place of the answer
)
RIGHT = frozenset({"card", "fact", "link", "clarify", "slow", "picky"})
NUMBERED = frozenset({"contradicted", "wrong"})
FACT_ONLY = frozenset({"fact", "part"})
PART_LOW, PART_HIGH = 0.3, 0.8
OFFICIAL_WORDS: Mapping[str, tuple[str, ...]] = {
    "guide": ("办事指南",),
    "place": ("办理地点", "地址"),
    "phone": ("咨询电话",),
    "days": ("办结时限",),
    "fee": ("收费",),
    "visits": ("现场次数",),
    "materials": ("申请材料",),
}
"""Words that a picky desk waits for."""
OVERCONFIDENT_ABOUT = ("天气", "彩票", "股票")
"""Matters of no office about which the desk makes up an answer."""
REFUSALS = (
    "抱歉，没有找到与您的问题相关的内容，请换个问法试试。",
    "小粤还在学习中，暂时无法回答这个问题，您可以转人工服务。",
    "没有找到相关答案，请转人工或拨打12345。",
)


def draw_manner(seed: int, item_id: str, kind: str) -> str:
    """Draw a manner by weight."""
    place = number(sum(weight for _, weight in WEIGHTS), "desk", str(seed), item_id, kind)
    for manner, weight in WEIGHTS:
        if place < weight:
            return manner
        place -= weight
    raise AssertionError(place)


def choose_manner(seed: int, item_id: str, kind: str, detail: Mapping[str, Any]) -> str:
    """Draw a manner and give way to ``card`` where the document has nothing to be wrong or partial about."""
    manner = draw_manner(seed, item_id, kind)
    if manner in NUMBERED:
        fits = kind in ("phone", "days", "visits") and bool(spoil_value(kind, read_fact(detail, kind)))
    elif manner == "part":
        fits = kind == "materials" and bool(choose_part(detail))
    else:
        fits = manner not in FACT_ONLY or kind != "guide"
    return manner if fits else "card"


def choose_part(detail: Mapping[str, Any]) -> list[str]:
    """Choose the half of the materials that a partial answer names; none where no half lies within the bounds."""
    names = read_material_names(detail)
    kept = names[: (len(names) + 1) // 2]
    rest = "；".join(names[len(kept) :])
    share = len(kept) / len(names) if names else 0
    distinct = len(set(names)) == len(names) and not any(name in rest for name in kept)
    return kept if PART_LOW <= share < PART_HIGH and distinct else []


def grade_manner(manner: str) -> float | None:
    """Give the grade that an answer of this manner deserves; ``None`` where there is no answer."""
    if manner == "busy":
        return None
    return 1.0 if manner in RIGHT else 0.5 if manner == "part" else 0.0


def write_item(seed: int, item_id: str, detail: Mapping[str, Any]) -> Json:
    """Write the truth about one item: kind of question → manner, grade and what else matters."""
    told = [kind for kind in KINDS if kind == "guide" or say_fact(detail, kind)]
    manners = {kind: choose_manner(seed, item_id, kind, detail) for kind in told}
    return {
        kind: {
            "manner": manner,
            "grade": grade_manner(manner),
            "turns": 2 if manner == "clarify" else 1,
            "slow": manner == "slow",
            "only_with": list(OFFICIAL_WORDS[kind]) if manner == "picky" else [],
        }
        for kind, manner in manners.items()
    }


def write_desk(seed: int, items: Iterable[Item]) -> Json:
    """Write the ``desk`` part of the truth; of twins with one name at one office the desk knows the first only."""
    known: dict[tuple[str, str], Item] = {}
    for item in items:
        known.setdefault((item.name, name_office(item)), item)
    return {
        "items": {item.item_id: write_item(seed, item.item_id, item.detail) for item in known.values()},
        "overconfident_about": list(OVERCONFIDENT_ABOUT),
    }
