"""Takes the picture of a step, with whatever is confidential covered in the page before the picture exists."""

from collections.abc import Iterable

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from portals.citizen import Obstacle
from probes.page_reader import PageReader
from probes.shown_scripts import FACT_MARK, POINT, POINT_STYLE, POINTED_MARK, UNPOINT

PICTURE_WAIT_MS = 10_000
MARK = "data-yuece-covered"
COVER_STYLE = (
    f"[{MARK}]{{color:transparent!important;background:#3b4252!important;"
    "text-shadow:none!important;-webkit-text-fill-color:transparent!important}"
)
COVER = """(secrets, mark) => {
  const identity = /(?<![0-9A-Za-z])[0-9]{6}(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-9]{5}[0-9Xx](?![0-9A-Za-z])/;
  const mobile = /(?<![0-9A-Za-z.-])1[3-9][0-9]{9}(?![0-9A-Za-z-])/;
  const isSecret = text => identity.test(text) || mobile.test(text) || secrets.some(secret => text.includes(secret));
  for (const field of document.querySelectorAll('input, textarea')) {
    if (field.type === 'password' || isSecret(field.value || '')) field.setAttribute(mark, '');
  }
  const walker = document.createTreeWalker(document.body || document, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement && isSecret(node.data)) node.parentElement.setAttribute(mark, '');
  }
}"""
UNCOVER = """mark => document.querySelectorAll(`[${mark}]`).forEach(element => element.removeAttribute(mark))"""


def take_pointed_picture(page: Page, reader: PageReader, secrets: Iterable[str], place: str) -> bytes | None:
    """Return a picture of the viewport with one value that was read in it and outlined; ``None`` when it is gone."""
    try:
        if not reader.ask(POINT, FACT_MARK, place, POINTED_MARK):
            return None
        picture = take_picture(page, reader, secrets, style=POINT_STYLE)
        reader.ask(UNPOINT, POINTED_MARK)
    except Obstacle:
        return None
    return picture


def take_picture(page: Page, reader: PageReader, secrets: Iterable[str], *, style: str = "") -> bytes | None:
    """Return a lossless WebP of the viewport, or ``None`` when the browser is gone or the page cannot be painted.

    WebP and not PNG: it takes as long (encoding is nearly all of it) and pages of text become smaller.
    """
    known = sorted(secret for secret in secrets if secret)
    inner = page.frames[1:]
    try:
        reader.ask(COVER, known, MARK)
        for frame in inner:
            frame.evaluate(f"([known, mark]) => ({COVER})(known, mark)", [known, MARK])
        picture = page.screenshot(
            type="webp", style=COVER_STYLE + style, animations="disabled", timeout=PICTURE_WAIT_MS
        )
        reader.ask(UNCOVER, MARK)
        for frame in inner:
            frame.evaluate(UNCOVER, MARK)
    except (PlaywrightError, Obstacle):
        return None
    return picture
