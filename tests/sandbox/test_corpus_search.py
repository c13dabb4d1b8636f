"""The sandbox's search keeps what its truth promises: asked with words that the test makes itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from pypinyin import Style, lazy_pinyin

from sandbox.corpus.demo import make_demo
from sandbox.finding import is_one_slip_away, understand
from sandbox.model import Corpus, Item, Origins
from sandbox.replica import Replica

PLACES = {"441702": "江城", "441704": "阳东", "441781": "阳春", "441721": "阳西", "441791": "海陵"}


@pytest.fixture(scope="module")
def replica(small: Corpus, origins: Origins) -> Replica:
    return Replica(corpus=small, origins=origins)


@pytest.fixture(scope="module")
def searches(small: Corpus) -> dict[str, dict[str, Any]]:
    return {guide["item_id"]: guide["search"] for guide in small.truth["guides"] if "hits" in guide.get("search", {})}


def ask(item: Item) -> Iterator[tuple[str, str, str]]:
    """Yield kind, words and region of some queries."""
    name = item.name.partition("（")[0]
    middle = len(name) // 2
    yield "T0", item.name, item.area_code
    if item.everyday_name:
        yield "T2", item.everyday_name, item.area_code
    yield "T3", f"怎么办{name}", item.area_code
    yield "T4", PLACES.get(item.area_code, "阳江") + name, "441700"
    yield "T5", "".join(lazy_pinyin(name)), item.area_code
    yield "T6", "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)), item.area_code
    yield "T8", f"{name[:middle]}囗{name[middle + 1 :]}", item.area_code
    yield "T9", name[: middle - 1] + name[middle] + name[middle - 1] + name[middle + 1 :], item.area_code


def test_what_the_truth_promises_is_found_and_nothing_else(
    replica: Replica, small: Corpus, searches: dict[str, dict[str, Any]]
) -> None:
    checked: dict[tuple[str, bool], int] = {}
    for item in small.items:
        code = str(item.list_record["TASK_CODE"])
        if item.item_id not in searches or (item.area_code not in PLACES and item.area_code != "441700"):
            continue
        for kind, words, region in ask(item):
            promised = searches[item.item_id]["hits"][kind]
            if promised is None or len(set(words)) < 3:
                continue
            first = [str(found.list_record["TASK_CODE"]) for found in replica.search(words, area_code=region)[:10]]
            shown = code in first if kind == "T0" else any(one[:31] == code[:31] for one in first)
            assert shown is promised, (kind, words, item.body)
            checked[kind, promised] = checked.get((kind, promised), 0) + 1
    assert all(
        checked.get((kind, found), 0) >= 5 for kind in ("T3", "T4", "T5", "T6", "T8", "T9") for found in (True, False)
    )


def test_another_place_stands_first_where_the_truth_says_so(
    replica: Replica, small: Corpus, searches: dict[str, dict[str, Any]]
) -> None:
    mixed = [item for item in small.items if searches.get(item.item_id, {}).get("other_place_first")]
    assert mixed
    for item in mixed:
        first, second = replica.search(item.name, area_code=item.area_code)[:2]
        assert first.area_code != item.area_code
        assert first.task_code[19:31] == item.task_code[19:31]
        assert second.name == item.name


def test_searches_that_misbehave_promise_nothing_wrong(small: Corpus, searches: dict[str, dict[str, Any]]) -> None:
    named = {entry["item_id"]: entry["name"] for entry in small.truth["misbehaviours"]}
    expected = {"search_missing": False, "search_buried": False, "search_busy": None, "search_captcha": None}
    seen = {named[item]: search["hits"]["T0"] for item, search in searches.items() if named.get(item) in expected}
    assert seen == expected


def test_the_habits_do_not_depend_on_the_size_of_the_corpus(origins: Origins) -> None:
    def habits(size: int) -> dict[str, Any]:
        guides = make_demo(seed=7, size=size, origins=origins).truth["guides"]
        return {g["item_id"]: g["search"]["understands"] for g in guides if "hits" in g.get("search", {})}

    few, many = habits(150), habits(300)
    common = few.keys() & many.keys()
    alike = [item for item in common if {**few[item], "elsewhere_first": 0} == {**many[item], "elsewhere_first": 0}]
    assert len(common) > 50
    assert len(alike) == len(common)


@pytest.mark.parametrize(
    ("text", "name", "near"),
    [
        ("教师资格认定", "教师资格认定", True),
        ("教帅资格认定", "教师资格认定", True),
        ("教资格认定", "教师资格认定", True),
        ("教师师资格认定", "教师资格认定", True),
        ("师教资格认定", "教师资格认定", True),
        ("教师资格认", "教师资格认定", True),
        ("教帅资格人定", "教师资格认定", False),
        ("资格认定", "教师资格认定", False),
        ("资教师格认定", "教师资格认定", False),
    ],
)
def test_one_slip(text: str, name: str, near: bool) -> None:
    assert is_one_slip_away(text, name) is near


def test_places_and_questions_are_read_over() -> None:
    places = {"阳春": "441781", "阳春市": "441781", "阳江": "4417"}
    wanted = understand("阳春市怎么办", places)
    assert (wanted.place, wanted.there) == ("441781", "怎么办")
    assert understand("怎么办理转学", places).asked == "转学"
    assert understand("转学需要什么材料", places).asked == "转学"
    assert understand("转学", places).asked == ""
