"""Telephone numbers of offices in Yangjiang: area code 0662 and seven digits, stable per office and use."""

from sandbox.corpus.randomness import number

AREA_PHONE = "0662"
EXCHANGES = ("336", "341", "328", "331", "322", "366", "772", "882")


def make_phone(office: str, use: str) -> str:
    """Invent the number of an office for one use (咨询, 投诉, 窗口 …), e.g. ``0662-3366123``; uses never share a number."""
    exchange = EXCHANGES[number(len(EXCHANGES), "exchange", office)]
    uses = ("咨询", "投诉", "窗口", "复议", "诉讼")
    last = (number(2000, "line", office) * len(uses) + uses.index(use)) % 10000
    return f"{AREA_PHONE}-{exchange}{last:04d}"
