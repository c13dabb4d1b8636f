"""Says which kinds of file a name promises, so that a promise can be held against the bytes."""

from pathlib import PurePosixPath
from urllib.parse import unquote

from domain.file_report import FileKind

# WPS and Word, Excel and its twin write one another's formats under either name and open them all; a .doc that holds
# RTF or Word's own XML opens as one, too. None of these is a broken promise.
PROMISES: dict[str, frozenset[FileKind]] = {
    "pdf": frozenset({FileKind.PDF}),
    "ofd": frozenset({FileKind.OFD}),
    "doc": frozenset({FileKind.DOC, FileKind.WPS, FileKind.RTF}),
    "docx": frozenset({FileKind.DOCX}),
    "wps": frozenset({FileKind.WPS, FileKind.DOC, FileKind.DOCX, FileKind.RTF}),
    "wpt": frozenset({FileKind.WPS, FileKind.DOC, FileKind.DOCX}),
    "dot": frozenset({FileKind.DOC}),
    "rtf": frozenset({FileKind.RTF}),
    "xls": frozenset({FileKind.XLS}),
    "xlsx": frozenset({FileKind.XLSX}),
    "et": frozenset({FileKind.WPS, FileKind.XLS, FileKind.XLSX}),
    "ppt": frozenset({FileKind.PPT}),
    "pptx": frozenset({FileKind.PPTX}),
    "dps": frozenset({FileKind.WPS, FileKind.PPT, FileKind.PPTX}),
    "txt": frozenset({FileKind.TEXT}),
    "jpg": frozenset({FileKind.JPEG}),
    "jpeg": frozenset({FileKind.JPEG}),
    "png": frozenset({FileKind.PNG}),
    "gif": frozenset({FileKind.GIF}),
    "bmp": frozenset({FileKind.BMP}),
    "tif": frozenset({FileKind.TIFF}),
    "tiff": frozenset({FileKind.TIFF}),
    "webp": frozenset({FileKind.WEBP}),
    "zip": frozenset({FileKind.ZIP}),
    "rar": frozenset({FileKind.RAR}),
    "7z": frozenset({FileKind.SEVEN_ZIP}),
    "html": frozenset({FileKind.HTML}),
    "htm": frozenset({FileKind.HTML}),
}
# Programs open these in one another's place without a word; only the name is wrong.
HARMLESS: frozenset[tuple[str, FileKind]] = frozenset(
    {("jpg", FileKind.PNG), ("jpeg", FileKind.PNG), ("png", FileKind.JPEG), ("doc", FileKind.DOCX)}
)


def promised_kinds(name: str) -> frozenset[FileKind]:
    """Return the kinds that a file name or an address promises by its ending; none for an unknown ending."""
    path = unquote(name).split("#")[0].split("?")[0].replace("\\", "/")
    return PROMISES.get(PurePosixPath(path).suffix.lower().lstrip("."), frozenset())


def fits_name(kind: FileKind, name: str) -> bool | None:
    """Say whether bytes of a kind keep the promise of a name; None when the name promises nothing or nobody can tell.

    An unknown kind cannot be told: a document with a password shows no more than that.
    """
    promised = promised_kinds(name)
    return None if not promised or kind is FileKind.UNKNOWN else kind in promised


def opens_all_the_same(kind: FileKind, name: str) -> bool:
    """Say whether a broken promise does a citizen no harm: programs look at the bytes and open the file."""
    ending = PurePosixPath(unquote(name).split("?")[0]).suffix.lower().lstrip(".")
    return (ending, kind) in HARMLESS
