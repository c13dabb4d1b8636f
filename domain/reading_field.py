"""The texts of a guide that a citizen has to understand, and where each of them stands in a ``Guide``."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from domain.guide import Guide
from domain.guide_fields import FieldName


class ReadingField(StrEnum):
    """The texts whose readability is looked at (methodology.md §6); the quoted law is none of them."""

    CONDITION = "condition"
    MATERIALS = "materials"
    FLOW = "flow"
    TIPS = "tips"


READING_FIELD_TITLES_ZH: dict[ReadingField, str] = {
    ReadingField.CONDITION: "受理条件",
    ReadingField.MATERIALS: "材料要求",
    ReadingField.FLOW: "办理流程",
    ReadingField.TIPS: "温馨提示",
}


class Passage(NamedTuple):
    """A piece of text; ``row`` says that the guide prints it as a row of a table or a numbered step."""

    text: str
    row: bool = False


def passages_of(guide: Guide) -> dict[ReadingField, tuple[Passage, ...]]:
    """Return the texts of each field that the source shows; a field without text has an empty tuple.

    A field that the source does not show is not in the answer: nobody can say how it reads.
    """
    shown: dict[ReadingField, tuple[Passage, ...]] = {}
    for field, name in ((ReadingField.CONDITION, FieldName.CONDITION), (ReadingField.TIPS, FieldName.TIPS)):
        if guide.measures(name):
            shown[field] = _texts(guide, name)
    if guide.materials is not None:
        shown[ReadingField.MATERIALS] = tuple(_material_passages(guide))
    if guide.steps is not None or any(guide.measures(name) for name in FLOWS):
        shown[ReadingField.FLOW] = (*_texts(guide, *FLOWS), *_step_passages(guide))
    return {field: shown[field] for field in ReadingField if field in shown}


FLOWS = (FieldName.ONLINE_FLOW, FieldName.WINDOW_FLOW)


def _texts(guide: Guide, *names: FieldName) -> tuple[Passage, ...]:
    return tuple(Passage(text=text) for text in (guide.text(name) for name in names) if text)


def _material_passages(guide: Guide) -> Iterator[Passage]:
    """Yield each material's name as a row, and what is said about its source as running text."""
    for material in guide.materials or ():
        if material.name:
            yield Passage(text=material.name, row=True)
        if material.source_note:
            yield Passage(text=material.source_note)


def _step_passages(guide: Guide) -> Iterator[Passage]:
    for step in guide.steps or ():
        text = "：".join(part for part in (step.name, step.result) if part)
        if text:
            yield Passage(text=text, row=True)
