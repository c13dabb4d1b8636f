"""Turns what a portal's editor pasted – entities, tags, odd spaces – into the text that a citizen reads."""

import html
import re

NEWLINE_TAGS = re.compile(r"<\s*(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.I)
TAGS = re.compile(
    r"</?(?:a|abbr|b|blockquote|body|br|center|code|dd|div|dl|dt|em|font|form|h[1-6]|head|hr|html|i|img|input|li|link|meta"
    r"|o:p|ol|p|pre|s|script|section|small|span|st1:\w+|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|u|ul"
    r"|v:\w+|w:\w+)(?:\s[^<>]*)?/?>|<!--.*?-->",
    re.I | re.S,
)
INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
)
SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
ODD = re.compile(
    "[<&\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00a0\u00ad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]"
    "|[ \t]{2}|[\r\n]"
)
"""What makes the slow way necessary."""

DECODINGS_MAX = 4  # "&amp;amp;lt;" has been seen; more than this is no text any more
COLONS = ":：∶﹕"


def decode_entities(text: str) -> str:
    """Resolve HTML entities, also those that were encoded more than once (portals.md §0.4)."""
    for _ in range(DECODINGS_MAX):
        decoded = html.unescape(text)
        if decoded == text:
            return text
        text = decoded
    return text


def plain_text(raw: str) -> str:
    """Return the visible text: no entities, tags or invisible characters, one blank between words, lines kept.

    Only known HTML tags go, since guides write ``<管理办法>`` in angle brackets. Full-width forms stay as printed.
    Words such as 无 or 详见… stay too: judging them is the rules' work.
    """
    if not ODD.search(raw):
        return raw.strip()
    text = TAGS.sub("", NEWLINE_TAGS.sub("\n", decode_entities(raw)))
    text = SPACES.sub(" ", INVISIBLE.sub("", text))
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def strip_label(text: str, labels: tuple[str, ...]) -> str:
    """Take a field's own label off the front of its value, so that "办理地点：" alone is blank."""
    if not text.startswith(labels):
        return text
    for label in labels:
        rest = text[len(label) :].lstrip()
        if text.startswith(label) and rest[:1] and rest[0] in COLONS:
            return rest[1:].strip()
    return text
