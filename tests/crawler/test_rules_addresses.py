"""Rules over published addresses: nobody is accused after one bad night, and every fault is told by one rule."""

from typing import Any

import pytest

from crawler.rules.example_files import (
    BLANK,
    BLANK_TEXT,
    BOOKING_URL,
    FILLED,
    FILLED_TEXT,
    FORM_URL,
    ONLINE_URL,
    SAMPLE_URL,
    dead,
    dossier,
    look,
    make_report,
    with_form,
    with_sample,
    works,
)
from crawler.rules.example_guide import example
from crawler.rules.rule import judge, rules
from domain.address_visit import AddressOutcome
from domain.dossier import AddressRecord, Dossier
from domain.failure import FailureReason
from domain.file_report import FileKind, FileProblem, PersonalDatum
from domain.guide import AttachmentLink, Material
from domain.guide_fields import FieldName
from domain.outcome import Outcome
from domain.verdict import Verdict


def ask(rule: str, found: Dossier) -> Verdict:
    return judge(rules.get(rule), found)


@pytest.mark.parametrize(
    ("looks", "said"), [(1, "第1次访问失败（HTTP 404），再访问2次"), (2, "第2次访问失败（HTTP 404），再访问1次")]
)
@pytest.mark.parametrize(
    ("rule", "url"),
    [("attachment.answers", FORM_URL), ("online.answers", ONLINE_URL), ("booking.answers", BOOKING_URL)],
)
def test_before_the_third_occasion_nothing_is_concluded(rule: str, url: str, looks: int, said: str) -> None:
    verdict = ask(rule, dossier(dead(url, looks))())
    assert verdict.outcome is Outcome.INCONCLUSIVE
    assert said in verdict.reason


def test_an_address_that_worked_in_between_is_not_dead_yet() -> None:
    visits = (*dead(ONLINE_URL, 2).visits, look(ONLINE_URL, days_ago=2))
    verdict = ask("online.answers", dossier(AddressRecord(url=ONLINE_URL, visits=visits))())
    assert verdict.outcome is Outcome.INCONCLUSIVE
    assert "第2次" in verdict.reason


@pytest.mark.parametrize("outcome", [AddressOutcome.NOT_MEASURED, AddressOutcome.REFUSED])
def test_what_was_kept_from_us_is_not_measured(outcome: AddressOutcome) -> None:
    first = look(ONLINE_URL, outcome, failure=FailureReason.CAPTCHA, status=None)
    record = AddressRecord(url=ONLINE_URL, visits=(first, *dead(ONLINE_URL, 2).visits))
    assert ask("online.answers", dossier(record)()).outcome is Outcome.INCONCLUSIVE


def test_an_address_nobody_looked_at_is_not_measured() -> None:
    unseen = Dossier(guide=dossier()().guide, addresses={})
    for rule in ("attachment.answers", "online.answers", "attachment.opens", "sample.filled-in"):
        assert ask(rule, unseen).outcome is Outcome.INCONCLUSIVE


def test_one_dead_file_of_two_is_one_of_two() -> None:
    verdict = ask("attachment.answers", dossier(dead(SAMPLE_URL, 3))())
    assert (verdict.outcome, verdict.checked, verdict.failed) == (Outcome.FAIL, 2, 1)
    assert "示例样表“申请表（样表）.doc”" in verdict.reason
    assert SAMPLE_URL in verdict.excerpt


@pytest.mark.parametrize(
    ("problem", "rule"),
    [
        (FileProblem.EMPTY, "attachment.not-empty"),
        (FileProblem.HTML_PAGE, "attachment.not-a-page"),
        (FileProblem.ENCRYPTED, "attachment.no-password"),
        (FileProblem.DAMAGED, "attachment.opens"),
        (FileProblem.NOTHING_INSIDE, "attachment.has-content"),
        (FileProblem.BOMB, "attachment.safe"),
        (FileProblem.UNSAFE_PATHS, "attachment.safe"),
        (FileProblem.TOO_LARGE, "attachment.size"),
    ],
)
def test_every_problem_is_told_by_one_rule_alone(problem: FileProblem, rule: str) -> None:
    found = with_form(make_report(None, kind=FileKind.DOC, problems=(problem,)))()
    accused = [one.id for one in rules.all() if judge(one, found).outcome is Outcome.FAIL]
    assert accused == [rule]


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("申请表.doc", FileKind.DOCX, Outcome.PASS),
        ("申请表.doc", FileKind.RTF, Outcome.PASS),
        ("申请表.wps", FileKind.DOC, Outcome.PASS),
        ("申请表.jpeg", FileKind.JPEG, Outcome.PASS),
        ("申请表.jpg", FileKind.PNG, Outcome.PASS),
        ("申请表.docx", FileKind.PDF, Outcome.FAIL),
        ("申请表.xls", FileKind.DOCX, Outcome.FAIL),
        ("申请表.pdf", FileKind.JPEG, Outcome.FAIL),
    ],
)
def test_names_and_types(name: str, kind: FileKind, expected: Outcome) -> None:
    material = Material(name="申请表", forms=(AttachmentLink(name=name, url=FORM_URL),), samples=())
    found = dossier(works(FORM_URL, make_report(None, kind=kind)), materials=(material,))()
    assert ask("attachment.type-as-named", found).outcome is expected


def test_a_name_without_an_ending_promises_nothing() -> None:
    material = Material(name="申请表", forms=(AttachmentLink(name="申请表", url=FORM_URL),), samples=())
    found = dossier(works(FORM_URL, make_report(None, kind=FileKind.PDF)), materials=(material,))()
    assert ask("attachment.type-as-named", found).outcome is Outcome.INCONCLUSIVE


def test_the_name_that_the_server_sends_is_asked_when_the_guide_gives_none() -> None:
    material = Material(name="申请表", forms=(AttachmentLink(name="申请表", url=FORM_URL),), samples=())
    visit = look(FORM_URL).model_copy(update={"file_name": "申请表.docx"})
    record = AddressRecord(url=FORM_URL, visits=(visit,), report=make_report(None, kind=FileKind.PDF))
    verdict = ask("attachment.type-as-named", dossier(record, materials=(material,))())
    assert verdict.outcome is Outcome.FAIL
    assert "以 .docx 结尾，实际是 pdf 文件" in verdict.reason


@pytest.mark.parametrize(
    ("sample", "same", "filled"),
    [
        (FILLED, Outcome.PASS, Outcome.PASS),
        (BLANK, Outcome.FAIL, Outcome.INCONCLUSIVE),
        (make_report(BLANK_TEXT.replace("：", "： "), sha256="e" * 64), Outcome.FAIL, Outcome.INCONCLUSIVE),
        (make_report(BLANK_TEXT.replace("申请表", "申请表（样表）"), sha256="d" * 64), Outcome.PASS, Outcome.FAIL),
        (make_report(None, kind=FileKind.JPEG, sha256="c" * 64), Outcome.PASS, Outcome.INCONCLUSIVE),
        (make_report(BLANK_TEXT, sha256="b" * 64, bytes=900_000), Outcome.PASS, Outcome.INCONCLUSIVE),
        (make_report(None, problems=(FileProblem.DAMAGED,)), Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE),
    ],
    ids=["filled", "same bytes", "same words", "only called a sample", "picture", "pictures inside", "damaged"],
)
def test_samples_against_blanks(sample: Any, same: Outcome, filled: Outcome) -> None:  # noqa: ANN401 - a report
    found = with_sample(sample)()
    assert ask("sample.not-the-blank", found).outcome is same
    assert ask("sample.filled-in", found).outcome is filled


def test_a_short_sample_with_another_title_is_known_by_its_blank() -> None:
    other = make_report(
        "残疾人机动轮椅车燃油补贴申请表\n姓名：李某某\n残疾类别：肢体\n残疾等级：二级\n轮椅车型号：示例100\n社区意见：情况属实"
    )
    verdict = ask("attachment.of-this-material", with_sample(other)())
    assert verdict.outcome is Outcome.FAIL
    assert "示例样表" in verdict.reason
    assert "内容是“残疾人机动轮椅车燃油补贴申请表”" in verdict.reason
    alone = dossier(works(FORM_URL, make_report(None, kind=FileKind.JPEG)), works(SAMPLE_URL, other))()
    assert ask("attachment.of-this-material", alone).outcome is Outcome.INCONCLUSIVE


def test_a_sample_is_held_against_the_blanks_of_its_own_material() -> None:
    link = AttachmentLink(name="承诺书.doc", url="https://static.gdzwfw.gov.cn/guide/files/" + "d" * 32)
    first = Material(name="申请表", forms=(AttachmentLink(name="申请表.doc", url=FORM_URL),), samples=())
    second = Material(name="承诺书", forms=(), samples=(link,))
    found = dossier(works(link.url, BLANK), materials=(first, second))()
    assert ask("sample.not-the-blank", found).outcome is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(
    ("kind", "accused"), [("identity_number", True), ("mobile_number", False), ("bank_card", False)]
)
def test_a_blank_form_may_name_an_office_telephone(kind: str, accused: bool) -> None:
    datum = PersonalDatum(kind=kind, masked="138****5678")
    found = with_form(make_report(BLANK_TEXT, personal=(datum,)))()
    assert (ask("attachment.no-personal-data", found).outcome is Outcome.FAIL) is accused


def test_a_persons_number_in_a_sample_is_told_masked() -> None:
    datum = PersonalDatum(kind="mobile_number", masked="138****5678")
    verdict = ask("attachment.no-personal-data", with_sample(make_report(FILLED_TEXT, personal=(datum,)))())
    assert "手机号码138****5678" in verdict.reason


def test_entrances_of_a_denied_service_are_nobodys_concern() -> None:
    denied = example({FieldName.ONLINE: "否"})()
    known = dossier(dead(ONLINE_URL, 3))().addresses
    assert ask("online.answers", Dossier(guide=denied, addresses=known)).outcome is Outcome.NOT_APPLICABLE


def test_the_judgements_basis_knows_what_was_seen_and_not_when() -> None:
    def record(run: str, status: int) -> AddressRecord:
        (visit,) = dead(ONLINE_URL, 1, status=status).visits
        return AddressRecord(url=ONLINE_URL, visits=(visit.model_copy(update={"run": run}),))

    first, again, other = (
        dossier(record(run, status))().basis() for run, status in (("a", 500), ("b", 500), ("c", 404))
    )
    assert first == again
    assert first != other
