"""Small real files for upload fields, and two that a form ought to refuse; made up on the spot, none kept in git."""

import io

from PIL import Image

from portals.citizen import UploadFile
from portals.synthetic_identity import small_document, small_picture

MEGABYTE = 1024 * 1024
LARGE_MB = 11  # for a field that tells no limit: above the one in common use


def small_photograph() -> UploadFile:
    """Return a real JPEG of sixteen grey pixels."""
    content = io.BytesIO()
    Image.new("L", (4, 4), 128).save(content, "JPEG")
    return UploadFile(name="ceshi.jpg", media_type="image/jpeg", content=content.getvalue())


def fitting_file(accepted: str) -> UploadFile:
    """Return a small file that a field accepts; ``accepted`` is its ``accept`` attribute or the words beside it."""
    told = accepted.lower()
    if not told or "pdf" in told:
        return small_document()
    return small_picture() if "png" in told or "image/*" in told else small_photograph()


def wrong_type_file() -> UploadFile:
    """Return a file of a type that no form asks for."""
    return UploadFile(name="ceshi.abc", media_type="application/octet-stream", content=b"ceshi")


def too_large_file(accepted: str, limit_kb: int | None) -> UploadFile:
    """Return a file of a fitting type that is one kilobyte over the limit, padded behind its real content."""
    small = fitting_file(accepted)
    size_bytes = (limit_kb + 1) * 1024 if limit_kb is not None else LARGE_MB * MEGABYTE
    return small.model_copy(update={"name": f"ceshi-large{small.name[-4:]}", "padded_to_bytes": size_bytes})
