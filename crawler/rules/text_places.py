"""Finds the place in all the texts of a guide that a rule about printed text speaks of."""

import re
from collections.abc import Callable

from crawler.rules.guide_text import is_odd, texts_of, whole_text
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
) -> Verdict:
    """Fail on the first text in which ``find`` finds something; ``fault`` says what and what to do.

    ``odd_only``: what is sought needs an odd character, so that a guide without one need not be searched.
    """
    if not whole_text(guide):
        return not_measured("来源没有展示任何文字")
    if (odd_only and not is_odd(guide)) or find(whole_text(guide)) is None:
        return passed()
    for name, text in texts_of(guide):
        found = find(text) if name not in skipped else None
        if found is not None:
            return word_place(name, text, found, fault)
    return passed()  # only in a field that this rule leaves out, or across two fields


def finder(pattern: re.Pattern[str]) -> Callable[[str], Place | None]:
    """Make a finder of a pattern."""

    def find(text: str) -> Place | None:
        match = pattern.search(text)
        return (match.start(), match.end(), "") if match else None

    return find


def word_place(name: FieldName, text: str, place: Place, fault: str) -> Verdict:
    """Fail at one place of one text."""
    start, end, before = place
    excerpt = around(text, start, end)
    meant = f"（原文应为“{shorten(before, 20)}”）" if before else ""
    reason = f"{LABELS_ZH[name]}“{shorten(excerpt)}”{fault}{meant}。"
    return failed(FieldState.MALFORMED, reason, excerpt=excerpt, field=name)
