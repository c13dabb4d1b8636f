"""Gathers everything that a guide says to the public, once per guide, for the rules that read all of it."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from domain.guide import Guide
from domain.guide_fields import FieldName

CODES = frozenset(
    {
        FieldName.TASK_CODE,
        FieldName.HANDLING_CODE,
        FieldName.BASIC_CODE,
        FieldName.ITEM_TYPE_CODE,
        FieldName.DEPARTMENT_CODE,
    }
)
"""Not words: their digits look like many other numbers."""

ONLINE_ADDRESSES = frozenset({FieldName.ONLINE_URL, FieldName.BOOKING_URL, FieldName.MOBILE_URL})
RICH = frozenset({FieldName.CONDITION, FieldName.ONLINE_FLOW, FieldName.WINDOW_FLOW, FieldName.LEGAL_LIMIT_NOTE})
"""Texts from the portal's own editor, whose page shows them as HTML: there one ``&nbsp;`` is a blank to the reader."""

Answer = TypeVar("Answer")


def remember(compute: Callable[[Guide], Answer]) -> Callable[[Guide], Answer]:
    """Keep the answer about the guide that was asked about last, since many rules ask it of one guide in a row."""
    last: tuple[Guide, Answer] | None = None

    def ask(guide: Guide) -> Answer:
        nonlocal last
        seen = last
        if seen is None or seen[0] is not guide:
            last = seen = (guide, compute(guide))
        return seen[1]

    return ask


@remember
def texts_of(guide: Guide) -> tuple[tuple[FieldName, str], ...]:
    """Return (field, text as the source gave it) of every text a citizen may read; codes are left out."""
    plain = [(name, field.raw) for name, field in guide.fields.items() if field.raw and name not in CODES]
    return (*plain, *(pair for pair in detail_texts(guide) if pair[1]))


def detail_texts(guide: Guide) -> Iterator[tuple[FieldName, str]]:
    """Yield the texts of the detail tables, normalised."""
    for material in guide.materials or ():
        yield FieldName.MATERIALS, f"{material.name}\n{material.source_note or ''}"
    for law in guide.laws or ():
        yield FieldName.LEGAL_BASIS, "\n".join((law.name, law.number, law.clause, law.content, law.issuer))
    for window in guide.windows or ():
        yield FieldName.PLACE, "\n".join((window.name, window.address, window.transport))
        yield FieldName.HOURS, window.hours
    for step in guide.steps or ():
        yield FieldName.FLOW_STEPS, "\n".join((step.name, step.handler, step.limit, step.result))
    for charge in guide.charges or ():
        yield FieldName.CHARGES, "\n".join((charge.name, charge.standard, charge.basis))
    for question in guide.questions or ():
        yield FieldName.QUESTIONS, f"{question.question}\n{question.answer}"


ODD = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u00c0-\u00f4\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd"
    "锛銆鐨勪涓鍦骞笢绗鏉鐢璇闃鏀垮姟鍔鐞鏂浜鍚锟斤烫屯葺]"
)
"""Every character without which no text is damaged, invisible or a control: most guides have none of them."""


@remember
def is_odd(guide: Guide) -> bool:
    """Say whether any text holds a character that a sound Chinese text rarely has."""
    return ODD.search(whole_text(guide)) is not None


@remember
def whole_text(guide: Guide) -> str:
    """Return all of it as one text, so that a pattern that occurs nowhere costs one search."""
    parts = [field.raw for name, field in guide.fields.items() if field.raw and name not in CODES]
    for material in guide.materials or ():
        parts += (material.name, material.source_note or "")
    for law in guide.laws or ():
        parts += (law.name, law.number, law.clause, law.content, law.issuer)
    for window in guide.windows or ():
        parts += (window.name, window.address, window.transport, window.hours)
    for step in guide.steps or ():
        parts += (step.name, step.handler, step.limit, step.result)
    for charge in guide.charges or ():
        parts += (charge.name, charge.standard, charge.basis)
    for question in guide.questions or ():
        parts += (question.question, question.answer)
    return "\n".join(parts)
