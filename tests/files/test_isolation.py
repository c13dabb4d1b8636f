"""Hostile files cost neither memory nor time beyond the limits, and never an exception."""

import io
import os
import random
import resource
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache

import papers
import pytest
from papers import (
    make_bare_pdf,
    make_huge_png,
    make_laughs,
    make_pdf_with,
    make_picture,
    make_xlsx,
    make_zip,
    nest,
    pdf_stream,
    replace_part,
)

from domain.file_report import FileKind, FileProblem
from files.inspection import NOT_JUDGED, inspect_file
from files.isolation import Inspector
from files.limits import MEBIBYTE, InspectionLimits
from sandbox.corpus.attachments import make_docx, make_pdf

LIMITS = InspectionLimits(processor_s=2, wall_s=120, memory_bytes=512 * MEBIBYTE, unpacked_bytes_max=64 * MEBIBYTE)
PARENT_BYTES_MAX = 48 * MEBIBYTE  # what inspecting may cost the calling process; every file below is smaller
DOCX = make_docx(("申请表",))
XLSX = make_xlsx([["甲", "乙"]])
CATALOGUE, PAGE_TREE = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
deflate_zeros = cache(papers.deflate_zeros)  # a gigabyte takes seconds, and several files hold the same one
ACCUSED = {FileProblem.BOMB, FileProblem.DAMAGED}


@pytest.fixture(scope="module")
def inspector() -> Iterator[Inspector]:
    with Inspector(LIMITS) as shared:
        yield shared


def one_entry(name: bytes, packed: bytes, size: int) -> bytes:
    """Write an archive of one deflated entry with whatever size it claims (APPNOTE §4.3)."""
    body = packed[2:-4]
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, 0, len(body), size, len(name), 0) + name
    entry = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, 0, len(body), size, len(name), 0, 0, 0, 0, 0, 0
    )
    start = len(local) + len(body)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(entry) + len(name), start, 0)
    return local + body + entry + name + end


def overlapping(entries: int) -> bytes:
    """Let every directory entry name the same deflated bytes (Fifield's better zip bomb in its plainest form)."""
    packed = deflate_zeros(8 * MEBIBYTE)
    data = one_entry(b"a", packed, 8 * MEBIBYTE)
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    directory = data[at:end] * entries
    return data[:at] + directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, entries, entries, len(directory), at, 0)


def fan_of_forms(depth: int) -> bytes:
    """Write a page whose form draws ten forms, each of which draws ten more, and so on."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>"
    )
    objects = [CATALOGUE, PAGE_TREE, page, b"<< /Length 5 >>\nstream\n/F Do\nendstream"]
    drawing = b"/F Do " * 10
    for level in range(depth):
        head = (
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F %d 0 R >> >> /Length %d >>"
        )
        objects.append(head % (6 + level, len(drawing)) + b"\nstream\n" + drawing + b"\nendstream")
    return make_bare_pdf([*objects, b"<< /Length 1 >>\nstream\n \nendstream"])


def shared_string_bomb() -> bytes:
    strings = b"<sst><si><t>" + b"x" * 32_000 + b"</t></si></sst>"
    cells = b"<w><sheetData>" + b'<row><c t="s"><v>0</v></c></row>' * 1_000_000 + b"</sheetData></w>"
    return replace_part(replace_part(XLSX, "xl/sharedStrings.xml", strings), "xl/worksheets/sheet1.xml", cells)


BOMBS: dict[str, Callable[[], bytes]] = {
    "1 GiB of zeros in an archive": lambda: one_entry(b"a.bin", deflate_zeros(1024 * MEBIBYTE), 1024 * MEBIBYTE),
    "1 GiB of zeros in a document": lambda: replace_part(DOCX, "word/document.xml", b" " * (65 * MEBIBYTE)),
    "overlapping entries": lambda: overlapping(1000),
    "archives in archives": lambda: nest(12),
    "a hundred thousand entries": lambda: make_zip({f"{n}": b"" for n in range(100_000)}, mode=zipfile.ZIP_STORED),
    "billion laughs in docx": make_laughs,
    "billion laughs in xlsx": lambda: (
        replace_part(XLSX, "xl/workbook.xml", b"<a/>")
        and replace_part(
            XLSX, "xl/worksheets/sheet1.xml", b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'
        )
    ),
    "a stream of 1 GiB in a PDF": lambda: make_pdf_with(pdf_stream(deflate_zeros(1024 * MEBIBYTE))),
    "a stream packed twice": lambda: make_pdf_with(
        pdf_stream(zlib.compress(deflate_zeros(1024 * MEBIBYTE), 9), filters="[/FlateDecode /FlateDecode]")
    ),
    "50,000 × 50,000 pixels": lambda: make_huge_png(50_000, 50_000),
    "a GIF of 65,535 × 65,535": lambda: (
        b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(6) + b",\0\0\0\0\xff\xff\xff\xff\0\x08\x01\0\0;"
    ),
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_bombs_are_reported_as_bombs(inspector: Inspector, name: str) -> None:
    data = BOMBS[name]()
    started = time.monotonic()
    report = inspector.inspect(data)
    assert report.problems == (FileProblem.BOMB,), report.note
    assert report.kind is not FileKind.UNKNOWN
    assert time.monotonic() - started < 2 * LIMITS.wall_s


TRAPS: dict[str, Callable[[], bytes]] = {
    "a size that lies": lambda: one_entry(b"a.zip", deflate_zeros(256 * MEBIBYTE), 100),
    "pages that hold themselves": lambda: make_bare_pdf(
        [CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000000 >>"]
    ),
    "arrays a million deep": lambda: make_bare_pdf(
        [b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 1_000_000 + b"]" * 1_000_000 + b" >>", b"<< /Type /Pages >>"]
    ),
    "forms that draw forms": lambda: fan_of_forms(12),
    "elements without end": lambda: replace_part(DOCX, "word/document.xml", b"<d>" * 2_000_000),
    "braces without end": lambda: b"{\\rtf1" + b"{" * (20 * MEBIBYTE),
    "a compound file of ones": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * (5 * MEBIBYTE),
    "a TIFF whose pages go in a circle": lambda: (
        b"II*\0\x08\0\0\0" + struct.pack("<H", 1) + struct.pack("<HHII", 256, 4, 1, 10) + struct.pack("<I", 8)
    ),
}


@pytest.mark.parametrize("name", sorted(TRAPS))
def test_traps_end_in_a_report(inspector: Inspector, name: str) -> None:
    report = inspector.inspect(TRAPS[name]())
    assert set(report.problems) <= ACCUSED
    assert report.problems
    assert inspector.inspect(DOCX).usable, "the next file is inspected as if nothing had happened"


HARMLESS: dict[str, Callable[[], bytes]] = {
    "a cell in the last corner": lambda: replace_part(
        XLSX,
        "xl/worksheets/sheet1.xml",
        b'<w><sheetData><row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>2</v></c></row></sheetData></w>',
    ),
    "a text repeated a million times": shared_string_bomb,
    "a page that draws itself": lambda: fan_of_forms(1),
    "a picture of 60 million pixels": lambda: make_picture("png", size=(10_000, 6_000)),
    "rich text with 20 MiB of picture": lambda: (
        b"{\\rtf1 text {\\pict " + b"0123456789abcdef" * (20 * MEBIBYTE // 16) + b"}}"
    ),
}


@pytest.mark.parametrize("name", sorted(HARMLESS))
def test_large_or_odd_files_are_not_accused(inspector: Inspector, name: str) -> None:
    report = inspector.inspect(HARMLESS[name]())
    assert report.problems == (), report.note


@pytest.mark.parametrize(
    ("name", "unsafe"),
    [
        ("../../etc/passwd", True),
        ("a/../../b", True),
        ("/etc/cron.d/x", True),
        ("C:\\Windows\\x.exe", True),
        ("..\\..\\x", True),
        ("\\\\host\\share\\x", True),
        ("表格/申请表.doc", False),
        ("表格\\申请表.doc", False),
        ("a..b/c...doc", False),
        ("2021年1:2.doc", False),
    ],
)
def test_paths_that_leave_the_folder_are_told(inspector: Inspector, name: str, unsafe: bool) -> None:
    assert (FileProblem.UNSAFE_PATHS in inspector.inspect(make_zip({name: b"x"})).problems) is unsafe


@pytest.mark.parametrize(("target", "unsafe"), [("/etc/passwd", True), ("../../x", True), ("b.txt", False)])
def test_links_that_leave_the_folder_are_told(inspector: Inspector, target: str, unsafe: bool) -> None:
    link = zipfile.ZipInfo("a/link")
    link.external_attr = 0o120777 << 16
    link.create_system = 3
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, target)
    assert (FileProblem.UNSAFE_PATHS in inspector.inspect(buffer.getvalue()).problems) is unsafe


def test_a_stalled_process_is_ended_and_the_next_file_is_inspected() -> None:
    """No processor time is used by a process that is stopped: only the wall clock can end it."""
    with Inspector(InspectionLimits(wall_s=1)) as inspector:
        assert inspector.inspect(DOCX).usable
        process = inspector._process
        assert process is not None
        os.kill(process.pid, 19)  # SIGSTOP: the process, not the file, is at fault, so the second chance finds nothing
        assert inspector.inspect(DOCX).usable
        assert inspector._process is not process


def test_a_process_that_was_killed_costs_no_file() -> None:
    with Inspector(LIMITS) as inspector:
        assert inspector.inspect(DOCX).usable
        process = inspector._process
        assert process is not None
        process.kill()
        assert inspector.inspect(DOCX).usable


def test_a_file_that_needs_the_processor_for_too_long_is_a_bomb() -> None:
    slow = replace_part(DOCX, "word/document.xml", b"<d>" + b"<q/>" * 12_000_000 + b"</d>")
    limits = LIMITS.model_copy(update={"processor_s": 1})
    with Inspector(limits) as inspector:
        report = inspector.inspect(slow)
    assert report.problems == (FileProblem.BOMB,)
    assert "processor" in report.note


def test_a_file_over_the_limit_is_recognised_by_its_beginning() -> None:
    limits = InspectionLimits(bytes_max=MEBIBYTE)
    with Inspector(limits) as inspector:
        report = inspector.inspect(make_pdf(("申请表",)) + bytes(64 * MEBIBYTE))
    assert (report.kind, report.problems) == (FileKind.PDF, (FileProblem.TOO_LARGE,))


def test_the_calling_process_pays_nothing(inspector: Inspector) -> None:
    bomb = BOMBS["a stream of 1 GiB in a PDF"]()
    inspector.inspect(DOCX)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    inspector.inspect(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < PARENT_BYTES_MAX
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < PARENT_BYTES_MAX // 1024


def test_the_process_cannot_write_files(inspector: Inspector) -> None:
    assert inspector.inspect(DOCX).usable
    process = inspector._process
    assert process is not None
    limits = resource.prlimit(process.pid, resource.RLIMIT_FSIZE) if hasattr(resource, "prlimit") else (0, 0)
    assert limits == (0, 0)


def test_isolated_and_direct_reports_agree(inspector: Inspector) -> None:
    for data in (DOCX, XLSX, make_pdf(("申请表", "身份证")), make_picture("jpeg"), b"", b"\x00\x01", nest(2)):
        assert inspector.inspect(data) == inspect_file(data, LIMITS)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pdf", "jpeg", "png", "tiff", "zip"])
def test_bytes_that_were_changed_at_random_end_in_a_report(inspector: Inspector, kind: str) -> None:
    whole = {"docx": DOCX, "xlsx": XLSX, "pdf": make_pdf(("申请表",)), "zip": nest(2)}
    data = whole.get(kind) or make_picture(kind)
    chance = random.Random(kind)
    for _ in range(25):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            changed[chance.randrange(len(changed))] = chance.randrange(256)
        report = inspector.inspect(bytes(changed))
        assert not report.note.startswith(NOT_JUDGED), report.note
