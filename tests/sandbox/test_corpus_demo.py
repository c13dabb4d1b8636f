"""The demo corpus: size, determinism, bodies, services, and truth against a count of the served documents."""

from collections import Counter
from dataclasses import asdict
from typing import Any, get_args, get_type_hints
from urllib.parse import urlsplit

import pytest
from stdnum.cn import uscc

from sandbox.corpus.demo import make_demo
from sandbox.corpus.misbehaviour import ASSIGNMENTS
from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Application, Corpus, Item, Origins


@pytest.mark.parametrize("size", [60, 61, 150, 400])
def test_a_corpus_has_the_size_asked_for_and_covers_every_listed_body(size: int, origins: Origins) -> None:
    corpus = make_demo(seed=3, size=size, origins=origins)
    assert len(corpus.items) == len({item.item_id for item in corpus.items}) == size
    assert len({item.task_code for item in corpus.items}) == size
    assert {item.body for item in corpus.items} == {body.key for body in corpus.bodies if body.listed}


def test_fewer_than_sixty_guides_are_refused(origins: Origins) -> None:
    with pytest.raises(ValueError, match="at least 60"):
        make_demo(seed=1, size=59, origins=origins)


def test_equal_seeds_give_equal_corpora_and_others_do_not(origins: Origins) -> None:
    first, again, other = (make_demo(seed=seed, size=150, origins=origins) for seed in (5, 5, 6))
    assert repr(asdict(first)) == repr(asdict(again))
    assert first.truth != other.truth


def test_the_bodies_are_those_of_the_notice(medium: Corpus) -> None:
    assert Counter(body.key.partition("-")[0] for body in medium.bodies) == {"dept": 41, "county": 7}
    names = {body.notice_name: body for body in medium.bodies}
    assert names["市教育局"].portal_name == "阳江市教育局"
    assert [name for name, body in names.items() if not body.listed] == ["市委机要和保密局", "市国家安全局"]
    counts = Counter(item.body for item in medium.items)
    assert counts[names["市地震局"].key] == 3


def test_some_bodies_have_no_permits_and_some_public_services_only(medium: Corpus) -> None:
    types: dict[str, set[str]] = {}
    for item in list_items(medium):
        types.setdefault(item.body, set()).add(item.list_record["TASK_TYPE"])
    assert sum("01" not in kinds for kinds in types.values()) >= 5
    assert sum(kinds == {"21"} for kinds in types.values()) >= 3


def test_names_are_unique_within_a_body_and_region(medium: Corpus) -> None:
    alike = {"situations-same-name", "listed-twice"}
    spoilt = {guide["item_id"] for guide in medium.truth["guides"] if alike & {one["kind"] for one in guide["defects"]}}
    names = Counter((item.body, item.dept_code, item.name) for item in medium.items if item.item_id not in spoilt)
    assert [name for name, count in names.items() if count > 1] == []


def test_departments_do_not_repeat_their_items_in_a_medium_corpus(medium: Corpus) -> None:
    departments = [item for item in medium.items if item.body.startswith("dept")]
    assert not any(mark in item.name for item in departments for mark in ("（补证）", "（信息更正）", "（情形"))


def test_list_and_document_agree_on_guides_without_defects(medium: Corpus) -> None:
    clean = {guide["item_id"] for guide in medium.truth["guides"] if not guide["defects"]}
    for item in (item for item in list_items(medium) if item.item_id in clean):
        table, record = item.detail["AUDIT_ITEM"], item.list_record
        assert (table["YW_CODE"] or table["TASK_CODE"]) == item.task_code == record["TASK_CODE"]
        assert len(item.task_code) == (33 if table["YW_CODE"] else 31)
        assert table["TASK_NAME"] == record["TASK_NAME"] == item.name
        assert table["DEPT_CODE"] == item.dept_code == record["ORGCODE"]
        assert record["AREACODE"] == item.area_code


def list_files(item: Item) -> list[dict[str, str]]:
    rows = [*item.detail["AUDIT_MATERIAL"], *item.detail["AUDIT_ITEM_RESULT"]]
    fields = ("FORM_GUID", "EXAMPLE_GUID", "RESULT_SAMPLE")
    return [file for row in rows for field in fields for file in row.get(field, ())]


def test_every_linked_file_is_on_the_static_host(medium: Corpus, origins: Origins) -> None:
    linked = [file for item in list_items(medium) for file in list_files(item)]
    assert len(linked) > 1000
    for file in linked:
        assert file["FILEPATH"] == f"//{urlsplit(origins.static).netloc}/guide/files/{file['ATTACHGUID']}"
        assert file["ATTACHGUID"] in medium.attachments


def test_addresses_carry_the_code_that_the_portal_knows(medium: Corpus) -> None:
    kinds = {guide["item_id"]: {one["kind"] for one in guide["defects"]} for guide in medium.truth["guides"]}
    odd = {"online-address-intranet", "online-address-site-root", "booking-address-intranet"}
    for item in (item for item in list_items(medium) if not kinds[item.item_id] & odd):
        for address in (
            item.detail["AUDIT_ITEM"]["TRANSACT_WEB_URL"],
            item.detail["AUDIT_ITEM_EXTEND"]["APPOINTMENT_URL"],
        ):
            assert address == "" or address.endswith(f"?code={item.task_code}")


def test_services_are_of_many_kinds(medium: Corpus) -> None:
    kinds = Counter(item.application.kind for item in medium.items)
    assert set(kinds) == set(get_args(get_type_hints(Application)["kind"]))
    assert kinds["form"] > 0.6 * len(medium.items)
    for item in medium.items:
        if item.application.kind == "form":
            assert 3 <= len(item.application.pages) <= 5
            assert item.application.pages[-1] == "确认提交"
    calendars = [item.booking for item in medium.items if item.booking]
    assert {calendar.login for calendar in calendars} == {"none", "unified", "own"}
    assert {bool(calendar.missing) for calendar in calendars} == {True, False}
    assert all(any(calendar.shown_free) for calendar in calendars if any(calendar.free_by_day))
    assert any(not any(calendar.free_by_day) for calendar in calendars)
    assert any(calendar.slots_per_day == 1 for calendar in calendars)
    assert all(max(calendar.free_by_day) <= calendar.slots_per_day for calendar in calendars)


def test_every_misbehaviour_of_the_catalogue_is_assigned(small: Corpus, medium: Corpus) -> None:
    names = {str(name) for name in Misbehaviour}
    assigned = {assignment.name for assignment in ASSIGNMENTS}
    assert assigned < names
    for corpus in (small, medium):
        planted = {name for item in corpus.items for name in item.misbehaviours}
        assert assigned <= planted <= names
    assert sum(bool(item.misbehaviours) for item in list_items(medium)) <= 0.05 * len(medium.items)
    kinds = {guide["item_id"]: {one["kind"] for one in guide["defects"]} for guide in medium.truth["guides"]}
    lasting = {"online-entrance-not-open", "online-entrance-error", "booking-page-busy", "booking-page-error"}
    assert all(kinds[item.item_id] <= lasting for item in list_items(medium) if item.misbehaviours)


def test_probe_truth_follows_what_was_arranged(medium: Corpus) -> None:
    guides = {guide["item_id"]: guide for guide in medium.truth["guides"]}
    arranged = {name: item for item in list_items(medium) for name in item.misbehaviours}
    outcomes = {
        "search_missing": ("search", "fail"),
        "search_busy": ("search", "inconclusive"),
        "search_captcha": ("search", "blocked"),
        "apply_not_open": ("application", "fail"),
        "apply_dead_end": ("application", "fail"),
        "apply_http_500": ("application", "inconclusive"),
        "booking_never_loads": ("booking", "inconclusive"),
    }
    for name, (probe, outcome) in outcomes.items():
        assert guides[arranged[name].item_id]["probes"][probe]["gdzwfw"]["outcome"] == outcome
    assert guides[arranged["detail_errcode_0"].item_id]["crawl"] == "absent"
    assert guides[arranged["detail_captcha"].item_id]["crawl"] == "not_measured"
    assert guides[arranged["detail_429_once"].item_id]["crawl"] == "measured"


def list_items(corpus: Corpus) -> list[Item]:
    """The guides of the item schema, without the 一件事 packages."""
    return [item for item in corpus.items if "AUDIT_ITEM" in item.detail]


def test_packages_come_in_their_own_schema_at_counties_and_leading_departments(medium: Corpus) -> None:
    packages = [item for item in medium.items if "AUDIT_ITEM" not in item.detail]
    assert 20 <= len(packages) <= 0.05 * len(medium.items)
    for item in packages:
        assert item.detail["special_item_type"] == item.list_record["special_item_type"] == "TC"
        assert item.detail["task_code"] == item.task_code == item.list_record["TASK_CODE"]
        assert uscc.is_valid(item.task_code[:18])
        assert item.detail["submit_material_list"][0]["blank_att_list"]
    assert {item.body.partition("-")[0] for item in packages} == {"county", "dept"}


def recount(corpus: Corpus, body: str) -> dict[str, Any]:
    """Count what the served documents of a body state, by reading them."""
    crawls = {guide["item_id"]: guide["crawl"] for guide in corpus.truth["guides"]}
    own = [item for item in list_items(corpus) if item.body == body]
    packages = [item for item in corpus.items if item.body == body and item not in own]
    details = [(item, item.detail) for item in own if crawls[item.item_id] == "measured"]
    servable = [(item, detail) for item, detail in details if item.list_record["TASK_TYPE"] != "02"]
    public = sum(item.list_record["TASK_TYPE"] == "21" for item, _ in servable)
    visits = [detail["AUDIT_ITEM_EXTEND"]["LIMIT_SCENE_NUM"] for _, detail in details]
    known = [int(number) for number in visits if number.isdigit()]
    four = [detail for _, detail in servable if detail["AUDIT_ITEM"]["WBSD_LEVEL_TEXT"] == "IV级"]
    permits = [detail for item, detail in details if item.list_record["TASK_TYPE"] == "01"]
    bookable = [item for item, detail in details if detail["AUDIT_ITEM_EXTEND"]["IS_SCHEDULE_TEXT"] == "是"]
    return {
        "items": len(own) + len(packages),
        "packages": len(packages),
        "measured": len(details) + len(packages),
        "application_items": len(servable) - public,
        "public_items": public,
        "permit_items": len(permits),
        "permits_in_hall": sum(detail["AUDIT_ITEM_EXTEND"]["IS_ENTRY_CENTER_TEXT"] == "是" for detail in permits),
        "online_declared": sum(detail["AUDIT_ITEM"]["ONLINECHECK_TEXT"] == "是" for _, detail in servable),
        "depth4_declared": len(four),
        "visits_sum": sum(known),
        "visits_known": len(known),
        "instant": sum(detail["AUDIT_ITEM"]["PROJECT_TYPE_TEXT"] == "即办件" for _, detail in details),
        "bookable": len(bookable),
        "two_slots": sum(item.booking is not None and item.booking.slots_per_day >= 2 for item in bookable),
        "split": sum(bool(detail["AUDIT_ITEM"]["YW_CODE"]) for _, detail in details),
        "charged": sum(detail["AUDIT_ITEM"]["IS_FEE_TEXT"] == "是" for _, detail in details),
        "limits": [read_limits(item.item_id, detail["AUDIT_ITEM"]) for item, detail in details],
    }


def read_limit(days: str, text: str) -> dict[str, Any] | None:
    units = {"工作日": "G", "自然日": "Z"}
    return {"days": int(days), "unit": units[text]} if days.isdigit() and text else None


def read_limits(item_id: str, table: dict[str, Any]) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "legal": read_limit(table["ANTICIPATE_DAY"], table["ANTICIPATE_TYPE_TEXT"]),
        "promise": read_limit(table["PROMISE_DAY"], table["PROMISE_TYPE_TEXT"]),
    }


def test_expected_counts_equal_a_count_of_the_served_documents(medium: Corpus) -> None:
    for body in medium.bodies:
        counted = recount(medium, body.key)
        assert {key: medium.truth["expected"][body.key][key] for key in counted} == counted


def test_bodies_differ_in_how_well_they_do(medium: Corpus) -> None:
    expected = [about for about in medium.truth["expected"].values() if about["measured"] > 5]
    assert len({round(about["visits_sum"] / about["visits_known"], 2) for about in expected}) > 10
    assert len({round(about["bookable"] / about["measured"], 2) for about in expected}) > 10
