"""The query plan of one item: every kind of methodology.md §4.1, the same each time, with slips that people make."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from domain.guide_fields import FieldName
from domain.known_facts import KnownFacts
from probes.probe import ProbeTask
from probes.search.query_kind import QueryKind
from probes.search.search_basis import SearchBasis
from probes.search.search_names import everyday_words, main_part
from probes.search.search_queries import plan_queries
from probes.search.search_slips import common_characters, look_alikes, mishear, misread, mistype, spell, spell_initials

NAMES = st.sampled_from(
    [
        "教师资格认定",
        "林木采伐许可证核发",
        "食品经营许可",
        "公共场所卫生许可",
        "机动车驾驶证核发",
        "水费查询",
        "转学",
        "取水许可",
    ]
)
SALTS = st.text("0123456789abcdef", min_size=1, max_size=8)


def plan(title: str, *, everyday: str = "", salt: str = "s", **basis: object) -> dict[str, list[str]]:
    task = ProbeTask(
        portal="gdzwfw",
        unit="county-3",
        probe_id="keyword-search",
        item_id="i",
        code="c",
        title=title,
        known=KnownFacts(texts={FieldName.EVERYDAY_NAME: everyday}),
        salt=salt,
        search=SearchBasis.model_validate({"place": "阳春", "life_events": ("砍树",), **basis}),
    )
    found: dict[str, list[str]] = {}
    for query in plan_queries(task):
        found.setdefault(query.kind, []).append(query.text)
        assert query.citywide is (query.kind is QueryKind.PLACE)
    return found


def test_every_kind_is_asked() -> None:
    asked = plan("林木采伐许可证核发（新办）", everyday="砍树、伐木")
    assert asked["T0"] == ["林木采伐许可证核发（新办）"]
    assert asked["T1"] == ["林木采伐许可证"]
    assert asked["T2"] == ["砍树", "伐木"]
    assert asked["T4"] == ["阳春林木采伐许可证核发"]
    assert asked["T5"] == ["linmucaifaxukezheng"]
    assert asked["T6"] == ["lmcfxkz"]
    assert "林木采伐许可证核发" in asked["T3"][0]
    assert set(asked) == {f"T{number}" for number in range(10)}  # T10, 砍树, was asked already as T2


def test_what_the_item_does_not_give_is_left_out() -> None:
    bare = plan("水费查询", everyday="无", place="", life_events=())
    assert {"T2", "T4", "T10"}.isdisjoint(bare)
    assert "T1" not in plan("转学")
    assert plan("水费查询", kinds=("T2",)).keys() == {"T0"}
    assert all(len(text) <= 60 for texts in plan("很长的名称" * 40).values() for text in texts)


def test_an_unknown_title_is_typed_as_it_is() -> None:
    assert plan("  Ωμέγα 12345 ", place="", life_events=())["T0"] == ["Ωμέγα 12345"]


@given(NAMES, SALTS)
def test_a_plan_is_the_same_each_time_and_no_text_comes_twice(name: str, salt: str) -> None:
    first, again = plan(name, salt=salt, everyday="办证"), plan(name, salt=salt, everyday="办证")
    assert first == again
    texts = [text for one in first.values() for text in one]
    assert len(texts) == len(set(texts))


def test_another_salt_makes_other_slips() -> None:
    slips = {
        tuple(plan("林木采伐许可证核发", salt=str(number))[kind][0] for kind in ("T7", "T9")) for number in range(20)
    }
    assert len(slips) > 10


@pytest.mark.parametrize(
    ("word", "full", "initials"),
    [
        ("营业执照", "yingyezhizhao", "yyzz"),  # the example of methodology.md §4.1
        ("重庆银行", "chongqingyinhang", "cqyh"),  # characters with two readings: 重 chóng, 行 háng
        ("长春市长", "changchunshizhang", "ccsz"),
        ("女士", "nvshi", "ns"),
        ("开KTV", "kaiktv", "kktv"),
    ],
)
def test_pinyin_as_people_type_it(word: str, full: str, initials: str) -> None:
    assert (spell(word), spell_initials(word)) == (full, initials)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("出版物零售经营许可（新办）", "出版物零售经营"),
        ("高等职业学校设立（含设置分校区）(民办高等职业学校设置异地校区)", "高等职业学校"),  # a real name of 2021
        ("对扰乱公共秩序行为的处罚", "扰乱公共秩序行为"),
        ("公司设立登记", "公司设立"),
        ("转学", "转学"),
        ("（全部在括号里）", "（全部在括号里）"),
    ],
)
def test_the_main_part_of_a_name(name: str, part: str) -> None:
    assert main_part(name) == part


@pytest.mark.parametrize(
    ("field", "words"),
    [("开餐馆、办食品证；开餐馆", ("开餐馆", "办食品证")), ("无", ()), ("", ()), (" / ", ()), ("开餐馆", ("开餐馆",))],
)
def test_everyday_words_are_split(field: str, words: tuple[str, ...]) -> None:
    assert everyday_words(field) == words


@given(NAMES, SALTS)
def test_a_misheard_word_sounds_the_same(name: str, salt: str) -> None:
    wrong = mishear(name, salt)
    assert wrong is not None
    assert [one for one, other in zip(name, wrong, strict=True) if one != other].__len__() == 1
    changed = next(place for place in range(len(name)) if name[place] != wrong[place])
    assert lazy_pinyin(list(name))[changed] == lazy_pinyin(list(wrong))[changed]


@given(NAMES, SALTS)
def test_a_misread_word_differs_in_one_look_alike(name: str, salt: str) -> None:
    wrong = misread(name, salt)
    if wrong is None:
        assert not any(character in look_alikes() for character in name)
        return
    ((right, other),) = [pair for pair in zip(name, wrong, strict=True) if pair[0] != pair[1]]
    assert other in look_alikes()[right]
    assert right in look_alikes()[other]


@given(NAMES, SALTS)
def test_a_mistyped_word_lacks_an_inner_character_or_has_two_swapped(name: str, salt: str) -> None:
    wrong = mistype(name, salt)
    assert wrong is not None
    assert wrong != name
    if len(wrong) < len(name):
        assert wrong in {name[:place] + name[place + 1 :] for place in range(1, len(name) - 1)}
    else:
        places = [place for place in range(len(name)) if name[place] != wrong[place]]
        assert places == [places[0], places[0] + 1]
        assert sorted(wrong) == sorted(name)


def test_a_dropped_character_never_turns_the_meaning_round() -> None:
    slips = {mistype("对未按期申报的处罚", str(number)) for number in range(200)}
    assert not [slip for slip in slips if slip is not None and "未" not in slip]


def test_words_without_chinese_get_no_slip() -> None:
    assert mishear("12345", "s") is None
    assert misread("ABC", "s") is None
    assert mistype("AA", "s") is None
    assert mistype("", "s") is None


def test_common_characters_are_those_of_the_standard() -> None:
    """GB/T 2312-1980 level 1 has 3,755 characters, from 啊 to 座."""
    common = common_characters()
    assert (len(common), common[0], common[-1]) == (3755, "啊", "座")


def test_the_list_of_look_alikes_is_one_of_chinese_characters() -> None:
    assert len(look_alikes()) > 300
    assert all(unicodedata.name(character).startswith("CJK UNIFIED") for character in look_alikes())
