"""The list of office terms, what is found by it, and when a term counts as explained."""

from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import UsageError
from domain.guide import Guide, Question
from domain.guide_fields import FieldName
from readability.features import read_guide
from readability.office_terms import SHIPPED_TERMS, OfficeTerms, load_terms

MakeGuide = Callable[..., Guide]
SHIPPED = load_terms()


def found(text: str, terms: OfficeTerms = SHIPPED) -> list[str]:
    return [match[0] for match in terms.find(text)]


def test_the_shipped_list_has_the_size_that_was_asked_for() -> None:
    assert 200 <= len(SHIPPED.terms) <= 400


def test_no_term_is_listed_twice() -> None:
    """TOML refuses a repeated key; this reads the lines themselves, lest the parser forgive."""
    lines = SHIPPED_TERMS.read_text(encoding="utf-8").splitlines()
    keys = [line.split('"')[1] for line in lines if line.startswith('"')]
    assert len(keys) == len(set(keys)) == len(SHIPPED.terms)


@pytest.mark.parametrize("term", SHIPPED.terms)
def test_every_gloss_is_plain(term: str) -> None:
    """A gloss explains without any office term, its own term least of all, in words that fit beside the text."""
    gloss = SHIPPED.terms[term]
    assert 1 <= len(gloss) <= 30
    assert found(gloss) == []


@pytest.mark.parametrize("word", SHIPPED.lookalikes)
def test_every_lookalike_hides_a_term(word: str) -> None:
    bare = SHIPPED.model_copy(update={"lookalikes": ()})
    assert any(term in word for term in bare.terms) or any(
        found(word + tail, OfficeTerms(terms=bare.terms)) for tail in ("目", "文", "书", "案", "权", "件", "项")
    )
    assert found(word) == []


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("容缺受理通知", ["容缺受理"]),  # the longest that begins first
        ("企业法人和事业单位法人", ["企业法人", "事业单位法人"]),
        ("执法人员在设备案上写下经办结果", []),  # 法人, 备案, 办结 stand there by chance
        ("申请使用海域", []),  # 用海
        ("用海申请", ["用海"]),
        ("身份证照片", []),  # 证照
        ("本条例所称", []),  # 本条
        ("申请人交材料", []),
    ],
)
def test_terms_are_found_and_lookalikes_passed_over(text: str, terms: list[str]) -> None:
    assert found(text) == terms


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("可以容缺受理。", False),
        ("可以容缺受理（主要材料齐了就先收）。", True),
        ("“容缺受理”是指主要材料齐了就先收。", True),
        ("容缺受理，即缺次要材料也先收。", True),
        ("次要材料后补（以下简称“容缺受理”）。", True),
        ("交授权委托书（原件1份）。", False),  # a bracket that counts
        ("交授权委托书（如有）。", False),
        ("交授权委托书（加盖公章并由法定代表人签字）。", False),  # a bracket that demands
        ("容缺受理即可，不必再来。", False),
        ("先容缺受理。容缺受理（主要材料齐了就先收）很方便。", False),  # explained too late
    ],
)
def test_a_term_is_defined_where_it_comes_first_or_not_at_all(
    make_guide: MakeGuide, text: str, explained: bool
) -> None:
    use = read_guide(make_guide({FieldName.CONDITION: text})).terms[0]
    assert use.defined is explained
    assert use.gloss == SHIPPED.terms[use.term]


def test_a_term_explained_in_one_field_is_known_in_the_next(make_guide: MakeGuide) -> None:
    told = make_guide(
        {FieldName.CONDITION: "可以容缺受理（缺次要材料也先收）。", FieldName.TIPS: "容缺受理后十天内补齐。"}
    )
    untold = make_guide({FieldName.CONDITION: "可以容缺受理。", FieldName.TIPS: "容缺受理后十天内补齐。"})
    assert read_guide(told).fields[1].undefined == {}
    assert read_guide(untold).fields[1].undefined == {"容缺受理": 1}


def test_a_question_that_asks_for_the_meaning_defines(make_guide: MakeGuide) -> None:
    asked = (Question(question="什么是容缺受理？", answer="缺次要材料也先收。"),)
    other = (Question(question="容缺受理要几天？", answer="一天。"),)
    text = {FieldName.CONDITION: "可以容缺受理。"}
    assert read_guide(make_guide(text, questions=asked)).terms[0].defined
    assert not read_guide(make_guide(text, questions=other)).terms[0].defined


def test_the_owner_may_bring_a_list_of_their_own(tmp_path: Path, make_guide: MakeGuide) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[terms]\n"街道办" = "街道的办事单位"\n', encoding="utf-8")
    guide = make_guide({FieldName.CONDITION: "到街道办申请容缺受理。"})
    reading = read_guide(guide, load_terms(own))
    assert [use.term for use in reading.terms] == ["街道办"]
    assert reading.version != read_guide(guide).version


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[terms]\n"容缺" = ""\n', "no gloss"),
        ('[terms]\n"容缺" = "就是容缺"\n', "by itself"),
        ('[terms]\n"容缺" = "一"\n"容缺" = "二"\n', "own.toml"),
        ("terms = 3\n", "terms"),
        ('[terms]\n[wrong]\n"a" = "b"\n', "wrong"),
    ],
)
def test_a_list_that_does_not_fit_is_refused_in_one_sentence(tmp_path: Path, content: str, said: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        load_terms(own)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.toml"):
        load_terms(tmp_path / "none.toml")
