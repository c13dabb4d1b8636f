"""Kept screenshots made small enough to print beside the sentence that they prove."""

import io

from PIL import Image, UnidentifiedImageError

from domain.errors import YueceError
from exports.report.blocks import Picture
from storage.store import Store

SIZE_MAX = (640, 800)
TALL, TALL_MARKED = 0.75, 2.5
"""A page that is higher than this many widths is cut to its top: scaled down as a whole it would show nothing.

Where a place is marked, far more is kept, since the place may be anywhere.
"""
QUALITY = 72


def make_thumbnail(store: Store, sha256: str | None, alt: str, *, marked: bool = False) -> Picture | None:
    """Return the artefact as a small JPEG; ``None`` where there is none, or none that can be shown.

    ``marked`` says that a place in the picture is marked.
    """
    if not sha256:
        return None
    try:
        data = store.evidence.get(sha256)
        with Image.open(io.BytesIO(data)) as opened:
            return shrink(opened.convert("RGB"), alt, TALL_MARKED if marked else TALL)
    except (YueceError, OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None


def shrink(image: Image.Image, alt: str, tall: float) -> Picture:
    """Cut the top out of a long page and scale it down."""
    width, height = image.size
    shown = image.crop((0, 0, width, min(height, round(width * tall))))
    shown.thumbnail(SIZE_MAX)
    written = io.BytesIO()
    shown.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Picture(data=written.getvalue(), media_type="image/jpeg", width=shown.width, height=shown.height, alt=alt)
