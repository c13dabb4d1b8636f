"""Counts the features of one field's text; which terms are defined is the whole guide's business."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.readability import FieldReadability, TermUse
from domain.reading_field import Passage, ReadingField
from readability.glosses import is_explained
from readability.office_terms import OfficeTerms
from readability.passage_count import PassageCount, count_passage
from readability.sentences import count_characters

LIST_MINIMUM = 2
"""One numbered line alone is no list."""


@dataclass(kw_only=True, slots=True)
class Vocabulary:
    """The office terms that a guide has used so far; a term is defined by its first use or never."""

    terms: OfficeTerms
    uses: Counter[str] = field(default_factory=Counter)
    defined: set[str] = field(default_factory=set)
    passed_over: dict[str, None] = field(default_factory=dict)

    def meet(self, text: str) -> dict[str, int]:
        """Take note of the terms in a text and return how often each stands in it."""
        met: dict[str, int] = {}
        glosses = self.terms.terms
        for match in self.terms.pattern.finditer(text):
            term = match[0]
            if term not in glosses:
                self.passed_over[term] = None
                continue
            if term not in self.uses and term not in met and is_explained(text, *match.span()):
                self.defined.add(term)
            met[term] = met.get(term, 0) + 1
        if met:
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
    passages: list[PassageCount] = field(default_factory=list)
    rows: int = 0
    met: Counter[str] = field(default_factory=Counter)


def count_field(name: ReadingField, passages: Iterable[Passage], vocabulary: Vocabulary) -> FieldCount:
    """Read a field's passages and note their terms in ``vocabulary``."""
    count = FieldCount(name=name)
    for passage in passages:
        counted = count_passage(passage.text)
        count.passages.append(counted)
        count.rows += passage.row
        if met := vocabulary.meet(counted.text):
            count.met.update(met)
    return count


def finish_field(count: FieldCount, defined: Mapping[str, bool]) -> FieldReadability:
    """Turn the counts into features; ``defined`` says of each term whether the guide explains it."""
    lengths = [length for passage in count.passages for length in passage.sentences]
    undefined = {term: uses for term, uses in count.met.items() if not defined[term]}
    rows = count.rows if count.rows >= LIST_MINIMUM else 0
    return FieldReadability(
        field=count.name,
        characters=sum(lengths),
        sentences=len(lengths),
        clauses=sum(passage.clauses for passage in count.passages),
        p90_sentence=ninth_decile(lengths),
        longest=max(count.passages, key=lambda passage: max(passage.sentences, default=0)).longest if lengths else "",
        undefined=undefined,
        undefined_characters=sum(count_characters(term) * uses for term, uses in undefined.items()),
        citations=sum(passage.citations for passage in count.passages),
        listed=rows + sum(passage.items for passage in count.passages if passage.items >= LIST_MINIMUM),
        run_on=sum(passage.run_on for passage in count.passages),
        catch_alls=tuple(dict.fromkeys(phrase for passage in count.passages for phrase in passage.catch_alls)),
    )


def ninth_decile(lengths: list[int]) -> int:
    """Return the smallest length that nine in ten do not exceed (nearest rank), 0 for none."""
    return sorted(lengths)[math.ceil(0.9 * len(lengths)) - 1] if lengths else 0
