"""Telephone numbers of offices in Yangjiang: area code 0662 and seven digits, stable per office and use."""

from sandbox.corpus.randomness import number

AREA_PHONE = "0662"
USES = ("咨询", "投诉", "窗口", "复议", "诉讼")
FIRST_LOCAL = 2_000_000
OFFICES_MAX = 1_200_000


def make_phone(office: str, use: str) -> str:
    """Invent the number of an office for one use, e.g. ``0662-3366123``; two uses never share a number."""
    local = FIRST_LOCAL + number(OFFICES_MAX, "line", office) * len(USES) + USES.index(use)
    return f"{AREA_PHONE}-{local}"
