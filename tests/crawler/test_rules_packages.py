"""A 一件事/套餐 document with exactly the keys that were recorded (portals.md §1.5) is accused of nothing else."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.audit import audit_guide
from domain.guide import Guide
from domain.guide_fields import FieldName
from portals.documents import DocumentContext
from portals.gdzwfw.documents import GdzwfwDocuments

FILES = "https://static.gdzwfw.gov.cn/guide/files/"
PACKAGE: dict[str, Any] = {
    "special_item_type": "TC",
    "catalog_name": "新生儿出生一件事",
    "impl_org_name": "阳江市卫生健康局",
    "application_channel_text": "窗口办理、网上办理",
    "online_apply_depth_text": "Ⅳ级",
    "consult_phone": "0662-3366123",
    "complaint_phone": "0662-3366124",
    "promise_time": "5",
    "promise_time_unit_text": "工作日",
    "legal_time": "20",
    "legal_time_unit_text": "工作日",
    "window_list": [{"address": "阳江市江城区东风二路60号市政务服务中心二楼"}],
    "submit_material_list": [
        {
            "document_name": "新生儿出生一件事申请表",
            "origin_count": "1",
            "document_media_text": "纸质/电子化",
            "document_source_text": "申请人自备",
            "document_need_type_text": "必要",
            "blank_att_list": [{"att_name": "申请表.doc", "waiwang_url": FILES + "a" * 32}],
            "sample_att_list": [{"att_name": "申请表（样表）.doc", "waiwang_url": FILES + "b" * 32}],
        }
    ],
    "result_sample_list": [{"att_name": "居民户口簿.jpg", "waiwang_url": FILES + "c" * 32}],
    "question_list": [{"question": "多久能办好？", "answer": "受理后5个工作日内办结，可邮寄送达。"}],
    "clause_list": [{"clause_name": "中华人民共和国母婴保健法"}],
}


def parse(document: dict[str, Any]) -> Guide:
    code = "11441700MB2C9122653440112034001"
    context = DocumentContext(
        unit="dept-01",
        item_id="package-1",
        code=code,
        listed_title=document["catalog_name"],
        url=f"https://www.gdzwfw.gov.cn/portal/v2/guide/{code}",
        document="0" * 64,
        captured_at=datetime(2026, 7, 1, tzinfo=UTC),
    )
    return GdzwfwDocuments().parse(json.dumps(document).encode(), context)


def accused(document: dict[str, Any]) -> set[FieldName]:
    _audit, findings = audit_guide(parse(document), run="test")
    return {finding.field for finding in findings}


def test_what_the_schema_never_carries_is_no_fault() -> None:
    assert accused(PACKAGE) == set()


def test_what_it_carries_is_read() -> None:
    guide = parse(PACKAGE)
    assert guide.kind == "package"
    assert guide.text(FieldName.PLACE) == PACKAGE["window_list"][0]["address"]
    assert guide.text(FieldName.LEGAL_BASIS) == "中华人民共和国母婴保健法"
    assert guide.text(FieldName.PROMISE_LIMIT) == "5个工作日"
    assert guide.materials is not None
    assert guide.materials[0].forms is not None
    assert not guide.measures(FieldName.TASK_CODE)
    assert guide.windows is None
    assert guide.laws is None


@pytest.mark.parametrize(
    ("key", "value", "field"),
    [
        ("consult_phone", "0662-336612", FieldName.ENQUIRY_PHONE),
        ("complaint_phone", "020-837288891", FieldName.COMPLAINT_PHONE),
        ("promise_time", "60", FieldName.PROMISE_LIMIT),
        ("window_list", [{"address": "阳江市区"}], FieldName.PLACE),
    ],
)
def test_what_it_carries_is_judged(key: str, value: object, field: FieldName) -> None:
    assert field in accused(PACKAGE | {key: value})


def test_hours_and_numbers_are_judged_where_a_document_carries_them() -> None:
    guide = parse(PACKAGE | {"window_list": [{"address": "阳江市江城区东风二路60号", "time": ""}]})
    assert guide.windows is not None
    assert FieldName.HANDLING_FORM in {finding.field for finding in audit_guide(guide, run="test")[1]}
