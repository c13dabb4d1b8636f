"""The words of the office and their plain glosses, as a list that people keep and the owner may replace."""

import hashlib
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import ValidationError, field_validator

from domain.errors import UsageError
from domain.frozen import Frozen

SHIPPED_TERMS = Path(__file__).with_name("terms.toml")
ID_LENGTH = 8


class OfficeTerms(Frozen):
    """A list of terms: ``terms`` maps term → gloss, ``lookalikes`` are strings in which a term stands by chance."""

    terms: Mapping[str, str]
    lookalikes: tuple[str, ...] = ()

    @field_validator("terms")
    @classmethod
    def _check_glosses(cls, terms: Mapping[str, str]) -> Mapping[str, str]:
        for term, gloss in terms.items():
            if not term.strip() or not gloss.strip():
                raise ValueError(f"term {term!r} has no gloss")
            if term in gloss:
                raise ValueError(f"the gloss of {term!r} explains it by itself")
        return terms

    @cached_property
    def id(self) -> str:
        """Short hash of the content, so that a reading can name the list it was made with."""
        text = "\n".join([*(f"{term}={gloss}" for term, gloss in sorted(self.terms.items())), *sorted(self.lookalikes)])
        return hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compile_words((*self.terms, *self.lookalikes))

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the terms in a text from left to right, the longest where several begin at one place."""
        return (match for match in self.pattern.finditer(text) if match[0] in self.terms)


def compile_words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Build a pattern that finds the longest word at each place; grouped by first character it runs twice as fast."""
    tails: dict[str, list[str]] = defaultdict(list)
    for word in words:
        tails[word[0]].append(word[1:])
    branches = (
        re.escape(first) + "(?:" + "|".join(re.escape(tail) for tail in sorted(rest, key=len, reverse=True)) + ")"
        for first, rest in sorted(tails.items())
    )
    return re.compile("|".join(branches) or "(?!)")


@lru_cache(maxsize=4)
def load_terms(path: Path = SHIPPED_TERMS) -> OfficeTerms:
    """Read a list; raise ``UsageError`` naming the file for one that cannot be read or does not fit."""
    try:
        return OfficeTerms.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"cannot read office terms from {path}: {error}; allowed: a TOML file") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise UsageError(f"office terms in {path.name} do not fit: {where}: {first['msg']}") from error
