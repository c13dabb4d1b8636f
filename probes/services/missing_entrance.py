"""Doubts that a declared entrance is missing while its page shows one that only we do not recognise."""

import re

from domain.failure import FailureReason
from portals.citizen import Obstacle
from probes.journey import Journey

ALIKE: dict[str, re.Pattern[str]] = {
    "online_word": re.compile(r"申办|申请|申报|(?:在线|网上|立即|马上|我要|去)办|办理(?!进度|指南|流程|地点|时间)"),
    "booking_word": re.compile(r"预约|取号|约号|排号"),
}
"""Words on a control that may well be the entrance under another name."""


def doubt_absence(journey: Journey, word: str) -> None:
    """Raise ``Obstacle`` when the open guide page has no entrance that we know, or one in other words.

    ``word`` is ``online_word`` or ``booking_word`` of ``site.toml``.
    """
    links = [link["text"].strip() for link in journey.browser.rows(journey.site.selectors["entrances"], {"text": ""})]
    if not links:
        raise Obstacle(FailureReason.LAYOUT_CHANGED, "页面上找不到任何入口按钮，疑为页面结构变化")
    alike = next((text for text in links if ALIKE[word].search(text)), None)
    if alike is not None:
        raise Obstacle(FailureReason.LAYOUT_CHANGED, f"没有“{journey.site.selectors[word]}”，但有“{alike}”")
