"""Every defect that goes deeper is seen by its eye exactly where it stands, and nowhere else."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from corpus_sight import Sight
from deep_eyes import EYES, words
from test_corpus_defects import EYES as PLAIN_EYES

from sandbox.corpus.defects.catalogue import ALL_KINDS, DEFECTS, GROUP_DEFECTS, PACKAGE_DEFECTS
from sandbox.model import Corpus


@pytest.fixture(scope="module")
def sights(medium: Corpus) -> list[tuple[dict[str, Any], Sight]]:
    pairs = zip(medium.truth["guides"], medium.items, strict=True)
    return [(truth, Sight(medium, item)) for truth, item in pairs if "AUDIT_ITEM" in item.detail]


def test_there_is_an_eye_for_every_kind_of_one_guide() -> None:
    assert set(EYES) | set(PLAIN_EYES) == set(DEFECTS)
    assert not set(EYES) & set(PLAIN_EYES)


@pytest.mark.parametrize("kind", sorted(EYES))
def test_a_defect_is_seen_exactly_where_it_was_planted(kind: str, sights: list[tuple[dict[str, Any], Sight]]) -> None:
    planted = {truth["item_id"] for truth, _ in sights if any(one["kind"] == kind for one in truth["defects"])}
    seen = {truth["item_id"] for truth, sight in sights if EYES[kind](sight)}
    assert seen == planted
    assert len(planted) >= 3


def test_what_a_face_shows_is_written_in_the_truth(medium: Corpus) -> None:
    items = {item.item_id: item for item in medium.items}
    faced = [(guide, one) for guide in medium.truth["guides"] for one in guide["defects"] if "face" in one]
    assert Counter(one["face"] for _, one in faced).keys() == {"page", "print", "mobile"}
    for guide, one in faced:
        assert one["shown"] in items[guide["item_id"]].faces[one["face"]].values()
        assert one["published"] != one["shown"]


def cases(medium: Corpus, kind: str) -> list[tuple[dict[str, Any], list[Sight]]]:
    """The planted cases of a kind with the guides that may be accused."""
    items = {item.item_id: item for item in medium.items}
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for guide in medium.truth["guides"]:
        for one in guide["defects"]:
            if one["kind"] == kind:
                found[tuple(sorted(one["right_on"]))] = one
    return [(one, [Sight(medium, items[item_id]) for item_id in key]) for key, one in found.items()]


def kin_of(medium: Corpus, sight: Sight) -> list[Sight]:
    """Other bodies' guides with the same basic code and the same last two digits of the handling code."""
    body = {item.item_id: item.body for item in medium.items}
    key = (sight.item["CATALOG_CODE"], sight.item["YW_CODE"][31:])
    others = (Sight(medium, item) for item in medium.items if "AUDIT_ITEM" in item.detail)
    return [
        other
        for other in others
        if (other.item["CATALOG_CODE"], other.item["YW_CODE"][31:]) == key
        and body[other.item["ITEM_ID"]] != body[sight.item["ITEM_ID"]]
    ]


STANDARDS: dict[str, Callable[[Sight], Any]] = {
    "peers-other-name": lambda g: g.item["TASK_NAME"],
    "peers-other-condition": words,
    "peers-other-materials": lambda g: frozenset(row["MATERIAL_NAME"] for row in g.rows),
    "peers-other-legal-limit": lambda g: (g.item["ANTICIPATE_DAY"], g.item["ANTICIPATE_TYPE"]),
}


@pytest.mark.parametrize("kind", sorted(STANDARDS))
def test_the_accused_says_otherwise_than_at_least_five_who_agree(kind: str, medium: Corpus) -> None:
    planted = cases(medium, kind)
    assert len(planted) >= 3
    for one, (accused,) in planted:
        read = STANDARDS[kind]
        others = Counter(read(other) for other in kin_of(medium, accused))
        common, count = others.most_common(1)[0]
        assert count >= 5
        assert count >= 0.8 * others.total()
        assert read(accused) != common
        assert len(one["with"]) >= 5


def test_clean_guides_about_the_same_thing_say_the_same(medium: Corpus) -> None:
    clean = {guide["item_id"] for guide in medium.truth["guides"] if not guide["defects"]}
    groups: dict[tuple[str, str], list[Sight]] = {}
    for item in (item for item in medium.items if item.item_id in clean and "AUDIT_ITEM" in item.detail):
        sight = Sight(medium, item)
        groups.setdefault((sight.item["CATALOG_CODE"], sight.item["YW_CODE"][31:]), []).append(sight)
    several = [group for group in groups.values() if len(group) > 1]
    assert len(several) > 20
    for read in STANDARDS.values():
        assert all(len({read(sight) for sight in group}) == 1 for group in several)


def test_what_was_copied_belongs_to_another_body(medium: Corpus) -> None:
    for one, (accused,) in cases(medium, "copied-place"):
        owner = next(item for item in medium.items if item.item_id in one["with"])
        assert accused.windows[0]["ORG_NAME"] == owner.detail["AUDIT_CATALOG_LOBBY"][0]["ORG_NAME"]
        assert accused.windows[0]["ORG_NAME"] != accused.item["DEPT_NAME"]
        assert accused.item["AREACODE"] != owner.area_code
    for _, (accused,) in cases(medium, "copied-phone"):
        phone = accused.item["LINK_TEL"]
        bodies = Counter(
            item.body for item in medium.items if item.detail.get("AUDIT_ITEM", {}).get("LINK_TEL") == phone
        )
        assert bodies.most_common(1)[0][1] >= 5
    for _, (accused,) in cases(medium, "copied-flow"):
        assert accused.listed["DEPT_NAME"] not in accused.item["CKBLLC"]
    assert {len(cases(medium, kind)) >= 3 for kind in ("copied-place", "copied-phone", "copied-flow")} == {True}


def test_guides_that_cannot_be_told_apart_are_named_in_pairs(medium: Corpus) -> None:
    for one, pair in cases(medium, "situations-same-name"):
        assert len(one["right_on"]) == 2
        assert len({sight.item["TASK_NAME"] for sight in pair}) == 1
        assert len({sight.item["TASK_CODE"] for sight in pair}) == 1
        assert len({sight.item["YW_CODE"] for sight in pair}) == 2
    for one, pair in cases(medium, "listed-twice"):
        assert len(one["right_on"]) == 2
        assert len({sight.item["TASK_NAME"] for sight in pair}) == 1
        assert len({sight.item["TASK_CODE"] for sight in pair}) == 2
        assert len({sight.item["DEPT_CODE"] for sight in pair}) == 1
    assert set(GROUP_DEFECTS) == set(STANDARDS) | {
        "copied-place", "copied-phone", "copied-flow", "situations-same-name", "listed-twice"
    }  # fmt: skip


PACKAGE_EYES: dict[str, Callable[[dict[str, Any]], bool]] = {
    "package-intranet-file": lambda d: any(
        "neiwang_url" in file for row in d["submit_material_list"] for file in row["blank_att_list"]
    ),
    "package-phone-short": lambda d: re.fullmatch(r"0662-\d{6}", d["consult_phone"]) is not None,
    "package-promise-exceeds-legal": lambda d: int(d["promise_time"]) > int(d["legal_time"]),
    "package-place-blank": lambda d: any(not row["address"] for row in d["window_list"]),
    "package-material-catch-all": lambda d: any(
        "其他相关" in row["document_name"] for row in d["submit_material_list"]
    ),
}


@pytest.mark.parametrize("kind", sorted(PACKAGE_EYES))
def test_a_package_shows_its_defect_and_no_other(kind: str, medium: Corpus) -> None:
    pairs = [
        (guide, item.detail)
        for guide, item in zip(medium.truth["guides"], medium.items, strict=True)
        if item.detail.get("special_item_type") == "TC"
    ]
    planted = {guide["item_id"] for guide, _ in pairs if any(one["kind"] == kind for one in guide["defects"])}
    assert {guide["item_id"] for guide, detail in pairs if PACKAGE_EYES[kind](detail)} == planted
    assert len(planted) >= 3


def test_truth_names_field_place_checkpoint_and_guides_of_every_planting(medium: Corpus) -> None:
    assert set(PACKAGE_EYES) == set(PACKAGE_DEFECTS)
    assert len(ALL_KINDS) == len(DEFECTS) + len(GROUP_DEFECTS) + len(PACKAGE_DEFECTS)
    known = {guide["item_id"] for guide in medium.truth["guides"]}
    for guide in medium.truth["guides"]:
        for one in guide["defects"]:
            assert one["fields"][0] == one["field"]
            assert one["where"]
            assert guide["item_id"] in one["right_on"]
            assert set(one["right_on"]) | set(one["with"]) <= known
