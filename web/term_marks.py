"""Marks the office terms in a guide's text, so that an official sees the words that nobody explained."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.guide import Guide
from domain.readability import FieldReadability, GuideReadability, TermUse
from domain.reading_field import Passage, passages_of


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A stretch of text; ``term`` is set where it is an office term that the guide does not explain."""

    text: str
    term: TermUse | None = None


@dataclass(frozen=True, kw_only=True)
class MarkedField:
    """A field's features beside its marked text."""

    features: FieldReadability
    passages: tuple[tuple[Stretch, ...], ...]


def mark_fields(guide: Guide, reading: GuideReadability) -> list[MarkedField]:
    """Put each field's features and its marked text side by side."""
    texts = passages_of(guide)
    pattern = _pattern_of(reading)
    undefined = {use.term: use for use in reading.terms if not use.defined}
    return [
        MarkedField(
            features=field,
            passages=tuple(_mark(passage, pattern, undefined) for passage in texts.get(field.field, ())),
        )
        for field in reading.fields
    ]


def _pattern_of(reading: GuideReadability) -> re.Pattern[str]:
    """Find what the reading met, the longest first; what it passed over is found too, lest a term be seen inside."""
    words = {*(use.term for use in reading.terms), *reading.passed_over}
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)")


def _mark(passage: Passage, pattern: re.Pattern[str], undefined: dict[str, TermUse]) -> tuple[Stretch, ...]:
    return tuple(_stretches(passage.text, pattern, undefined))


def _stretches(text: str, pattern: re.Pattern[str], undefined: dict[str, TermUse]) -> Iterator[Stretch]:
    plain_from = 0
    for match in pattern.finditer(text):
        if match[0] in undefined:
            if match.start() > plain_from:
                yield Stretch(text=text[plain_from : match.start()])
            yield Stretch(text=match[0], term=undefined[match[0]])
            plain_from = match.end()
    if plain_from < len(text):
        yield Stretch(text=text[plain_from:])
