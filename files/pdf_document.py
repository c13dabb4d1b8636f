"""Opens PDF files with PDFium, the reader inside the browser that most citizens use."""

from collections.abc import Iterator
from contextlib import closing, suppress

import pypdfium2

from domain.file_report import FileProblem
from files.contents import Contents, UnopenableError, damaged
from files.limits import InspectionLimits
from files.text_collector import TextCollector

NO_PDF = b"no PDF"
PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD of fpdfview.h


def read_pdf(data: bytes, limits: InspectionLimits) -> Contents:
    """Read a PDF's pages; one that only restricts printing or copying opens without a password and is no problem.

    Raises:
        UnopenableError: damaged, or asks for a password.
    """
    out = TextCollector(limits.text_characters_max)
    with closing(open_document(data)) as document:
        pages = len(document)
        if pages == 0:
            raise damaged("the document has no page")
        holds_more = False
        for page in read_pages(document, min(pages, limits.pages_max)):
            holds_more = holds_more or next(page.get_objects(max_depth=1), None) is not None
            out.extend([page_text(page), "\n"])
    return Contents(text=out.text(), pages=pages, holds_more=holds_more)


def open_document(data: bytes) -> pypdfium2.PdfDocument:
    """Open a document; raises as ``read_pdf`` does.

    PDFium keeps the error of the last document where a new one fails without a reason of its own: a wrong "password"
    would be inherited. So its memory is first filled with the plainest of errors.
    """
    with suppress(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(NO_PDF)
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if fault.err_code == PASSWORD_ERROR:
            raise UnopenableError(FileProblem.ENCRYPTED, "asks for a password") from fault
        raise damaged(fault) from fault


def read_pages(document: pypdfium2.PdfDocument, count: int) -> Iterator[pypdfium2.PdfPage]:
    """Yield the first pages, each closed before the next; a page that does not load is left out unless it is the first.

    Raises:
        UnopenableError: the first page does not load.
    """
    for number in range(count):
        try:
            page = document[number]
        except pypdfium2.PdfiumError as fault:
            if number == 0:
                raise damaged(fault) from fault
            continue
        with closing(page):
            yield page


def page_text(page: pypdfium2.PdfPage) -> str:
    """Return a page's text, what runs over its edge included; empty when PDFium finds none."""
    try:
        with closing(page.get_textpage()) as text:
            return str(text.get_text_range())
    except pypdfium2.PdfiumError:
        return ""
