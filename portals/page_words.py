"""Reads the title and the visible words of a page whose origin and quality nobody knows."""

import re

from parsel import Selector

from domain.frozen import Frozen

HIDDEN = "script or ancestor::style or ancestor::noscript or ancestor::template or ancestor::head"
ALERT = re.compile(r"""\balert\s*\(\s*["']([^"']{1,200})["']""")


class PageWords(Frozen):
    """What a page says."""

    title: str
    text: str


def read_page_words(markup: str) -> PageWords:
    """Return title and visible text; a page that only pops up a message says that message.

    ``markup`` may be cut off anywhere and need not be HTML at all.
    """
    if not markup.strip():
        return PageWords(title="", text="")
    page = Selector(text=markup.replace("\x00", ""), type="html")
    title = " ".join(page.xpath("normalize-space(//title)").getall())
    text = " ".join(page.xpath(f"//text()[not(ancestor::{HIDDEN})]").getall())
    visible = " ".join(text.split())
    return PageWords(title=title, text=visible or " ".join(ALERT.findall(markup)))
