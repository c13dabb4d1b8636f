"""Inspection against files that other people's programs wrote; every expected value is what went into the file."""

import io
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image as SheetImage
from papers import (
    HYPERTEXT,
    PICTURES,
    lock_package,
    lock_pdf,
    make_bare_pdf,
    make_picture,
    make_xlsx,
    make_zip,
    replace_part,
)
from PIL import Image
from pypdf import PdfWriter

from domain.file_report import FileKind, FileProblem, FileReport
from files.inspection import NOT_JUDGED, inspect_file
from files.limits import InspectionLimits
from sandbox.corpus.attachments import make_docx, make_pdf

LINES = ("阳江市食品经营许可申请书", "申请人：李晓岚", "联系电话：13926403817")
LETTERS = "阳江市食品经营许可申请书申请人李晓岚联系电话13926403817"
Office = Callable[[str, bytes, str], bytes]


def read(data: bytes) -> FileReport:
    report = inspect_file(data)
    assert not report.note.startswith(NOT_JUDGED), report.note
    assert report.sha256 == sha256(data).hexdigest()
    return report


def assert_reads(report: FileReport, kind: FileKind) -> None:
    assert (report.kind, report.problems) == (kind, ())
    assert report.characters == len(LETTERS)
    assert report.text_sha256 == sha256(LETTERS.encode()).hexdigest()
    assert [(datum.kind, datum.masked) for datum in report.personal] == [("mobile_number", "139****3817")]


def test_word_documents_read_as_they_were_written() -> None:
    assert_reads(read(make_docx(LINES)), FileKind.DOCX)


def test_pdf_documents_read_as_they_were_written() -> None:
    report = read(make_pdf(LINES))
    assert_reads(report, FileKind.PDF)
    assert report.pages == 1


def test_workbooks_read_as_they_were_written() -> None:
    report = read(make_xlsx([[LINES[0]], ["申请人：", "李晓岚"], ["联系电话：", 13926403817]], sheets=3))
    assert_reads(report, FileKind.XLSX)
    assert report.pages == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_text_reads_in_the_encodings_of_chinese_offices(encoding: str) -> None:
    assert_reads(read("\r\n".join(LINES).encode(encoding)), FileKind.TEXT)


@pytest.mark.parametrize("target", ["doc", "rtf", "pdf", "docx"])
def test_libreoffice_writer_files_read_as_they_were_written(office: Office, target: str) -> None:
    name = "a.docx" if target != "docx" else "a.rtf"
    source = make_docx(LINES) if target != "docx" else office("b.docx", make_docx(LINES), "rtf")
    assert_reads(read(office(name, source, target)), FileKind(target))


def test_libreoffice_calc_files_read_as_they_were_written(office: Office) -> None:
    sheet = make_xlsx([[LINES[0]], ["申请人：", "李晓岚"], ["联系电话：", 13926403817]], sheets=2)
    report = read(office("a.xlsx", sheet, "xls"))
    assert_reads(report, FileKind.XLS)
    assert report.pages == 2


def test_long_documents_keep_their_words_in_the_binary_format(office: Office) -> None:
    lines = tuple(f"第{number}条 申请人应当如实填写 item {number}" for number in range(400))
    assert read(office("a.docx", make_docx(lines), "doc")).text_sha256 == read(make_docx(lines)).text_sha256


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_pictures_open(kind: str) -> None:
    report = read(make_picture(kind))
    assert (report.kind.value, report.problems, report.characters) == (kind, (), None)


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_blank_pictures_hold_nothing(kind: str) -> None:
    assert read(make_picture(kind, blank=True)).problems == (FileProblem.NOTHING_INSIDE,)


@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_pictures_that_are_cut_short_are_damaged(kind: str) -> None:
    whole = make_picture(kind, size=(900, 700))
    report = read(whole[: len(whole) // 2])
    assert (report.kind.value, report.problems) == (kind, (FileProblem.DAMAGED,))


def test_pages_of_a_tiff_are_counted() -> None:
    pages = [Image.effect_noise((60, 60), 40) for _ in range(3)]
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:])
    assert read(buffer.getvalue()).pages == 3


@pytest.mark.parametrize("make", [make_docx, make_pdf])
def test_documents_that_are_cut_short_are_known_by_their_kind(make: Callable[[tuple[str, ...]], bytes]) -> None:
    report = read(make(LINES)[:400])
    assert report.problems == (FileProblem.DAMAGED,)
    assert report.kind in {FileKind.DOCX, FileKind.PDF, FileKind.ZIP}


@pytest.mark.parametrize("target", ["doc", "xls"])
def test_compound_files_that_are_cut_short_are_damaged(office: Office, target: str) -> None:
    source = ("a.docx", make_docx(LINES * 50)) if target == "doc" else ("a.xlsx", make_xlsx([[LINES[0]]] * 50))
    whole = office(*source, target)
    assert FileProblem.DAMAGED in read(whole[: len(whole) // 2]).problems


def test_a_document_without_words_holds_nothing() -> None:
    assert read(make_docx(())).problems == (FileProblem.NOTHING_INSIDE,)
    assert read(make_xlsx([])).problems == (FileProblem.NOTHING_INSIDE,)
    assert read(b" \r\n ").problems == (FileProblem.NOTHING_INSIDE,)
    assert read(make_zip({})).problems == (FileProblem.NOTHING_INSIDE,)
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(595, 842)
    writer.write(out)
    assert read(out.getvalue()).problems == (FileProblem.NOTHING_INSIDE,)


def test_an_empty_form_of_lines_or_a_scan_is_not_nothing(tmp_path: Path) -> None:
    table = replace_part(
        make_docx(("x",)),
        "word/document.xml",
        b'<w:document xmlns:w="urn:x"><w:body><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>',
    )
    assert read(table).usable
    picture, book, out = tmp_path / "scan.png", Workbook(), io.BytesIO()
    picture.write_bytes(make_picture("png"))
    book.worksheets[0].add_image(SheetImage(str(picture)), "A1")
    book.save(out)
    assert load_workbook(io.BytesIO(out.getvalue())).sheetnames
    assert read(out.getvalue()).usable
    out = io.BytesIO()
    Image.open(picture).save(out, "PDF")
    scan = read(out.getvalue())
    assert (scan.usable, scan.characters, scan.pages) == (True, 0, 1)


def test_no_bytes_are_empty() -> None:
    assert read(b"").problems == (FileProblem.EMPTY,)


@pytest.mark.parametrize(
    "page",
    [
        HYPERTEXT,
        "\ufeff  \n" + HYPERTEXT,
        "<!-- 404 --><html><body>找不到页面</body></html>",
        '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN"><html>登录</html>',
        "<script>location='/login'</script>",
        "<HEAD><TITLE>500 Internal Server Error</TITLE></HEAD>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_web_pages_in_place_of_a_file_are_told(page: str, encoding: str) -> None:
    report = read(page.encode(encoding, "ignore") if encoding == "utf-8" else page.lstrip("\ufeff").encode(encoding))
    assert (report.kind, report.problems) == (FileKind.HTML, (FileProblem.HTML_PAGE,))


def test_a_page_that_an_office_program_saved_is_a_document() -> None:
    page = '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    assert read(f"{page}<body><table><tr><td>登记表</td></tr></table></body></html>".encode()).usable
    archive = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\n申请表"
    assert read(archive.encode()).usable


def test_words_old_xml_reads() -> None:
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="urn:w"><w:body>'
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in LINES)
    assert_reads(read(f"{head}{body}</w:body></w:wordDocument>".encode()), FileKind.DOC)


def test_documents_with_a_password_are_told() -> None:
    report = read(lock_package(make_docx(LINES), "只有我知道"))
    assert (report.problems, report.kind, report.text) == ((FileProblem.ENCRYPTED,), FileKind.UNKNOWN, "")
    locked = read(lock_pdf(make_pdf(LINES), user="geheim", owner="besitzer"))
    assert (locked.problems, locked.kind) == ((FileProblem.ENCRYPTED,), FileKind.PDF)


def test_a_password_that_only_restricts_is_no_problem() -> None:
    assert_reads(read(lock_pdf(make_pdf(LINES), user="", owner="besitzer")), FileKind.PDF)


@pytest.mark.parametrize("target", ["doc", "xls"])
def test_old_documents_with_a_password_are_told(office: Office, target: str) -> None:
    """LibreOffice takes no password on its command line, so the formats' marks of encryption are set by hand."""
    source = ("a.docx", make_docx(LINES)) if target == "doc" else ("a.xlsx", make_xlsx([["甲"]]))
    whole = bytearray(office(*source, target))
    if target == "xls":
        at = whole.index(bytes.fromhex("09081000")) + 4 + 16  # the record after BOF becomes FILEPASS, [MS-XLS] §2.4.117
        whole[at : at + 10] = bytes.fromhex("2f000600") + bytes.fromhex("000034127856")  # XOR, key, verifier
    else:
        at = whole.index(bytes.fromhex("eca5"))  # FibBase.wIdent; fEncrypted is bit 8 of the flags at offset 10
        whole[at + 11] |= 1
    assert read(bytes(whole)).problems == (FileProblem.ENCRYPTED,)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("bits", ["40", "128", "256"])
def test_pdf_passwords_of_every_strength(tmp_path: Path, bits: str) -> None:
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(make_pdf(LINES))
    for user, problems in (("geheim", (FileProblem.ENCRYPTED,)), ("", ())):
        locked = tmp_path / f"{user or 'open'}.pdf"
        weak = [] if bits == "256" else ["--allow-weak-crypto"]
        command = ["qpdf", *weak, "--encrypt", user, "besitzer", bits, "--", str(plain), str(locked)]
        subprocess.run(command, check=True)
        assert read(locked.read_bytes()).problems == problems


def test_archives_are_listed() -> None:
    name = "申请表.doc".encode("gb18030")  # as Chinese programs write it: GBK, without the UTF-8 bit
    plain = make_zip({"x" * len(name): b"x", "里面.zip": make_zip({"二.txt": b"x"})})
    report = read(plain.replace(b"x" * len(name), name))
    assert (report.kind, report.problems) == (FileKind.ZIP, ())
    assert report.note.startswith("3 files")
    assert "申请表.doc" in report.note
    assert "二.txt" in report.note


def test_an_archive_with_a_password_is_told() -> None:
    data = bytearray(make_zip({"a.txt": b"x"}))
    data[6] |= 1  # bit 0 of the general purpose flags (APPNOTE §4.4.4), in the entry and in the directory
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert read(bytes(data)).problems == (FileProblem.ENCRYPTED,)


@pytest.mark.skipif(shutil.which("7z") is None, reason="7z is not installed")
def test_7z_archives_are_recognised(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("申请表", encoding="utf-8")
    command = ["7z", "a", "-bd", str(tmp_path / "a.7z"), str(tmp_path / "a.txt")]
    subprocess.run(command, check=True, capture_output=True)
    assert read((tmp_path / "a.7z").read_bytes()).kind is FileKind.SEVEN_ZIP


def test_rar_archives_are_recognised_by_both_signatures() -> None:
    for signature in (b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"):  # RAR 4 and 5, technical note of the format
        assert read(signature + bytes(40)).kind is FileKind.RAR


def test_ofd_documents_are_read() -> None:
    """The parts that GB/T 33190-2016 §7 asks for, written by hand."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    texts = "".join(f"<ofd:TextObject><ofd:TextCode>{line}</ofd:TextCode></ofd:TextObject>" for line in LINES)
    package = make_zip(
        {
            "OFD.xml": (
                f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
            ).encode(),
            "Doc_0/Document.xml": (
                f'<ofd:Document {space}><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages>'
                "</ofd:Document>"
            ).encode(),
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}>{texts}</ofd:Page>".encode(),
        }
    )
    report = read(package)
    assert_reads(report, FileKind.OFD)
    assert report.pages == 1


def test_a_pdf_behind_some_bytes_of_junk_still_opens() -> None:
    assert_reads(read(b"\r\n" + make_pdf(LINES)), FileKind.PDF)


def test_what_nobody_knows_is_unknown_and_not_accused() -> None:
    report = read(bytes(range(256)) * 10)
    assert (report.kind, report.problems) == (FileKind.UNKNOWN, ())


def test_a_file_over_the_limit_is_recognised_and_not_opened() -> None:
    data = make_pdf(LINES)
    report = inspect_file(data, InspectionLimits(bytes_max=100))
    assert (report.kind, report.problems, report.text) == (FileKind.PDF, (FileProblem.TOO_LARGE,), "")


def test_a_pdf_without_pages_is_damaged() -> None:
    empty = make_bare_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])
    assert read(lock_pdf(make_pdf(LINES), user="a", owner="b")).problems == (FileProblem.ENCRYPTED,)
    assert read(empty).problems == (FileProblem.DAMAGED,)  # and not what PDFium remembers of the file before
