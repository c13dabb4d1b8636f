"""What a change of a schema means for who reads the files: nothing, other words, something new, or a break."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from typing import Any

Schema = Mapping[str, Any]


class Bump(IntEnum):
    """The part of a semantic version that a change has to raise (semver.org §6–8)."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


WORDS = ("title", "description", "x-title-en", "x-empty")
KEYS = ("x-natural-key", "x-dataset", "x-run-bound", "x-volatile", "additionalProperties")
MEANING = ("x-form", "x-unit", "format", "pattern", "items", "minLength")


def judge_change(old: Schema, new: Schema) -> Bump:
    """Return what the change from one schema of a data set to the next one asks for."""
    return max((Bump.NONE, *_whole(old, new), *_properties(old["properties"], new["properties"])))


def allows(old: str, new: str, needed: Bump) -> bool:
    """Say whether going from one version to another announces a change of this weight."""
    before, after = parse(old), parse(new)
    if needed is Bump.NONE:
        return after >= before
    place = Bump.MAJOR - needed
    return after[: place + 1] > before[: place + 1]


def parse(version: str) -> tuple[int, ...]:
    """Read ``2.0.0``."""
    return tuple(int(part) for part in version.split("."))


def _whole(old: Schema, new: Schema) -> Iterator[Bump]:
    if any(old.get(key) != new.get(key) for key in KEYS) or set(old["required"]) - set(new["required"]):
        yield Bump.MAJOR
    if any(old.get(key) != new.get(key) for key in WORDS):
        yield Bump.PATCH
    if list(old["properties"]) != list(new["properties"]):
        yield Bump.MINOR  # a column of CSV stands elsewhere


def _properties(old: Mapping[str, Schema], new: Mapping[str, Schema]) -> Iterator[Bump]:
    for key, before in old.items():
        if key in new:
            yield from _property(before, new[key])
        else:
            yield Bump.MAJOR
    if new.keys() - old.keys():
        yield Bump.MINOR


def _property(old: Schema, new: Schema) -> Iterator[Bump]:
    if any(old.get(key) != new.get(key) for key in MEANING):
        yield Bump.MAJOR
    yield _values(_types(old), _types(new))
    yield _codes(old, new)
    if old.get("x-refers") != new.get("x-refers"):
        yield Bump.MINOR
    titles, now = old.get("x-codes", {}), new.get("x-codes", {})
    if any(old.get(key) != new.get(key) for key in WORDS) or any(now.get(code) != titles[code] for code in titles):
        yield Bump.PATCH


def _types(schema: Schema) -> set[str]:
    kinds = schema["type"]
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _codes(old: Schema, new: Schema) -> Bump:
    if "enum" in new or "enum" in old:
        if ("enum" in new) != ("enum" in old):
            return Bump.MAJOR
        return _values(set(old["enum"]), set(new["enum"]))
    # An open list says of itself that it may grow at any time; only a code that readers know must not go.
    return Bump.MAJOR if set(old.get("x-codes", ())) - set(new.get("x-codes", ())) else Bump.NONE


def _values(old: set[Any], new: set[Any]) -> Bump:
    """More than before breaks a reader that trusted the schema; less is only new."""
    if new - old:
        return Bump.MAJOR
    return Bump.MINOR if old - new else Bump.NONE
