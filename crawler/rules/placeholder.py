"""Recognises text that stands where a value should be, because 无 and 详见附件 are not answers."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

from domain.guide_fields import FieldState

TABLE = tomllib.loads(Path(__file__).with_name("placeholders.toml").read_text(encoding="utf-8"))
NOTHING: frozenset[str] = frozenset(TABLE["nothing"])
EVASIVE: frozenset[str] = frozenset(TABLE["evasive"])
OPENINGS: tuple[str, ...] = tuple(TABLE["openings"])
ENDINGS: tuple[str, ...] = tuple(TABLE["endings"])
LABEL = re.compile(r"^(?:办理|办公|咨询|投诉|监督|联系|窗口)?(?:地点|地址|时间|电话|方式|时限|依据|条件)\s*[::]\s*")
PHRASE_CHARACTERS_MAX = 60
EDGE = re.compile(r"^[\W_]+|[\W_]+$")


def state_of(text: str) -> FieldState:
    """Say ok, blank (nothing, or a word for nothing) or placeholder (an evasion)."""
    return FieldState.OK if len(text) > PHRASE_CHARACTERS_MAX else state_of_phrase(text)


@lru_cache(maxsize=16_384)
def state_of_phrase(text: str) -> FieldState:
    """Judge a short text; the same ones come again in every guide, unlike long ones."""
    core = strip_text(text)
    if not core or core in NOTHING:
        return FieldState.BLANK
    return FieldState.PLACEHOLDER if is_evasive(core) else FieldState.OK


def strip_text(text: str) -> str:
    """Bring a short text to the form in which the table lists phrases."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    return EDGE.sub("", LABEL.sub("", plain)).replace(" ", "")


def is_evasive(core: str) -> bool:
    """Say whether a stripped text only puts the citizen off."""
    return (
        core in EVASIVE
        or (core.startswith(OPENINGS) and len(core) <= TABLE["opening_length_max"])
        or (core.endswith(ENDINGS) and len(core) <= TABLE["ending_length_max"])
    )


def is_filled(text: str) -> bool:
    """Say whether a text is an answer."""
    return state_of(text) is FieldState.OK


def is_empty(text: str) -> bool:
    """Say whether a text is blank or a word for nothing."""
    return state_of(text) is FieldState.BLANK
