"""What words beside an upload, on a button or in a complaint mean, on sentences as portals write them."""

import pytest

from portals.form_words import (
    DRAFT_CONTROL,
    LICENCE,
    MESSAGES,
    RECEIPT,
    size_limit_kb,
    takes_common_formats,
    tells_limits,
    tells_what_to_do,
    without_visit,
)


@pytest.mark.parametrize(
    ("hint", "told"),
    [
        ("支持jpg、png、pdf格式，大小不超过10M", True),
        ("文件格式：doc/docx，单个文件≤ 500KB", True),
        ("请上传图片，最大2兆", True),
        ("单个文件不超过10MB", False),
        ("请上传PDF格式", False),
        ("请上传清晰的扫描件", False),
        ("", False),
    ],
)
def test_limits_are_told_when_formats_and_size_are(hint: str, told: bool) -> None:
    assert tells_limits(hint) is told


@pytest.mark.parametrize(
    ("hint", "limit_kb"), [("不超过10MB", 10240), ("500KB以内", 500), ("2兆", 2048), ("清晰", None)]
)
def test_size_limits(hint: str, limit_kb: int | None) -> None:
    assert size_limit_kb(hint) == limit_kb


@pytest.mark.parametrize(
    ("accepted", "hint", "common"),
    [
        (".jpg,.png,.pdf", "不超过5MB", True),
        (".jpg,.png,.pdf", "不超过4MB", False),
        (".jpg,.png,.pdf", "", None),
        (".jpg", "不超过10MB", False),
        ("", "支持JPEG、PNG、PDF，10M", True),
        ("", "清晰的扫描件", None),
    ],
)
def test_common_formats_need_three_kinds_and_five_megabytes(accepted: str, hint: str, common: bool | None) -> None:
    assert takes_common_formats(accepted, hint) is common


@pytest.mark.parametrize(
    ("message", "tells"),
    [
        ("请填写联系地址", True),
        ("手机号码应为11位数字", True),
        ("该项不能为空", True),
        ("文件大小不能超过10MB", True),
        ("仅支持PDF格式", True),
        ("输入有误", False),
        ("上传失败", False),
        ("格式错误", False),
        ("", False),
    ],
)
def test_a_good_complaint_tells_what_to_do(message: str, tells: bool) -> None:
    assert tells_what_to_do(message) is tells


def test_what_a_form_offers() -> None:
    assert all(DRAFT_CONTROL.search(text) for text in ("暂存草稿", "暂存", "保存后继续"))
    assert not DRAFT_CONTROL.search("保存并提交")
    assert all(LICENCE.search(text) for text in ("引用电子证照", "该材料免提交"))
    assert not LICENCE.search("网上获取电子证照")
    assert all(MESSAGES.search(text) for text in ("接收短信通知", "微信提醒"))
    assert all(RECEIPT.search(text) for text in ("生成业务流水号", "出具电子回执", "受理编号"))
    assert not RECEIPT.search("身份证号码")
    assert [without_visit(text) for text in ("窗口领取", "邮政快递送达", "网上下载", "综合窗口自取")] == [
        False,
        True,
        True,
        False,
    ]
