"""The small readers: punctuation, sentences, enumerations, citations and phrases that say nothing."""

import pytest

from readability.catch_all import find_catch_alls
from readability.enumerations import count_run_on
from readability.field_features import ninth_decile
from readability.law_citations import count_citations
from readability.punctuation import normalise_punctuation
from readability.sentences import count_characters, split_sentences, strip_marker


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("带身份证,户口本;照片.", "带身份证，户口本；照片。"),
        ("费用1,200元,8:30开始", "费用1,200元，8:30开始"),
        ("版本2.0.详见附件", "版本2.0.详见附件"),  # a number, not the end of a sentence
        ("如何办理?马上!(当天)", "如何办理？马上！（当天）"),
        ("电话：０２０－１２３４５", "电话：020－12345"),
        ("网址https://www.gd.gov.cn/a?b=1,然后登录", "网址W，然后登录"),
        ("第１．２条", "第1.2条"),
    ],
)
def test_punctuation_is_brought_to_one_width(typed: str, plain: str) -> None:
    assert normalise_punctuation(typed) == plain


@pytest.mark.parametrize(
    ("text", "characters"),
    [("身份证2份", 5), ("", 0), ("，。：", 0), ("电话020-3762 8755", 4), ("1,200元", 2), ("𠮷野家", 3), ("APP登录", 3)],
)
def test_a_run_of_letters_or_digits_is_one_character(text: str, characters: int) -> None:
    assert count_characters(text) == characters


def test_semicolons_end_no_sentence() -> None:
    """GB/T 15834—2011: 句号、问号、叹号 end a sentence; 分号 stands inside one."""
    assert [length for _, length in split_sentences("甲乙；丙丁。戊？己庚！")] == [4, 1, 2]


@pytest.mark.parametrize(
    ("line", "rest", "marked"),
    [
        ("1.身份证", "身份证", True),
        ("1、身份证", "身份证", True),
        ("（一）身份证", "身份证", True),
        ("①身份证", "身份证", True),
        ("一、身份证", "身份证", True),
        ("第一步：登录", "登录", True),
        ("a）登录", "登录", True),
        ("1.5万元以上", "1.5万元以上", False),
        ("第一步骤之外的事", "骤之外的事", True),
        ("一家三口", "一家三口", False),
        ("2021年", "2021年", False),
    ],
)
def test_numbers_of_list_items_are_told_from_other_numbers(line: str, rest: str, marked: bool) -> None:
    assert strip_marker(line) == (rest, marked)


@pytest.mark.parametrize(
    ("line", "things"),
    [
        ("带身份证、户口本和照片。", 0),  # two words and one more: below three between 、
        ("带身份证、户口本、照片。", 3),
        ("依据《甲、乙、丙管理办法》办理。", 0),
        ("应当具备：（一）有住所；（二）有章程；（三）有经费。", 3),
        ("1、拥护宪法； 2、品行良好； 3、考试合格；", 3),
        ("有住所；有章程；有经费。", 3),
        ("有住所；有章程。", 0),
        ("按第（一）、（二）、（三）项办理。", 3),
        ("年满18周岁。", 0),
        ("a）有房；b）有车；c）有钱。", 3),
    ],
)
def test_things_strung_together_are_counted(line: str, things: int) -> None:
    assert count_run_on(line) == things


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("依据《中华人民共和国义务教育法》（主席令第五十二号）第三十九条", 1),
        ("交《营业执照》和《医师资格证书》", 0),
        ("按《广东省地方标准管理办法（试行）》和《关于印发方案的通知》", 2),
        ("没有引用", 0),
    ],
)
def test_laws_are_cited_and_forms_are_not(text: str, citations: int) -> None:
    assert count_citations(text) == citations


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("提交其他相关材料。", ("其他相关材料",)),
        ("法律、行政法规规定的其他条件", ("其他条件",)),
        ("按照国家有关规定执行", ("按照国家有关规定",)),
        ("按规定办理，视情况补充，另行通知", ("按规定", "视情况", "另行通知")),
        ("以窗口要求为准", ("以窗口要求为准",)),
        ("依照《无线电管理条例》以及国家有关规定", ("国家有关规定",)),
        ("按照《广东省义务教育条例》的规定", ()),
        ("按规定第三条办理", ()),
        ("符合下列要求", ()),
        ("按照通知的时间到场", ()),
        ("提交身份证明材料", ()),
    ],
)
def test_phrases_that_say_nothing(text: str, phrases: tuple[str, ...]) -> None:
    assert find_catch_alls(text) == phrases


@pytest.mark.parametrize(
    ("lengths", "decile"), [([], 0), ([7], 7), (list(range(1, 11)), 9), (list(range(1, 12)), 10), ([5] * 9 + [99], 5)]
)
def test_nine_in_ten_are_no_longer(lengths: list[int], decile: int) -> None:
    assert ninth_decile(lengths) == decile
