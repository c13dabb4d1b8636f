"""What the bytes of one published file amount to, whatever its name and address say."""

from enum import StrEnum

from domain.frozen import Frozen


class FileKind(StrEnum):
    """What a file is by its content; offices publish little else."""

    PDF = "pdf"
    OFD = "ofd"
    DOC = "doc"
    DOCX = "docx"
    XLS = "xls"
    XLSX = "xlsx"
    PPT = "ppt"
    PPTX = "pptx"
    WPS = "wps"  # Kingsoft Writer; its bytes may be those of a .doc
    RTF = "rtf"
    TEXT = "text"
    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    BMP = "bmp"
    TIFF = "tiff"
    WEBP = "webp"
    ZIP = "zip"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    HTML = "html"
    UNKNOWN = "unknown"


class FileProblem(StrEnum):
    """Why a citizen cannot use a file, by its bytes alone."""

    EMPTY = "empty"  # no bytes
    HTML_PAGE = "html_page"  # an error or login page in place of the file
    ENCRYPTED = "encrypted"  # asks for a password to be opened
    DAMAGED = "damaged"  # does not open
    NOTHING_INSIDE = "nothing_inside"  # opens and holds no text, table or picture
    BOMB = "bomb"  # unpacks beyond the limits
    UNSAFE_PATHS = "unsafe_paths"  # an archive whose entries leave its folder
    TOO_LARGE = "too_large"  # more bytes than the limit; only its beginning was looked at


PROBLEM_TITLES_ZH: dict[FileProblem, str] = {
    FileProblem.EMPTY: "文件为空（0 字节）",
    FileProblem.HTML_PAGE: "打开的是网页，不是文件",
    FileProblem.ENCRYPTED: "文件设有密码，打不开",
    FileProblem.DAMAGED: "文件已损坏，打不开",
    FileProblem.NOTHING_INSIDE: "文件里没有任何内容",
    FileProblem.BOMB: "压缩包展开后大得不正常",
    FileProblem.UNSAFE_PATHS: "压缩包内有越出目录的路径",
    FileProblem.TOO_LARGE: "文件过大",
}


class PersonalDatum(Frozen):
    """Something that looks like a real person's, masked: the report must not spread what it found."""

    kind: str  # identity_number | mobile_number | bank_card
    masked: str  # first and last characters only, such as "440102********1234"


class FileReport(Frozen):
    """One look at one file's bytes.

    ``characters`` counts the letters, digits and Chinese characters of the text (no spaces, no punctuation); ``None``
    where the kind carries no text that can be read (pictures, damaged files). ``text_sha256`` is the hash of exactly
    that text, so that two files that read alike are known as such. ``inspector`` is id and version of what looked.
    """

    sha256: str
    inspector: str
    kind: FileKind
    bytes: int
    problems: tuple[FileProblem, ...] = ()
    note: str = ""  # one sentence of detail, such as the opener's complaint
    pages: int | None = None  # pages or sheets
    characters: int | None = None
    text_sha256: str | None = None
    text: str = ""  # the beginning of the text, at most 2,000 characters: blanks folded, a line to a line
    personal: tuple[PersonalDatum, ...] = ()

    @property
    def usable(self) -> bool:
        """Say whether a citizen can open it and finds something in it."""
        return not self.problems


def report_too_large(size: int, inspector: str) -> FileReport:
    """Report a file that was not fetched, because it is larger than what we take: there are no bytes to be named."""
    return FileReport(
        sha256="",
        inspector=inspector,
        kind=FileKind.UNKNOWN,
        bytes=size,
        problems=(FileProblem.TOO_LARGE,),
        note=f"at least {size} bytes",
    )
