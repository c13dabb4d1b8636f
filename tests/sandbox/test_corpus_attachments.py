"""The sandbox's attachments, opened by third-party readers."""

import io
import re
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib

import openpyxl
import pytest

from sandbox.corpus.attachments import make_attachment

LINES = ("民办学校设立审批申请表", "申请人：", "张<某>&某")


def test_a_workbook_opens_and_holds_the_lines() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(make_attachment(name="表", form="xlsx", lines=LINES).content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == list(LINES)


def test_a_word_document_is_a_sound_zip_of_well_formed_parts() -> None:
    archive = zipfile.ZipFile(io.BytesIO(make_attachment(name="表", form="docx", lines=LINES).content))
    assert archive.testzip() is None
    for part in archive.namelist():
        ET.fromstring(archive.read(part))
    text = "".join(ET.fromstring(archive.read("word/document.xml")).itertext())
    assert text == "".join(LINES)
    assert {"[Content_Types].xml", "_rels/.rels"} <= set(archive.namelist())


def test_the_cross_references_of_a_pdf_point_at_its_objects() -> None:
    content = make_attachment(name="表", form="pdf", lines=LINES).content
    start = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert content[start : start + 4] == b"xref"
    offsets = [int(found) for found in re.findall(rb"(\d{10}) 00000 n", content)]
    assert [content[offset:].split(b"\n")[0] for offset in offsets] == [
        b"%d 0 obj" % n for n in range(1, len(offsets) + 1)
    ]
    length = int(re.findall(rb"/Length (\d+)", content)[0])
    assert content.partition(b"stream\n")[2][length:].startswith(b"\nendstream")


def test_a_picture_has_sound_chunks() -> None:
    content = make_attachment(name="图", form="png", lines=LINES).content
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    at, kinds = 8, []
    while at < len(content):
        size = struct.unpack(">I", content[at : at + 4])[0]
        body = content[at + 4 : at + 8 + size]
        assert struct.unpack(">I", content[at + 8 + size : at + 12 + size])[0] == zlib.crc32(body)
        kinds.append(body[:4])
        at += 12 + size
    assert kinds[0] == b"IHDR"
    assert kinds[-1] == b"IEND"


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx", "png"])
def test_equal_lines_give_equal_bytes_and_other_lines_other_bytes(form: str) -> None:
    first, again = (make_attachment(name="表", form=form, lines=LINES) for _ in range(2))
    other = make_attachment(name="表", form=form, lines=(*LINES, "样表"))
    assert first == again
    assert other.content != first.content
    assert other.guid != first.guid
    assert len(first.guid) == 32
