"""What names promise: endings that offices use, in file names and in addresses."""

import pytest
from papers import make_picture, make_xlsx

from domain.file_report import FileKind
from files.inspection import inspect_file
from files.names import fits_name, opens_all_the_same, promised_kinds
from sandbox.corpus.attachments import make_docx


@pytest.mark.parametrize(
    ("kind", "name", "fits"),
    [
        (FileKind.DOC, "申请表.doc", True),
        (FileKind.DOC, "申请表.wps", True),
        (FileKind.RTF, "申请表.DOC", True),
        (FileKind.XLS, "名册.et", True),
        (FileKind.JPEG, "样本.JPEG", True),
        (FileKind.DOCX, "申请表.doc", False),
        (FileKind.HTML, "申请表.xls", False),
        (FileKind.PDF, "申请表.docx", False),
        (FileKind.ZIP, "材料.rar", False),
        (FileKind.UNKNOWN, "申请表.docx", None),
        (FileKind.PDF, "申请表", None),
        (FileKind.PDF, "下载.ashx", None),
        (FileKind.PDF, "https://example.cn/f/%E7%94%B3%E8%AF%B7.pdf?v=1#p", True),
        (FileKind.DOC, "https://example.cn/download?id=1", None),
        (FileKind.DOC, "1.2万元申请表", None),
    ],
)
def test_promises_are_held_against_kinds(kind: FileKind, name: str, fits: bool | None) -> None:
    assert fits_name(kind, name) is fits


def test_real_bytes_keep_their_promise() -> None:
    files = {"a.docx": make_docx(("甲",)), "a.xlsx": make_xlsx([["甲"]]), "a.png": make_picture("png")}
    for name, data in files.items():
        assert fits_name(inspect_file(data).kind, name) is True


def test_every_promise_names_a_kind_and_harm_is_told_apart() -> None:
    assert promised_kinds("x.exe") == frozenset()
    assert opens_all_the_same(FileKind.PNG, "样本.jpg")
    assert not opens_all_the_same(FileKind.HTML, "样本.xls")
