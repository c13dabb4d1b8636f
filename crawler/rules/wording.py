"""Words a fault as an official can act on it: which field, what stands there, what should stand there."""

import re

from domain.guide_fields import LABELS_ZH, FieldName

SHOWN_CHARACTERS = 40
UNSEEN = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def shorten(text: str, characters: int = SHOWN_CHARACTERS) -> str:
    """Quote a text in one line, cut with an ellipsis; characters that nobody sees are named."""
    line = UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", " ".join(text.split()))
    return line if len(line) <= characters else f"{line[:characters]}…"


def say(field: FieldName | str, text: str, should: str) -> str:
    """Write "咨询电话写的是“…”，应…" or, for a blank, "咨询电话空白，应…"."""
    label = LABELS_ZH[field] if isinstance(field, FieldName) else field
    line = shorten(text)
    return f"{label}写的是“{line}”，应{should}。" if line else f"{label}空白，应{should}。"


def around(text: str, start: int, end: int, margin: int = 20) -> str:
    """Cut out the place that a fault speaks of."""
    return text[max(0, start - margin) : end + margin]
