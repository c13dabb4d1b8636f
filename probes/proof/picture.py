"""Takes the picture of a step, with whatever is confidential covered in the page before the picture exists.

The page is painted as a quickly packed PNG, which keeps the citizen waiting least; ``encode_picture`` makes of it, away
from the journey, the small WebP that is kept.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page

from portals.citizen import Obstacle
from probes.browser.page_reader import PageReader
from probes.browser.shown_scripts import FACT_MARK, POINT, POINT_STYLE, POINTED_MARK, UNPOINT
from probes.browser.used_control import UsedControl
from probes.proof.picture_scripts import COVER_STYLE, DRESS, MARK, UNDRESS, USED_MARK, USED_STYLE

PICTURE_QUALITY = 82  # small print of 12 px stays sharp; docs/evidence.md shows how that was looked at
PICTURE_EFFORT = 2  # of 6: more takes longer and saves little on pages of text


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The viewport as a PNG; ``covered`` counts what was made unreadable, ``outlined`` the controls that are marked."""

    png: bytes
    covered: int
    outlined: int


def take_pointed_picture(page: Page, reader: PageReader, secrets: Iterable[str], place: str) -> Picture | None:
    """Return a picture of the viewport with one value that was read in it and outlined; ``None`` when it is gone."""
    try:
        if not reader.ask(POINT, FACT_MARK, place, POINTED_MARK):
            return None
        picture = take_picture(page, reader, secrets, style=POINT_STYLE)
        reader.ask(UNPOINT, POINTED_MARK)
    except Obstacle:
        return None
    return picture


def take_picture(
    page: Page, reader: PageReader, secrets: Iterable[str], *, style: str = "", used: Iterable[UsedControl] = ()
) -> Picture | None:
    """Return a picture of the viewport, or ``None`` when the browser is gone or the page cannot be painted.

    ``used`` are outlined where they can still be seen; the page is left as it was.
    """
    known = sorted(secret for secret in secrets if secret)
    marks = [bool(style), MARK, USED_MARK, COVER_STYLE + USED_STYLE + style]
    inner = page.frames[1:]
    try:
        dressed = reader.ask(DRESS, known, [control.spelled() for control in used], *marks)
        if not isinstance(dressed, dict):
            return None  # Chromium never paints a document that ended before its body, and waits for that without end
        for frame in inner:
            frame.evaluate(f"([known, marks]) => ({DRESS})(known, [], ...marks)", [known, marks])
        png = reader.paint()
        if dressed["dressed"]:
            reader.ask(UNDRESS, MARK, USED_MARK)
        for frame in inner:
            frame.evaluate(f"marks => ({UNDRESS})(...marks)", [MARK, USED_MARK])
    except (PlaywrightError, Obstacle):
        return None
    return Picture(png=png, covered=int(dressed["covered"]), outlined=int(dressed["outlined"]))


def encode_picture(picture: Picture) -> bytes:
    """Return the picture as it is kept: WebP, a fifth of the PNG's size."""
    kept = io.BytesIO()
    with Image.open(io.BytesIO(picture.png)) as image:
        image.convert("RGB").save(kept, "webp", quality=PICTURE_QUALITY, method=PICTURE_EFFORT)
    return kept.getvalue()
