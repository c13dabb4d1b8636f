"""Compares the names that the notice and the portals give to one body."""

import re
import unicodedata

PREFIX = re.compile(r"^(?:中共)?(?:(?:广东省)?阳江市?)?")


def name_key(name: str) -> str:
    """Reduce a body's name to what both sides print: NFKC, no blanks, without 中共 and 阳江市 in front.

    广东省 goes only before 阳江: 广东省气象局 is another body than 阳江市气象局.
    """
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    return PREFIX.sub("", plain) or plain
