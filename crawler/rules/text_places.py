"""Finds the place in all the texts of a guide that a rule about printed text speaks of."""

import re
from collections.abc import Callable

from crawler.rules.guide_text import RICH, is_odd, texts_of, whole_text
from crawler.rules.wording import around, shorten
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_measured, passed

Place = tuple[int, int, str]
"""Start, end and, where it can be told, what stood there before the damage (otherwise ``""``)."""


def judge_places(
    guide: Guide,
    find: Callable[[str], Place | None],
    fault: str,
    skipped: frozenset[FieldName],
    *,
    odd_only: bool = False,
    find_in_rich: Callable[[str], Place | None] | None = None,
) -> Verdict:
    """Fail on every field in which ``find`` finds something; ``fault`` says what and what to do.

    ``odd_only``: what is sought needs an odd character, so that a guide without one need not be searched.
    ``find_in_rich`` is a milder search for texts from the portal's own editor.
    """
    if not whole_text(guide):
        return not_measured("来源没有展示任何文字")
    if (odd_only and not is_odd(guide)) or find(whole_text(guide)) is None:
        return passed()
    found: dict[FieldName, tuple[str, Place]] = {}
    for name, text in texts_of(guide):
        seek = find_in_rich if find_in_rich is not None and name in RICH else find
        place = seek(text) if name not in skipped and name not in found else None
        if place is not None:
            found[name] = (text, place)
    if not found:
        return passed()  # only in a field that this rule leaves out, or across two fields
    first, (text, place) = next(iter(found.items()))
    return word_place(first, text, place, fault, others=tuple(found)[1:])


def finder(pattern: re.Pattern[str]) -> Callable[[str], Place | None]:
    """Make a finder of a pattern."""

    def find(text: str) -> Place | None:
        match = pattern.search(text)
        return (match.start(), match.end(), "") if match else None

    return find


def word_place(name: FieldName, text: str, place: Place, fault: str, *, others: tuple[FieldName, ...] = ()) -> Verdict:
    """Fail at one place of one text; ``others`` are further fields with the same fault."""
    start, end, before = place
    excerpt = around(text, start, end)
    meant = f"（原文应为“{shorten(before, 20)}”）" if before else ""
    also = f"；{'、'.join(LABELS_ZH[other] for other in others)}也有同样的问题" if others else ""
    reason = f"{LABELS_ZH[name]}“{shorten(excerpt)}”{fault}{meant}{also}。"
    count = 1 + len(others)
    return failed(FieldState.MALFORMED, reason, excerpt=excerpt, field=name, checked=count, failed=count)
