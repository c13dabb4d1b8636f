"""Questions are asked only where the guide itself has a readable answer, and nobody can foresee which ones."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from domain.guide_fields import FieldName as F
from domain.known_facts import KnownFacts
from probes.desk.question_bank import BANK_FILE, FactKind, draw_questions, load_wordings, questions_of
from probes.probe import ProbeTask

FULL: dict[F, str] = {
    F.DEPARTMENT: "阳江市教育局",
    F.PLACE: "阳江市江城区东风二路60号",
    F.ENQUIRY_PHONE: "0662-3366123",
    F.PROMISE_LIMIT: "5(工作日)",
    F.CHARGED: "否",
    F.VISITS: "1",
}


def task(texts: dict[F, str], *, materials: tuple[str, ...] | None = ("申请表",), salt: str = "") -> ProbeTask:
    return ProbeTask(
        portal="gdzwfw",
        unit="dept-04",
        probe_id="chatbot",
        item_id="1",
        code="11441700MB2C00001X3440117001000",
        title="民办学校设立审批",
        known=KnownFacts(texts=texts, materials=materials),
        salt=salt,
    )


def kinds(texts: dict[F, str], materials: tuple[str, ...] | None = ("申请表",)) -> set[FactKind]:
    return {one.gold.kind for one in questions_of(task(texts, materials=materials))}


def test_a_whole_guide_is_asked_about_in_three_wordings_each() -> None:
    questions = questions_of(task(FULL))
    assert {one.gold.kind for one in questions} == set(FactKind)
    for one in questions:
        assert len(set(one.wordings)) == 3
        assert all("民办学校设立审批" in text and "阳江市教育局" in text for text in one.wordings)
        assert not any("{" in text for text in one.wordings)


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        (F.PLACE, "大厅", FactKind.PLACE),
        (F.ENQUIRY_PHONE, "详见窗口公告", FactKind.PHONE),
        (F.ENQUIRY_PHONE, "0662-000", FactKind.PHONE),
        (F.PROMISE_LIMIT, "视情况而定", FactKind.DAYS),
        (F.CHARGED, "", FactKind.FEE),
        (F.VISITS, "若干", FactKind.VISITS),
    ],
)
def test_what_the_guide_leaves_open_is_not_asked(field: F, text: str, kind: FactKind) -> None:
    assert kinds(FULL | {field: text}) == set(FactKind) - {kind}


@pytest.mark.parametrize("materials", [None, (), (" ",)])
def test_materials_that_are_not_shown_are_not_asked_for(materials: tuple[str, ...] | None) -> None:
    assert kinds(FULL, materials) == set(FactKind) - {FactKind.MATERIALS}


def test_an_unknown_item_has_no_questions() -> None:
    assert questions_of(task(FULL).model_copy(update={"title": " "})) == ()
    assert questions_of(task(FULL).model_copy(update={"code": ""})) == ()


def test_the_salt_draws_three_and_each_kind_is_drawn_by_some_salt() -> None:
    drawn = [frozenset(one.gold.kind for one in draw_questions(task(FULL, salt=str(salt)))) for salt in range(40)]
    assert {len(one) for one in drawn} == {3}
    assert frozenset().union(*drawn) == set(FactKind)
    assert draw_questions(task(FULL, salt="7")) == draw_questions(task(FULL, salt="7"))


def test_the_shipped_bank_has_ten_controls() -> None:
    bank = load_wordings()
    assert len(set(bank.controls["questions"])) == 10
    assert set(bank.wordings) == set(FactKind)


def test_a_bank_with_two_wordings_of_a_kind_is_refused(tmp_path: Path) -> None:
    text = BANK_FILE.read_text(encoding="utf-8").replace('  "{name}怎么申请？（{department}）",\n', "")
    (tmp_path / "bank.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ValidationError, match="guide"):
        load_wordings(tmp_path / "bank.toml")
