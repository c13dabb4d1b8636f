"""What pressing a control would mean is told by its words; titles of guides that hold the same words stay links."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from probes.safety.control_words import ControlMeaning, meaning_of

REAL_GUIDES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "gd_guides_2021.jsonl"


@pytest.mark.parametrize(
    "words",
    [
        *(
            "提交",
            "提 交",
            "确认提交",
            "提交申请",
            "同意并提交",
            "提交（1/3）",
            "保存并提交",
            "立即缴费",
            "去支付",
            "在线支付",
        ),
        *(
            "确认预约",
            "取消预约",
            "取消",
            "撤回申请",
            "注销账号",
            "删除",
            "我要评价",
            "非常满意",
            "不满意",
            "保存草稿",
            "暂存",
        ),
        *(
            "签署承诺书",
            "确认授权",
            "确定",
            "ＯＫ\n提交",
            "Submit",
            "Confirm & pay",
            "Delete my account",
            "保存并下一步",
        ),
    ],
)
def test_an_act_is_final(words: str) -> None:
    assert meaning_of((words,)) is ControlMeaning.FINAL


@pytest.mark.parametrize("words", ["预约", "在线预约", "预约办理", "我要申请", "立即申报", "在线办理", "立即办理"])
def test_what_leads_in_on_a_guide_page_is_an_act_in_a_form(words: str) -> None:
    assert meaning_of((words,)) is ControlMeaning.ENTRANCE


@pytest.mark.parametrize(
    "words",
    [
        *(
            "下一步",
            "上一步",
            "搜索",
            "查询",
            "登录",
            "发送",
            "展开",
            "关闭",
            "我知道了",
            "办件进度",
            "查看评价",
            "缴费查询",
        ),
        *(
            "企业注销登记",
            "提交材料清单",
            "取水许可",
            "预约服务须知",
            "支付宝登录",
            "法律责任确认书下载",
            "首页",
            "2026",
        ),
        "您即将提交申请，请仔细阅读以下内容后再继续操作，谢谢您的配合与理解",
    ],
)
def test_reading_and_going_on_are_harmless(words: str) -> None:
    assert meaning_of((words,)) is ControlMeaning.HARMLESS


def test_any_of_the_words_counts() -> None:
    assert meaning_of(("→", "", "提交申请")) is ControlMeaning.FINAL
    assert meaning_of(()) is ControlMeaning.HARMLESS


def real_titles() -> Iterator[str]:
    for line in REAL_GUIDES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield from (row[key] for key in ("TASK_NAME", "CATANAME", "DEPT_NAME") if row.get(key))


@pytest.mark.skipif(not REAL_GUIDES.exists(), reason="the real records of 2021 are not on this machine")
def test_no_real_title_is_taken_for_a_command() -> None:
    titles = set(real_titles())
    assert len(titles) > 1_000
    assert [title for title in titles if meaning_of((title,)) is not ControlMeaning.HARMLESS] == []
