"""Says what a page is that lacks what was looked for: a login, a ruin, an empty shell, or another layout."""

import re
from urllib.parse import urlsplit

from domain.failure import FailureReason, reason_at_address
from domain.frozen import Frozen
from portals.citizen import Obstacle

PAGE_FACTS = """() => {
  const isVisible = element => element.getClientRects().length > 0;
  return {
    url: location.href,
    title: document.title,
    text: document.body ? document.body.innerText : '',
    media: document.contentType,
    login: [...document.querySelectorAll('input[type=password]')].some(isVisible),
  };
}"""
LOADING = re.compile(r"加载中|正在(?:加载|载入|搜索|查询|努力)|[Ll]oading(?:\.{2,}|…)|请稍[候等]")
GARBLED_MIN = 12
LATIN_SHARE_MIN = 0.3
PLAIN_TYPES = frozenset({"text/html", "application/xhtml+xml"})


class PageFacts(Frozen):
    """What can be told about any page; ``media`` is the type as which the browser shows it."""

    url: str = ""
    title: str = ""
    text: str = ""
    media: str = "text/html"
    login: bool = False  # a password is asked for


def is_garbled(text: str) -> bool:
    """Say whether text was decoded wrongly: nobody can read it, whatever stands in it."""
    letters = [letter for letter in text if not letter.isspace()]
    if text.count("\ufffd") >= GARBLED_MIN:
        return True
    latin = sum("\u0080" <= letter <= "\u00ff" for letter in letters)
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in letters)
    return latin >= GARBLED_MIN and latin >= LATIN_SHARE_MIN * len(letters) and not chinese


def explain_arrival(page: PageFacts, asked: str, wanted: str) -> Obstacle:
    """Name the reason why a page does not hold what was looked for; ``asked`` is the address that was opened."""
    visible = " ".join(page.text.split())
    told = f"{page.title} {visible}"[:120]
    loading = LOADING.search(visible) is not None
    gone = reason_at_address(page.text, page.title) is FailureReason.PAGE_GONE or fell_back_to_home(page.url, asked)
    empty = not visible  # a few words may be the beginning of a page that we only do not know
    signs = (
        (page.login, FailureReason.LOGIN_REQUIRED, f"转到了登录页：{told}"),
        (page.media not in PLAIN_TYPES, FailureReason.BROKEN_ANSWER, f"返回的不是网页（{page.media}）"),
        (is_garbled(visible), FailureReason.BROKEN_ANSWER, f"页面乱码：{told}"),
        (gone, FailureReason.PAGE_GONE, f"转到了首页或失效提示页 {page.url}：{told}"),
        (loading, FailureReason.TIMEOUT, "页面一直停在“加载中”，内容没有出现"),
        (empty, FailureReason.EMPTY_ANSWER, "页面没有内容"),
    )
    found = next(((reason, said) for sign, reason, said in signs if sign), None)
    return Obstacle(*(found or (FailureReason.LAYOUT_CHANGED, f"页面已加载，但找不到 {wanted}")))


def fell_back_to_home(url: str, asked: str) -> bool:
    """Say whether a page further inside ended on the home page of its site."""
    here, there = urlsplit(url), urlsplit(asked)
    return here.netloc == there.netloc and here.path in ("", "/", "/index.html") and there.path not in ("", "/")
