"""Tells things that are set out one by one from things that are strung together inside a sentence."""

import re

ENOUGH = 3
"""From so many things on, an enumeration is easier to read as a list (methodology.md §6)."""
QUOTED = re.compile(r"《[^《》]*》")
INNER_MARKER = re.compile(
    r"（(?<!第（)(?:[一二三四五六七八九十]{1,3}|\d{1,2})）|\d(?<![\d.（第]\d)\d?(?:[、.](?!\d)|）)"
    r"|[a-zA-Z](?<![0-9A-Za-z（][a-zA-Z])）|[①-⑳⑴-⒛㈠-㈩]"
)
"""（一）, （1）, 1、, 1., 1）, a）, ①; not 第（一）项, not 2.5. What may not stand before is asked last, for speed."""
CLAUSE = re.compile(r"[，；：。！？]")


def count_run_on(line: str) -> int:
    """Count the things that a line enumerates inside running text, ``ENOUGH`` or more at a time.

    Numbered points that follow each other within the line come first, then parts between semicolons, then words
    between enumeration commas; one sentence is counted by one of the three only.
    """
    plain = QUOTED.sub("", line)
    numbered = len(INNER_MARKER.findall(plain))
    if numbered >= ENOUGH:
        return numbered
    if "、" not in plain and "；" not in plain:
        return 0
    return sum(_things_in(sentence) for sentence in re.split("[。！？]", plain))


def _things_in(sentence: str) -> int:
    parts = sum(1 for part in sentence.split("；") if part.strip())
    if parts >= ENOUGH:
        return parts
    words = max(clause.count("、") + 1 for clause in CLAUSE.split(sentence))
    return words if words >= ENOUGH else 0
