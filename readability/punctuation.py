"""Brings typed punctuation to one width, so that a text in half-width commas does not look like one endless clause."""

import re

HAN = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
WIDTHS = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
WIDTHS |= {ord("．"): ord("."), ord("％"): ord("%"), ord("｡"): ord("。"), ord("､"): ord("、")}
ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*[0-9A-Za-z/=#]", re.I)
ODD = re.compile(r"[,;:?!().\uff05\uff0e\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61\uff64]")
"""What makes the slow way necessary; every web address has a full stop."""
MARKS = re.compile(r"[;?!()]|(?<!\d),|,(?!\d)|(?<!\d):|:(?!\d)")
FULL_STOP = re.compile(rf"(?<=[{HAN}）》”’」])\.(?![0-9A-Za-z.])")
FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
WEB_ADDRESS = "W"
"""What stands for a web address while counting: one character that ends no sentence."""


def normalise_punctuation(text: str) -> str:
    """Return the text with full-width punctuation and half-width letters and digits (methodology.md §6).

    Commas in 1,000 and colons in 8:30 stay. A web address becomes one character, since nobody reads it.
    """
    if not ODD.search(text):
        return text
    text = ADDRESS.sub(WEB_ADDRESS, text.translate(WIDTHS))
    return FULL_STOP.sub("。", MARKS.sub(lambda mark: mark[0].translate(FULL_WIDTH), text))
