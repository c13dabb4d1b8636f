"""Counts the features of one field's text; which terms are defined is the whole guide's business."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.readability import FieldReadability, TermUse
from domain.reading_field import Passage, ReadingField
from readability.catch_all import find_catch_alls
from readability.enumerations import count_run_on
from readability.glosses import is_explained
from readability.law_citations import count_citations
from readability.office_terms import OfficeTerms
from readability.punctuation import normalise_punctuation
from readability.sentences import count_characters, count_clauses, split_lines, split_sentences, strip_marker

EXCERPT_LENGTH = 40
LIST_MINIMUM = 2
"""One numbered line alone is no list."""


@dataclass(kw_only=True, slots=True)
class Vocabulary:
    """The office terms that a guide has used so far; a term is defined by its first use or never."""

    terms: OfficeTerms
    uses: Counter[str] = field(default_factory=Counter)
    defined: set[str] = field(default_factory=set)
    passed_over: dict[str, None] = field(default_factory=dict)

    def meet(self, text: str) -> Counter[str]:
        """Take note of the terms in a text and return them."""
        met: Counter[str] = Counter()
        for match in self.terms.pattern.finditer(text):
            term = match[0]
            if term not in self.terms.terms:
                self.passed_over[term] = None
                continue
            if term not in self.uses and term not in met and is_explained(text, *match.span()):
                self.defined.add(term)
            met[term] += 1
        self.uses.update(met)
        return met

    def report(self) -> tuple[TermUse, ...]:
        """Return the terms in the order of their first use."""
        return tuple(
            TermUse(term=term, gloss=self.terms.terms[term], uses=uses, defined=term in self.defined)
            for term, uses in self.uses.items()
        )


@dataclass(kw_only=True, slots=True)
class FieldCount:
    """What has been counted in one field."""

    name: ReadingField
    sentences: list[int] = field(default_factory=list)
    longest: str = ""
    clauses: int = 0
    met: Counter[str] = field(default_factory=Counter)
    citations: int = 0
    listed: int = 0
    run_on: int = 0
    catch_alls: list[str] = field(default_factory=list)


def count_field(name: ReadingField, passages: Iterable[Passage], vocabulary: Vocabulary) -> FieldCount:
    """Read a field's passages and note their terms in ``vocabulary``."""
    count = FieldCount(name=name)
    rows = 0
    for passage in passages:
        text = normalise_punctuation(passage.text)
        rows += passage.row
        count.clauses += count_clauses(text)
        count.met.update(vocabulary.meet(text))
        count.citations += count_citations(text)
        count.catch_alls.extend(find_catch_alls(text))
        _count_lines(count, split_lines(text))
    count.listed += rows if rows >= LIST_MINIMUM else 0
    return count


def _count_lines(count: FieldCount, lines: list[str]) -> None:
    items = 0
    for line in lines:
        content, marked = strip_marker(line)
        items += marked
        count.run_on += count_run_on(line)
        for sentence, characters in split_sentences(content):
            if characters > max(count.sentences, default=0):
                count.longest = sentence.strip()
            count.sentences.append(characters)
    count.listed += items if items >= LIST_MINIMUM else 0


def finish_field(count: FieldCount, defined: Mapping[str, bool]) -> FieldReadability:
    """Turn the counts into features; ``defined`` says of each term whether the guide explains it."""
    undefined = {term: uses for term, uses in count.met.items() if not defined[term]}
    return FieldReadability(
        field=count.name,
        characters=sum(count.sentences),
        sentences=len(count.sentences),
        clauses=count.clauses,
        p90_sentence=ninth_decile(count.sentences),
        longest=count.longest[:EXCERPT_LENGTH],
        undefined=undefined,
        undefined_characters=sum(count_characters(term) * uses for term, uses in undefined.items()),
        citations=count.citations,
        listed=count.listed,
        run_on=count.run_on,
        catch_alls=tuple(dict.fromkeys(count.catch_alls)),
    )


def ninth_decile(lengths: list[int]) -> int:
    """Return the smallest length that nine in ten do not exceed (nearest rank), 0 for none."""
    return sorted(lengths)[math.ceil(0.9 * len(lengths)) - 1] if lengths else 0
