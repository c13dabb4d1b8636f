"""Takes pictures that people hand in: PNG, JPEG or WebP of bounded size, without what a camera wrote beside them."""

import hashlib
import io

from PIL import Image, ImageOps, UnidentifiedImageError

from domain.frozen import Frozen
from intake.cell import MisfitError

BYTES_MAX = 8 * 1024 * 1024
PIXELS_MAX = 50_000_000
PICTURES_MAX = 8  # of one observation
MEDIA_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}
ALLOWED = ("PNG、JPEG、WebP", "PNG, JPEG and WebP")
JPEG_QUALITY = 92


class Picture(Frozen):
    """A picture as it is kept; ``handed_in`` is the SHA-256 of the file that the person still has."""

    name: str
    content: bytes
    media_type: str
    handed_in: str


def take_picture(name: str, data: bytes) -> Picture:
    """Decode a picture and encode it anew, upright and without place, device or comments; raise ``MisfitError``.

    What was no picture to the last pixel is refused, so nothing else that the file may have held is kept.
    """
    if len(data) > BYTES_MAX:
        raise MisfitError(f"超过 {BYTES_MAX // 1024**2} MB", f"is larger than {BYTES_MAX // 1024**2} MB")
    try:
        with Image.open(io.BytesIO(data), formats=tuple(MEDIA_TYPES)) as image:
            if image.width * image.height > PIXELS_MAX:
                raise MisfitError(f"超过 {PIXELS_MAX // 10**6} 百万像素", f"has more than {PIXELS_MAX} pixels")
            kind = str(image.format)
            content = encode(ImageOps.exif_transpose(image), kind)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise MisfitError(f"不是可以打开的图片，可用：{ALLOWED[0]}", f"is no picture; allowed: {ALLOWED[1]}") from error
    return Picture(name=name, content=content, media_type=MEDIA_TYPES[kind], handed_in=hashlib.sha256(data).hexdigest())


def encode(image: Image.Image, kind: str) -> bytes:
    """Encode the pixels alone."""
    plain = image.convert("RGB") if kind == "JPEG" or image.mode not in ("RGB", "RGBA", "L") else image.copy()
    plain.info.clear()
    target = io.BytesIO()
    options: dict[str, object] = {"quality": JPEG_QUALITY} if kind == "JPEG" else {}
    if kind == "WEBP":
        options = {"lossless": True}
    plain.save(target, format=kind, **options)
    return target.getvalue()
