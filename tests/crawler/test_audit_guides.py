"""The audit of one guide: the vector, the findings, and the two figures that indicators D13 and C7 read."""

from dataclasses import replace
from decimal import Decimal

import pytest

from crawler.audit import audit_guide, audit_guides, rule_set
from crawler.checkpoints import accuracy, completeness
from crawler.rules.example_guide import APPLICATION_FORM, FLOOR_PLAN, example, good_guide
from crawler.rules.rule import rules
from domain.errors import UsageError
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.outcome import Outcome
from domain.verdict import Verdict


def test_the_vector_follows_the_rule_set() -> None:
    audit, findings = audit_guide(example({FieldName.ENQUIRY_PHONE: "0662-33661234"})(), run="r")
    members = rule_set()
    assert audit.rule_set == members.id
    assert len(audit.outcomes) == len(members.members)
    assert audit.outcome_of("phone.enquiry-dialable", members) is Outcome.FAIL
    assert audit.outcome_of("phone.complaint-dialable", members) is Outcome.PASS
    assert [finding.rule_id for finding in findings] == ["phone.enquiry-dialable"]


def test_a_finding_carries_the_evidence() -> None:
    guide = example({FieldName.ENQUIRY_PHONE: "0662-33661234"})()
    (finding,) = audit_guide(guide, run="r")[1]
    assert finding.id == f"r:gdzwfw:{guide.item_id}:phone.enquiry-dialable"
    assert (finding.subject, finding.document, finding.url) == (guide.code, guide.document, guide.url)
    assert "0662-33661234" in finding.excerpt


def test_a_chosen_subset_has_its_own_rule_set() -> None:
    chosen = (rules.get("code.credit-check"),)
    audit, _ = audit_guide(good_guide(), run="r", rules=chosen)
    assert audit.outcomes == "p"
    assert audit.rule_set == rule_set(chosen).id != rule_set().id


def test_a_new_version_is_a_new_rule_set() -> None:
    rule = rules.get("code.credit-check")
    assert rule_set((rule,)).id != rule_set((replace(rule, version=rule.version + 1),)).id


def test_a_rule_that_raises_is_our_error_and_not_the_guide_s_fault() -> None:
    def check(guide: Guide) -> Verdict:
        raise KeyError(guide.code)

    broken = replace(rules.get("code.credit-check"), check=check)
    audit, findings = audit_guide(good_guide(), run="r", rules=(broken,))
    assert audit.outcomes == "e"
    assert [finding.outcome for finding in findings] == [Outcome.ERROR]
    assert accuracy(audit, rule_set((broken,))) == (0, 0)


def test_a_good_guide_is_complete_and_accurate() -> None:
    audit, findings = audit_guide(good_guide(), run="r")
    assert findings == ()
    filled, applicable = completeness(audit, rule_set())
    assert (filled, applicable) == (Decimal(17), 17)
    judged_right, judged = accuracy(audit, rule_set())
    assert judged_right == judged > 30


def test_completeness_by_hand() -> None:
    """One of two materials lacks its source (1/2), G2 is blank (0), G5 unseen: 17 - 1 = 16 apply, 14.5 are filled."""
    guide = example(
        {FieldName.HANDLING_TYPE: "", FieldName.PROMISE_LIMIT: None},
        materials=(APPLICATION_FORM.model_copy(update={"source": ""}), FLOOR_PLAN),
    )()
    audit, _ = audit_guide(guide, run="r")
    assert audit.shares["complete.material-source"] == (2, 1)
    assert completeness(audit, rule_set()) == (Decimal("14.5"), 16)


def test_a_public_service_without_limits_and_materials_is_complete() -> None:
    """G4, G5, G11-G14, G16 and G17 do not apply: 17 - 8 = 9 remain."""
    blank = (FieldName.LEGAL_LIMIT, FieldName.PROMISE_LIMIT, FieldName.MATERIALS, FieldName.CONDITION)
    service = {FieldName.ITEM_TYPE_CODE: "21", FieldName.ITEM_TYPE: "公共服务"}
    audit, _ = audit_guide(example({**service, **dict.fromkeys(blank, "")}, materials=())(), run="r")
    assert completeness(audit, rule_set()) == (Decimal(9), 9)


def test_a_field_unseen_in_the_whole_crawl_is_no_fault() -> None:
    guide = example({FieldName.HANDLING_TYPE: ""})()
    assert [f.rule_id for _, findings in audit_guides([guide], "r") for f in findings] == ["complete.handling-type"]
    assert [
        f for _, findings in audit_guides([guide], "r", frozenset({FieldName.HANDLING_TYPE})) for f in findings
    ] == []


def test_an_unknown_rule_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"code\.credit-check"):
        rules.get("code.credit-chek")
