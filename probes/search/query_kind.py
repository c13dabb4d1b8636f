"""The kinds of query that a base item is searched with (methodology.md §4.1)."""

from enum import StrEnum


class QueryKind(StrEnum):
    """T0 … T10; the values are stored as ``ObservedRow.kind``."""

    OFFICIAL = "T0"
    MAIN_PART = "T1"
    EVERYDAY = "T2"
    QUESTION = "T3"
    PLACE = "T4"
    PINYIN = "T5"
    INITIALS = "T6"
    SAME_SOUND = "T7"
    LOOK_ALIKE = "T8"
    TYPING_SLIP = "T9"
    LIFE_EVENT = "T10"


KIND_TITLES_ZH: dict[QueryKind, str] = {
    QueryKind.OFFICIAL: "正式名称",
    QueryKind.MAIN_PART: "名称主干",
    QueryKind.EVERYDAY: "日常用语",
    QueryKind.QUESTION: "提问",
    QueryKind.PLACE: "地名加名称",
    QueryKind.PINYIN: "全拼",
    QueryKind.INITIALS: "拼音首字母",
    QueryKind.SAME_SOUND: "同音错字",
    QueryKind.LOOK_ALIKE: "形近错字",
    QueryKind.TYPING_SLIP: "漏字或颠倒",
    QueryKind.LIFE_EVENT: "人生、经营大事",
}

WORDED = (
    QueryKind.OFFICIAL,
    QueryKind.MAIN_PART,
    QueryKind.EVERYDAY,
    QueryKind.QUESTION,
    QueryKind.PLACE,
)
"""T0–T4: words that are right as they stand; nDCG@10 of the score is over these (§4.3)."""

NAMED = (QueryKind.OFFICIAL, QueryKind.MAIN_PART, QueryKind.EVERYDAY)
"""T0–T2: findability is over these."""

CITIZENS_WORDS = (QueryKind.EVERYDAY, QueryKind.QUESTION, QueryKind.PLACE)
"""T2–T4: Hit@3 of the score is over these."""

VARIANTS = (
    QueryKind.PINYIN,
    QueryKind.INITIALS,
    QueryKind.SAME_SOUND,
    QueryKind.LOOK_ALIKE,
    QueryKind.TYPING_SLIP,
)
"""T5–T9: robustness is over these."""

JUDGED_BY_PEOPLE = frozenset({QueryKind.EVERYDAY, QueryKind.QUESTION, QueryKind.LIFE_EVENT})
"""T2, T3, T10 may rightly lead to another item, so that codes alone do not say that a result is wrong (§4.2)."""
