"""The list of life events, in people's own words, that T10 asks with; people keep it, and the owner may replace it."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError, field_validator

from domain.errors import UsageError
from domain.frozen import Frozen

SHIPPED_EVENTS = Path(__file__).with_name("life_events.toml")


class LifeEvents(Frozen):
    """``events`` maps what people say to the topics that it is about, words of item names."""

    events: Mapping[str, tuple[str, ...]]

    @field_validator("events")
    @classmethod
    def _check_words(cls, events: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        for word, topics in events.items():
            if not word.strip() or not topics or not all(topic.strip() for topic in topics):
                raise ValueError(f"life event {word!r} needs a word and at least one topic")
        return events

    def about(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Return the events that one of the texts is about, in the list's order."""
        told = "\n".join(texts)
        return tuple(word for word, topics in self.events.items() if any(topic in told for topic in topics))


@lru_cache(maxsize=4)
def load_life_events(path: Path = SHIPPED_EVENTS) -> LifeEvents:
    """Read a list; raise ``UsageError`` naming the file for one that cannot be read or does not fit."""
    try:
        return LifeEvents.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"cannot read life events from {path}: {error}; allowed: a TOML file") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the file"
        raise UsageError(f"life events in {path.name} do not fit: {where}: {first['msg']}") from error
