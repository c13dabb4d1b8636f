"""The comparison of findings with planted faults, on inputs small enough to be judged by hand."""

import pytest

from benchmarks.finding_match import Accusation, Planting, compare, name_labels, read_plantings
from domain.guide_fields import FieldName


def planting(kind: str, *labels: str, on: str = "one") -> Planting:
    return Planting(kind=kind, labels=frozenset(labels), right_on=frozenset(on.split("+")))


def accuse(field: FieldName, sentence: str = "", *, on: str = "one", checkpoint: str | None = None) -> Accusation:
    return Accusation(item_id=on, rule="a.rule", field=field, checkpoint=checkpoint, sentence=sentence)


def test_a_finding_on_the_spoilt_field_is_right() -> None:
    result = compare([planting("phone-short", "咨询电话")], [accuse(FieldName.ENQUIRY_PHONE)])
    assert (result.precision, result.recall, len(result.clean)) == (1.0, 1.0, 0)
    assert result.kinds["phone-short"].planted == 1


def test_a_finding_on_another_field_of_a_spoilt_guide_is_false_and_not_on_a_clean_guide() -> None:
    result = compare([planting("phone-short", "咨询电话")], [accuse(FieldName.PLACE)])
    assert (result.precision, result.recall) == (0.0, 0.0)
    assert result.clean == ()
    assert result.kinds["phone-short"].precision == 0.0


def test_a_finding_on_a_guide_without_fault_is_false_and_counts_as_clean() -> None:
    result = compare([planting("phone-short", "咨询电话")], [accuse(FieldName.ENQUIRY_PHONE, on="two")])
    assert len(result.false) == len(result.clean) == 1
    assert [one.kind for one in result.missed] == ["phone-short"]


def test_a_contradiction_may_be_named_by_either_field() -> None:
    fault = planting("instant-with-many-days", "办件类型", "承诺办结时限")
    assert compare([fault], [accuse(FieldName.PROMISE_LIMIT)]).recall == 1.0
    assert compare([fault], [accuse(FieldName.LEGAL_LIMIT)]).recall == 0.0


def test_two_findings_about_one_fault_find_it_once() -> None:
    fault = planting("phone-short", "咨询电话")
    result = compare([fault], [accuse(FieldName.ENQUIRY_PHONE), accuse(FieldName.ENQUIRY_PHONE)])
    assert (len(result.right), result.recall) == (2, 1.0)


@pytest.mark.parametrize(
    ("checkpoint", "sentence", "named"),
    [
        ("G13", "户口簿：没有写份数", {"份数"}),
        ("G13", "户口簿：来源渠道不清", {"份数"}),  # the checkpoint decides before any word of the sentence
        (None, "户口簿：来源渠道为空", {"来源渠道"}),
        (None, "申请表：空白表格打不开", {"空白表格"}),
        (None, "有两份授权委托书", {"申请材料"}),
    ],
)
def test_a_finding_about_materials_names_the_part_only(checkpoint: str | None, sentence: str, named: set[str]) -> None:
    assert name_labels(accuse(FieldName.MATERIALS, sentence, checkpoint=checkpoint)) == named


def test_a_material_fault_is_not_found_by_a_finding_about_another_part() -> None:
    fault = planting("material-copies-blank", "份数")
    assert compare([fault], [accuse(FieldName.MATERIALS, checkpoint="G12")]).recall == 0.0
    assert compare([fault], [accuse(FieldName.MATERIALS, checkpoint="G13")]).recall == 1.0


def test_a_finding_about_the_laws_names_the_part_that_its_sentence_speaks_of() -> None:
    assert name_labels(accuse(FieldName.LEGAL_BASIS, "没有依据文号")) == {"依据文号"}
    assert name_labels(accuse(FieldName.LEGAL_BASIS, "没有列出任何依据")) == {"设定依据"}


def test_a_sentence_that_spells_out_a_second_label_names_it_too() -> None:
    labels = name_labels(accuse(FieldName.COMPLAINT_PHONE, "投诉电话与咨询电话相同"))
    assert labels >= {"投诉电话", "咨询电话"}
    assert "办理地点" not in labels


def test_a_fault_between_guides_is_found_on_any_of_those_that_may_be_accused_and_counts_once() -> None:
    fault = planting("listed-twice", "事项名称", on="one+two")
    result = compare([fault], [accuse(FieldName.NAME, on="two")])
    assert (result.recall, result.precision, result.kinds["listed-twice"].planted) == (1.0, 1.0, 1)
    assert compare([fault], [accuse(FieldName.NAME, on="three")]).clean != ()


def test_precision_of_a_kind_looks_at_its_guides_alone() -> None:
    faults = [planting("a", "咨询电话"), planting("b", "办理地点", on="two")]
    result = compare(
        faults, [accuse(FieldName.ENQUIRY_PHONE), accuse(FieldName.HOURS), accuse(FieldName.PLACE, on="two")]
    )
    assert (result.kinds["a"].precision, result.kinds["b"].precision) == (0.5, 1.0)
    assert result.precision == pytest.approx(2 / 3)


def test_truth_is_read_without_guides_that_cannot_be_measured() -> None:
    defect = {"kind": "x", "field": "咨询电话", "where": "", "fields": ["咨询电话", "咨询方式"]}
    shared = {"kind": "y", "field": "事项名称", "where": "", "right_on": ["one", "two"]}
    truth = {
        "guides": [
            {"item_id": "one", "crawl": "measured", "defects": [defect, shared]},
            {"item_id": "two", "crawl": "measured", "defects": [shared]},
            {"item_id": "three", "crawl": "not_measured", "defects": [defect]},
        ]
    }
    assert set(read_plantings(truth)) == {
        Planting(kind="x", labels=frozenset({"咨询电话", "咨询方式"}), right_on=frozenset({"one"})),
        Planting(kind="y", labels=frozenset({"事项名称"}), right_on=frozenset({"one", "two"})),
    }


def test_a_fault_of_a_face_counts_where_the_face_was_looked_at() -> None:
    defect = {"kind": "page-other-phone", "field": "咨询电话", "where": "", "face": "page"}
    truth = {"guides": [{"item_id": "one", "crawl": "measured", "defects": [defect]}]}
    assert read_plantings(truth) == ()
    assert read_plantings(truth, {"two"}) == ()
    assert [one.kind for one in read_plantings(truth, {"one"})] == ["page-other-phone"]
