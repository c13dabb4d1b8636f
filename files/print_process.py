"""The process that opens one print (PDF): it limits itself, reads the file from its input and answers once."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
from PIL import ImageDraw

from files.guide_print import LINES, Box
from files.inspection_process import limit_process, limit_processor
from files.limits import InspectionLimits

SCALE = 2.0  # pixels per point: a sheet of A4 becomes 1190 × 1684
MARK_COLOUR = (215, 38, 61)
COVER_COLOUR = (59, 66, 82)
SEEN = 800  # pixels of height around what is outlined
MARGIN = 3.0  # points


def read_lines(data: bytes, limits: InspectionLimits) -> list[dict[str, object]]:
    """Return every line of text with its page (from 0) and its box in points, in the order of the document."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        pages = range(min(len(document), limits.pages_max))
        return [{"page": page, "text": text, "box": box} for page in pages for text, box in page_lines(document[page])]


def page_lines(page: pypdfium2.PdfPage) -> Iterator[tuple[str, Box | None]]:
    """Yield the lines of one page; a box is ``None`` where characters and text do not correspond one to one."""
    with closing(page), closing(page.get_textpage()) as text_page:
        count = text_page.count_chars()
        text = text_page.get_text_range() if count else ""
        told = len(text) == count
        start = 0
        for line in text.split("\n"):
            shown = line.strip()
            if shown:
                yield (
                    shown,
                    union([text_page.get_charbox(at) for at in range(start, start + len(line))]) if told else None,
                )
            start += len(line) + 1


def union(boxes: list[Box]) -> Box | None:
    """Return the box around all boxes; those of control characters have no extent."""
    real = [box for box in boxes if box[2] > box[0] and box[3] > box[1]]
    if not real:
        return None
    left, bottom, right, top = zip(*real, strict=True)
    return min(left), min(bottom), max(right), max(top)


def draw(data: bytes, number: int, boxes: list[Box], covers: list[Box]) -> bytes:
    """Return the part of one page around the boxes, in full width, as a lossless WebP with others covered."""
    with closing(pypdfium2.PdfDocument(data)) as document, closing(document[number]) as page:
        height = page.get_height()
        image = page.render(scale=SCALE).to_pil().convert("RGB")
    pen = ImageDraw.Draw(image)
    for box in covers:
        pen.rectangle(to_pixels(box, height), fill=COVER_COLOUR)
    for box in boxes:
        pen.rectangle(to_pixels(box, height), outline=MARK_COLOUR, width=4)
    if boxes:
        middle = sum(to_pixels(box, height)[1] for box in boxes) / len(boxes)
        top = min(max(0, middle - SEEN / 2), max(0, image.height - SEEN))
        image = image.crop((0, round(top), image.width, min(image.height, round(top) + SEEN)))
    out = io.BytesIO()
    image.save(out, "WEBP", lossless=True)
    return out.getvalue()


def to_pixels(box: Box, height: float) -> list[float]:
    """Turn a box in points, counted from the bottom, into pixels from the top, with a margin."""
    left, bottom, right, top = box
    corners = (left - MARGIN, height - top - MARGIN, right + MARGIN, height - bottom + MARGIN)
    return [corner * SCALE for corner in corners]


def main() -> None:
    """Answer one question: ``lines``, or ``picture`` with a page and boxes, as JSON in the first argument."""
    question = json.loads(sys.argv[1])
    limits = InspectionLimits()
    limit_process(limits)
    limit_processor(limits.processor_s)
    data = sys.stdin.buffer.read()
    if question["ask"] == LINES:
        sys.stdout.buffer.write(json.dumps(read_lines(data, limits), ensure_ascii=False).encode("utf-8", "replace"))
    else:
        sys.stdout.buffer.write(draw(data, question["page"], question["boxes"], question["covers"]))


if __name__ == "__main__":
    main()
