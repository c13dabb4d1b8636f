"""The facts of a guide that the rubric's guide step reads: forms with files, situations, an address for telephones."""

import pytest

from crawler.rules.example_guide import example, example_material
from domain.guide import AttachmentLink, Guide
from domain.guide_fields import FieldName
from engine.facts.item_facts import item_fact

FILE = (AttachmentLink(name="表.docx", url="https://static.gdzwfw.gov.cn/guide/files/a"),)


def form(**parts: object) -> Guide:
    return example_material(kind="申请表格文书", exempt="否", **parts)()


@pytest.mark.parametrize(
    ("guide", "complete"),
    [
        (form(forms=FILE, samples=FILE), True),
        (form(forms=FILE, samples=()), False),
        (form(forms=(), samples=FILE), False),
        (form(forms=None, samples=FILE), None),  # the source does not show files
        (example_material(kind="证照", forms=(), samples=())(), None),  # no form among the materials
        (example(materials=None)(), None),
        (example(materials=())(), None),
    ],
)
def test_every_form_needs_a_blank_and_a_sample(guide: Guide, complete: bool | None) -> None:
    assert item_fact(guide, None, None).forms_complete is complete


@pytest.mark.parametrize(
    ("condition", "situations"),
    [
        ("情形一：新设立企业；情形二：分支机构。", 2),
        ("属于情形1的提交甲，属于情形2的提交乙，情形1另交丙。", 2),
        ("符合国家规定的情形。", 0),
        ("", 0),
    ],
)
def test_situations_are_counted_by_their_numbers(condition: str, situations: int) -> None:
    guide = example({FieldName.CONDITION: condition}, materials=())()
    assert item_fact(guide, None, None).situations == situations


@pytest.mark.parametrize(("address", "known"), [("https://m.example.cn/1", True), ("", False), (None, None)])
def test_an_address_for_telephones(address: str | None, known: bool | None) -> None:
    assert item_fact(example({FieldName.MOBILE_URL: address})(), None, None).phone_address is known
