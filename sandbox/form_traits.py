"""How one application form treats its citizens, so that forms differ and the truth can say in what."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

Value = TypeVar("Value")
Complaint = Literal["field", "vague", "alert", "silent", "unchecked", "bubble"]
"""What a wrong answer meets: a sentence at the field, one that says nothing, a popup, silence, no check at all, or what
the browser itself says at the field."""

EVERY_KIND = ("pdf", "jpg", "jpeg", "png", "doc", "docx")
AXE_RULES = ("label", "color-contrast", "html-has-lang", "image-alt", "button-name", "link-name")
"""Rules of axe-core, serious or critical, that a page of the form can be made to break."""


@dataclass(frozen=True, kw_only=True)
class FormTraits:
    """The traits of one form; the defaults are those of a form without fault."""

    limits: Literal["format_and_size", "size", "none"] = "format_and_size"  # what is told beside an upload
    upload_kinds: tuple[str, ...] = EVERY_KIND
    upload_limit_mb: int = 10
    required_complaint: Complaint = "field"
    id_complaint: Complaint = "field"  # about a wrong check digit
    type_complaint: Complaint = "field"
    size_complaint: Complaint = "field"
    draft: Literal["button", "told", "none"] = "button"
    licence: bool = True  # an e-licence can be picked in place of a file
    receipt: bool = True
    remote_result: bool = True  # one way to get the result needs no visit
    messages: bool = True
    rating: bool = True
    progress: Literal["alive", "dead", "empty", "none"] = "alive"  # empty: it leads to the home page
    login_ways: int = 2
    second_login: bool = False
    returns_to_item: bool = True
    fits_phone: bool = True
    situation_list: bool = False  # the situation is chosen from a list
    broken_rules: tuple[str, ...] = ()


def choose_traits(rng: random.Random) -> FormTraits:
    """Draw the traits of one form; most forms are good at most things."""
    return FormTraits(
        limits=weigh(rng, (("format_and_size", 60), ("size", 20), ("none", 20))),
        upload_kinds=weigh(rng, ((EVERY_KIND, 76), (("jpg", "jpeg"), 12), (("pdf",), 12))),
        upload_limit_mb=weigh(rng, ((10, 70), (5, 12), (2, 18))),
        required_complaint=weigh(
            rng, (("field", 46), ("vague", 12), ("alert", 12), ("silent", 10), ("unchecked", 10), ("bubble", 10))
        ),
        id_complaint=weigh(rng, (("field", 52), ("vague", 8), ("alert", 12), ("silent", 8), ("unchecked", 20))),
        type_complaint=weigh(rng, (("field", 52), ("vague", 12), ("alert", 14), ("unchecked", 22))),
        size_complaint=weigh(rng, (("field", 52), ("vague", 12), ("alert", 14), ("unchecked", 22))),
        draft=weigh(rng, (("button", 50), ("told", 12), ("none", 38))),
        licence=rng.random() < 0.55,
        receipt=rng.random() < 0.6,
        remote_result=rng.random() < 0.75,
        messages=rng.random() < 0.6,
        rating=rng.random() < 0.7,
        progress=weigh(rng, (("alive", 66), ("dead", 12), ("empty", 10), ("none", 12))),
        login_ways=weigh(rng, ((1, 20), (2, 60), (3, 20))),
        second_login=rng.random() < 0.12,
        returns_to_item=rng.random() < 0.85,
        fits_phone=rng.random() < 0.6,
        situation_list=rng.random() < 0.4,
        broken_rules=tuple(rule for rule in AXE_RULES if rng.random() < 0.2),
    )


def weigh(rng: random.Random, table: Sequence[tuple[Value, int]]) -> Value:
    """Draw a value by weight."""
    return rng.choices([value for value, _ in table], [weight for _, weight in table])[0]
