"""Writes a word as people get it wrong: same sound, same shape, a character left out or two swapped (T7–T9)."""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TypeVar

from pypinyin import Style, lazy_pinyin

LOOK_ALIKES_FILE = Path(__file__).with_name("look_alikes.toml")
COMMON_LEADS = range(0xB0, 0xD8)  # GB/T 2312 level 1: the 3,755 common characters, 16-01 … 55-89
TRAILS = range(0xA1, 0xFF)
NEGATIONS = "未不非无"  # without it the word means the opposite, which is no slip of the finger
Choice = TypeVar("Choice")


def draw_one(choices: Sequence[Choice], *purpose: str) -> Choice:
    """Choose by a hash, the same one each time; ``choices`` must not be empty."""
    digest = hashlib.sha256("|".join(purpose).encode()).digest()
    return choices[int.from_bytes(digest[:8], "big") % len(choices)]


def spell(word: str) -> str:
    """Return the full pinyin in small letters, ü as v; what is no Chinese character stays: 开KTV → kaiktv."""
    return "".join(lazy_pinyin(word, style=Style.NORMAL, v_to_u=False)).lower()


def spell_initials(word: str) -> str:
    """Return the first letter of each character: 营业执照 → yyzz."""
    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER)).lower()


@cache
def common_characters() -> tuple[str, ...]:
    """Return the common characters, those of GB/T 2312 level 1; rare ones are no slip that anybody makes."""
    codes = (bytes((lead, trail)) for lead in COMMON_LEADS for trail in TRAILS)
    return tuple(text for code in codes if (text := code.decode("gb2312", "ignore")))


@cache
def same_sounds() -> Mapping[str, tuple[str, ...]]:
    """Return toneless syllable → common characters that are read so first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for character in common_characters():
        groups[spell(character)].append(character)
    return {sound: tuple(group) for sound, group in groups.items()}


@cache
def look_alikes() -> Mapping[str, tuple[str, ...]]:
    """Return character → characters of the same groups in ``look_alikes.toml``."""
    groups: list[str] = tomllib.loads(LOOK_ALIKES_FILE.read_text(encoding="utf-8"))["groups"]
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for group in groups:
        for character in group:
            found[character] |= dict.fromkeys(other for other in group if other != character)
    return {character: tuple(others) for character, others in found.items()}


def mishear(word: str, *purpose: str) -> str | None:
    """Return the word with one character of the same sound in another's place; ``None`` when there is none."""
    sounds = lazy_pinyin(list(word), style=Style.NORMAL, v_to_u=False)
    choices = [
        (place, other)
        for place, (character, sound) in enumerate(zip(word, sounds, strict=True))
        for other in same_sounds().get(sound, ())
        if other != character and character in common_characters()
    ]
    return put(word, draw_one(choices, word, *purpose)) if choices else None


def misread(word: str, *purpose: str) -> str | None:
    """Return the word with one look-alike in a character's place; ``None`` when no character has one."""
    choices = [(place, other) for place, character in enumerate(word) for other in look_alikes().get(character, ())]
    return put(word, draw_one(choices, word, *purpose)) if choices else None


def mistype(word: str, *purpose: str) -> str | None:
    """Return the word without one inner character, or with two neighbours swapped; ``None`` for a very short word."""
    inner = (place for place in range(1, len(word) - 1) if word[place] not in NEGATIONS)
    dropped = [word[:place] + word[place + 1 :] for place in inner]
    swapped = [
        word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        for place in range(len(word) - 1)
        if word[place] != word[place + 1]
    ]
    kind = draw_one((dropped, swapped), word, "kind", *purpose) if len(word) > 3 and dropped else swapped
    return draw_one(kind, word, *purpose) if kind else None


def put(word: str, change: tuple[int, str]) -> str:
    """Return the word with one character replaced."""
    place, character = change
    return word[:place] + character + word[place + 1 :]
