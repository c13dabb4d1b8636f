"""Opens pictures with Pillow, within a limit of pixels that is checked before any of them is decoded."""

import io
import struct

from PIL import Image, ImageFile, UnidentifiedImageError

from domain.file_report import FileKind
from files.contents import Contents, bomb, damaged
from files.limits import InspectionLimits

FORMATS: dict[FileKind, str] = {
    FileKind.JPEG: "JPEG",
    FileKind.PNG: "PNG",
    FileKind.GIF: "GIF",
    FileKind.BMP: "BMP",
    FileKind.TIFF: "TIFF",
    FileKind.WEBP: "WEBP",
}
PICTURE_FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    struct.error,
    IndexError,
    KeyError,
)
FRAMES_MAX = 1000
JPEG_SIZE_ENOUGH = (512, 512)  # a JPEG can be decoded at an eighth of its size; every byte is read all the same


def read_picture(kind: FileKind, data: bytes, limits: InspectionLimits) -> Contents:
    """Decode a picture's first frame and count the frames (the pages of a TIFF).

    Raises:
        UnopenableError: damaged, or more pixels than the limit.
    """
    Image.MAX_IMAGE_PIXELS = None  # our own limit is checked below, before anything is decoded
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(data), formats=[FORMATS[kind]]) as image:
            width, height = image.size
            if width * height > limits.pixels_max:
                raise bomb(f"{width} × {height} pixels")
            frames = count_frames(image)
            image.draft("L", JPEG_SIZE_ENOUGH)
            image.load()
            return Contents(pages=frames, holds_more=not is_one_colour(image), note=f"{width} × {height} pixels")
    except UnidentifiedImageError as fault:  # its message names an address in memory
        raise damaged(f"no {FORMATS[kind]} that can be read") from fault
    except PICTURE_FAULTS as fault:
        raise damaged(fault) from fault
    except Image.DecompressionBombError as fault:
        raise bomb(str(fault)) from fault


def count_frames(image: Image.Image) -> int:
    """Count a TIFF's pages, up to a limit; every other picture is one page."""
    if image.format != "TIFF":
        return 1
    frames = 1
    try:
        while frames < FRAMES_MAX:
            image.seek(frames)
            frames += 1
    except EOFError:
        pass
    image.seek(0)
    return frames


def is_one_colour(image: Image.Image) -> bool:
    """Say whether every pixel is the same: a blank sheet."""
    try:
        return image.getcolors(maxcolors=1) is not None
    except ValueError:  # a mode that is not counted, such as 16 bits of grey
        return False
