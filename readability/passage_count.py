"""Counts what one passage of a guide holds, whatever guide it stands in."""

from functools import lru_cache
from typing import NamedTuple

from readability.catch_all import find_catch_alls
from readability.enumerations import count_run_on
from readability.law_citations import count_citations
from readability.punctuation import normalise_punctuation
from readability.sentences import count_clauses, split_lines, split_sentences, strip_marker

EXCERPT_LENGTH = 40
SHORT = 60
"""Shorter passages are names of materials and steps, which thousands of guides share."""
REMEMBERED = 16_384


class PassageCount(NamedTuple):
    """Counts over one passage; ``text`` is its normalised text, ``items`` its numbered lines."""

    text: str
    sentences: tuple[int, ...]
    longest: str
    clauses: int
    citations: int
    run_on: int
    items: int
    catch_alls: tuple[str, ...]


def count_passage(raw: str) -> PassageCount:
    """Count a passage, or remember it."""
    return _count_short(raw) if len(raw) < SHORT else _count(raw)


def _count(raw: str) -> PassageCount:
    text = normalise_punctuation(raw)
    lines = [(line, *strip_marker(line)) for line in split_lines(text)]
    sentences = [sentence for _, content, _ in lines for sentence in split_sentences(content)]
    longest = max(sentences, key=lambda sentence: sentence[1])[0].strip() if sentences else ""
    return PassageCount(
        text=text,
        sentences=tuple(characters for _, characters in sentences),
        longest=longest[:EXCERPT_LENGTH],
        clauses=count_clauses(text),
        citations=count_citations(text),
        run_on=sum(count_run_on(line) for line, _, _ in lines),
        items=sum(marked for _, _, marked in lines),
        catch_alls=find_catch_alls(text),
    )


_count_short = lru_cache(maxsize=REMEMBERED)(_count)
