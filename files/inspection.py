"""Inspects the bytes of one published file: what it is, whether it opens, what it says, whom it exposes."""

from collections.abc import Callable
from functools import partial

from domain.file_report import FileKind, FileProblem, FileReport
from files import compound_file, office_text, pdf_document, picture, plain_text, zip_archive
from files.contents import Contents, UnopenableError
from files.kinds import OLE_MAGIC, recognise
from files.limits import DEFAULT, SNIFFED_BYTES, InspectionLimits
from files.report import make_report

NOT_JUDGED = "opened by no reader"  # begins the note of a report that accuses nobody of a reader's own fault

Opener = Callable[[bytes, InspectionLimits], Contents]


def recognised_only(_data: bytes, _limits: InspectionLimits) -> Contents:
    """Stand for kinds that are recognised and not opened."""
    return Contents(note="recognised, not opened")


def open_doc(data: bytes, limits: InspectionLimits) -> Contents:
    """Open a .doc in either of its forms."""
    read = compound_file.read_doc if data.startswith(OLE_MAGIC) else office_text.read_word_xml
    return read(data, limits)


def open_unknown(data: bytes, limits: InspectionLimits) -> Contents:
    """Open what is not known; a document with a password hides in a compound file."""
    if data.startswith(OLE_MAGIC):
        return compound_file.read_unknown_container(data, limits)
    return Contents(note="not recognised")


OPENERS: dict[FileKind, Opener] = {
    FileKind.PDF: pdf_document.read_pdf,
    FileKind.OFD: office_text.read_ofd,
    FileKind.DOC: open_doc,
    FileKind.DOCX: office_text.read_docx,
    FileKind.XLS: compound_file.read_xls,
    FileKind.XLSX: office_text.read_xlsx,
    FileKind.PPT: compound_file.read_ppt,
    FileKind.PPTX: office_text.read_pptx,
    FileKind.WPS: compound_file.read_unknown_container,
    FileKind.RTF: plain_text.read_rtf,
    FileKind.TEXT: plain_text.read_text,
    FileKind.HTML: plain_text.read_html,
    FileKind.ZIP: zip_archive.list_archive,
    FileKind.RAR: recognised_only,
    FileKind.SEVEN_ZIP: recognised_only,
    FileKind.UNKNOWN: open_unknown,
    **{kind: partial(picture.read_picture, kind) for kind in picture.FORMATS},
}


def inspect_file(data: bytes, limits: InspectionLimits = DEFAULT) -> FileReport:
    """Inspect bytes in this process; bytes of strangers belong into ``files.isolation.Inspector``.

    Every problem of the file is in the report; only ``MemoryError`` leaves, for the caller that set the limit.
    """
    if not data:
        return make_report(data, FileKind.UNKNOWN, Contents(problems=(FileProblem.EMPTY,)))
    if len(data) > limits.bytes_max:
        note = f"{len(data)} bytes, looked at the first {SNIFFED_BYTES} only"
        kind = recognise(data[:SNIFFED_BYTES])
        return make_report(data, kind, Contents(problems=(FileProblem.TOO_LARGE,), note=note))
    kind = recognise(data)
    return make_report(data, kind, open_contents(kind, data, limits))


def open_contents(kind: FileKind, data: bytes, limits: InspectionLimits) -> Contents:
    """Open a file of a known kind; what goes wrong becomes a problem with a note."""
    try:
        return OPENERS[kind](data, limits)
    except UnopenableError as fault:
        return Contents(problems=(fault.problem,), note=fault.note)
    except RecursionError:
        return Contents(problems=(FileProblem.BOMB,), note="nested too deeply")
    except MemoryError:
        raise
    except Exception as fault:  # a reader that fails in a way of its own says nothing about the file
        return Contents(note=f"{NOT_JUDGED}: {type(fault).__name__}: {fault}"[:200])
