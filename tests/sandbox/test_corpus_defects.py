"""Every planted defect is visible in the served document, and no other guide shows it.

The eyes below are written against the document alone and know nothing of how a defect was planted.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from corpus_sight import Sight
from stdnum.cn import uscc

from sandbox.corpus.defects.catalogue import ALL_KINDS
from sandbox.corpus.demo import make_demo
from sandbox.model import Corpus, Origins


def days(text: str) -> float:
    found = re.match(r"[\d.]+", text)
    return float(found[0]) if found else 0.0


MAGIC = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "png": b"\x89PNG"}

EYES: dict[str, Callable[[Sight], bool]] = {
    "credit-code-check-failed": lambda g: (
        not g.item["TASK_CODE"].startswith("TE") and not uscc.is_valid(g.item["TASK_CODE"][:18])
    ),
    "code-level-mismatch": lambda g: g.item["TASK_CODE"][18] != g.item["USE_LEVEL"],
    "code-type-mismatch": lambda g: g.item["TASK_CODE"][21:23] != g.item["TASK_TYPE"],
    "basic-code-mismatch": lambda g: g.item["CATALOG_CODE"] not in ("", g.item["TASK_CODE"][19:]),
    "basic-code-blank": lambda g: g.item["CATALOG_CODE"] == "",
    "handling-code-mismatch": lambda g: g.item["YW_CODE"][:31] not in ("", g.item["TASK_CODE"]),
    "type-text-mismatch": lambda g: g.item["TASK_TYPE_TEXT"] != g.listed["TASK_TYPE_TEXT"],
    "body-blank": lambda g: g.item["DEPT_NAME"] == "",
    "served-blank": lambda g: g.item["SERVE_TYPE_TEXT"] == "",
    "person-without-theme": lambda g: "自然人" in g.item["SERVE_TYPE_TEXT"] and not g.extend["THEME_NATURAL_TYPE_TEXT"],
    "delegated-without-delegate": lambda g: g.item["DEPT_TYPE"] == "3" and not g.item["ENTRUST_NAME"],
    "name-with-markup": lambda g: "<" in g.item["TASK_NAME"],
    "condition-blank": lambda g: g.power and g.item["ACCEPT_CONDITION"] == "",
    "condition-placeholder": lambda g: g.item["ACCEPT_CONDITION"] == "按规定执行",
    "condition-with-tags": lambda g: "<p" in g.item["ACCEPT_CONDITION"],
    "condition-double-encoded": lambda g: "&amp;" in g.item["ACCEPT_CONDITION"],
    "project-type-blank": lambda g: g.item["PROJECT_TYPE_TEXT"] == "",
    "instant-with-many-days": lambda g: g.item["PROJECT_TYPE_TEXT"] == "即办件" and days(g.item["PROMISE_DAY"]) > 1,
    "legal-limit-blank": lambda g: g.power and g.item["ANTICIPATE_DAY"] == "" and "无法定" not in g.item["FDBLSXSM"],
    "legal-limit-placeholder": lambda g: g.item["ANTICIPATE_DAY"] == "按规定执行",
    "promise-blank": lambda g: g.power and g.item["PROMISE_DAY"] == "",
    "promise-placeholder": lambda g: g.item["PROMISE_DAY"] == "待定",
    "promise-without-unit": lambda g: g.item["PROMISE_DAY"] != "" and g.item["PROMISE_TYPE_TEXT"] == "",
    "promise-exceeds-legal": lambda g: (
        all(day.isdigit() for day in g.days) and g.item["ANTICIPATE_TYPE"] == "G" and int(g.days[1]) > int(g.days[0])
    ),
    "steps-exceed-promise": lambda g: (
        g.item["PROMISE_DAY"].isdigit()
        and sum(days(row["TRANSACT_TIME_LIMIT"]) for row in g.steps) > int(g.item["PROMISE_DAY"]) + 1e-6
    ),
    "intermediary-placeholder": lambda g: any(
        "详见" in row["INTERMEDIARYSERVICES"] for row in g.detail["ZHONGJIE_SERVICE"] or ()
    ),
    "special-procedure-without-limit": lambda g: any(
        row["SPECIALNAME"] and not row["SHIXIAN"] for row in g.detail["AUDIT_SPECIAL_TIME"]
    ),
    "place-blank": lambda g: any(row["ADDRESS"] == "" for row in g.windows),
    "place-placeholder": lambda g: any("详见" in row["ADDRESS"] for row in g.windows),
    "place-outside-region": lambda g: any("广州" in row["ADDRESS"] for row in g.windows),
    "place-without-number": lambda g: any(row["ADDRESS"] == "阳江市区" for row in g.windows),
    "hours-blank": lambda g: any(row["TIME"] == "" for row in g.windows),
    "hours-placeholder": lambda g: any(row["TIME"] == "另行通知" for row in g.windows),
    "window-handling-without-window": lambda g: "窗口办理" in g.item["HANDLE_TYPE_TEXT"] and not g.windows,
    "enquiry-phone-blank": lambda g: g.item["LINK_TEL"] == "",
    "enquiry-phone-short": lambda g: re.fullmatch(r"0662-\d{6}", g.phones) is not None,
    "enquiry-phone-long": lambda g: re.fullmatch(r"0662-\d{9}", g.phones) is not None,
    "enquiry-phone-double-dash": lambda g: "--" in g.phones,
    "phone-foreign-area": lambda g: re.match(r"(020|0755)-", g.phones) is not None,
    "enquiry-equals-complaint": lambda g: g.item["LINK_TEL"] == g.item["TSTEL"] != "0662-12345",
    "complaint-phone-blank": lambda g: g.item["TSTEL"] == "",
    "law-missing": lambda g: g.item["LAW"] == [],
    "law-in-future": lambda g: any(row["SSRQ"] > "2030" for row in g.item["LAW"]),
    "law-without-clause": lambda g: any(row["TERMSNUMBER"] == "" for row in g.item["LAW"]),
    "law-without-number": lambda g: any(row["ACCORDINGNUMBER"] == "" for row in g.item["LAW"]),
    "law-content-placeholder": lambda g: any("详见" in row["TERMSCONTENT"] for row in g.item["LAW"]),
    "material-name-blank": lambda g: any(row["MATERIAL_NAME"] == "" for row in g.rows),
    "material-catch-all": lambda g: any("其他相关材料" in row["MATERIAL_NAME"] for row in g.rows),
    "material-duplicate": lambda g: max(Counter(row["MATERIAL_NAME"] for row in g.rows).values(), default=1) > 1,
    "material-source-blank": lambda g: any(row["SOURCE_TYPE"] == "" for row in g.rows),
    "material-issuer-blank": lambda g: any(row["SOURCE_TYPE"] == "20" and not row["SOURCE_EXPLAIN"] for row in g.rows),
    "material-copies-blank": lambda g: any(row["PAGE_NUM"] == row["PAGE_COPYNUM"] == "" for row in g.rows),
    "material-copies-zero": lambda g: any(
        row["PAGE_NUM"] == row["PAGE_COPYNUM"] == "0" and row["ZZHDZB"] == "1" and row["SUBMISSIONREQUIRED"] == "0"
        for row in g.rows
    ),
    "material-medium-blank": lambda g: any(row["ZZHDZB"] == "" for row in g.rows),
    "blank-form-missing": lambda g: any(row["FORM_GUID"] == [] for row in g.forms),
    "blank-form-broken-link": lambda g: any(file.status == 404 for file in g.files("FORM_GUID")),
    "blank-form-empty-file": lambda g: any(
        file.status == 200 and not file.content and file.behaviour == "plain" for file in g.files("FORM_GUID")
    ),
    "sample-missing": lambda g: any(row["EXAMPLE_GUID"] == [] for row in g.forms),
    "sample-equals-blank": lambda g: any(
        sample.content == blank.content for sample in g.files("EXAMPLE_GUID") for blank in g.files("FORM_GUID")
    ),
    "sample-not-what-it-says": lambda g: any(
        file.content and not file.content.startswith(MAGIC[file.name.rpartition(".")[2]])
        for file in g.files("EXAMPLE_GUID")
    ),
    "zero-visits-with-reason": lambda g: g.extend["LIMIT_SCENE_NUM"] == "0" and g.extend["LIMIT_SCENE_EXPLAIN"] != "",
    "visits-without-reason": lambda g: (
        g.extend["LIMIT_SCENE_NUM"] in ("1", "2") and g.extend["LIMIT_SCENE_EXPLAIN"] == ""
    ),
    "visits-blank": lambda g: g.extend["LIMIT_SCENE_NUM"] == "",
    "depth-four-with-visits": lambda g: (
        g.item["WBSD_LEVEL_TEXT"] == "IV级" and g.extend["LIMIT_SCENE_NUM"] in ("1", "2")
    ),
    "flow-blank": lambda g: g.power and not g.item["WSBLLC"] and not g.item["CKBLLC"],
    "flow-placeholder": lambda g: "详见流程图" in (g.item["WSBLLC"], g.item["CKBLLC"]),
    "permit-with-few-steps": lambda g: g.item["TASK_TYPE"] == "01" and len(g.steps) < 5,
    "charged-without-rows": lambda g: g.item["IS_FEE_TEXT"] == "是" and not g.detail["AUDIT_CHARGE"],
    "booking-without-address": lambda g: g.extend["IS_SCHEDULE_TEXT"] == "是" and not g.extend["APPOINTMENT_URL"],
    "online-without-address": lambda g: g.item["ONLINECHECK_TEXT"] == "是" and not g.item["TRANSACT_WEB_URL"],
    "online-address-intranet": lambda g: "//10." in g.item["TRANSACT_WEB_URL"],
    "way-contradicts-online": lambda g: (
        g.item["ONLINECHECK_TEXT"] == "是" and "网上办理" not in g.item["HANDLE_TYPE_TEXT"]
    ),
    "result-without-sample": lambda g: any(row["RESULT_SAMPLE"] == [] for row in g.detail["AUDIT_ITEM_RESULT"]),
}


@pytest.fixture(scope="module")
def sights(medium: Corpus) -> list[tuple[dict[str, Any], Sight]]:
    pairs = zip(medium.truth["guides"], medium.items, strict=True)
    return [(truth, Sight(medium, item)) for truth, item in pairs if "AUDIT_ITEM" in item.detail]


def test_kinds_have_speaking_names() -> None:
    assert len(ALL_KINDS) >= 150
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", kind) for kind in ALL_KINDS)


def test_all_seventeen_checkpoints_have_a_defect() -> None:
    assert {defect.checkpoint for defect in ALL_KINDS.values()} >= {f"G{number}" for number in range(1, 18)}


@pytest.mark.parametrize("kind", sorted(EYES))
def test_a_defect_is_seen_exactly_where_it_was_planted(kind: str, sights: list[tuple[dict[str, Any], Sight]]) -> None:
    planted = {truth["item_id"] for truth, _ in sights if any(one["kind"] == kind for one in truth["defects"])}
    seen = {truth["item_id"] for truth, sight in sights if EYES[kind](sight)}
    assert seen == planted
    assert len(planted) >= 3


@pytest.mark.parametrize("seed", [1, 2, 3, 11, 2021])
def test_a_small_corpus_shows_most_kinds_and_stays_mostly_clean(seed: int, origins: Origins) -> None:
    truth = make_demo(seed=seed, size=150, origins=origins).truth
    assert sum(about["count"] > 0 for about in truth["defect_kinds"].values()) >= 100
    assert max(len(guide["defects"]) for guide in truth["guides"]) <= 3  # two planted, one by lasting chance
    assert sum(not guide["defects"] for guide in truth["guides"]) >= 0.55 * 150


def test_most_guides_of_a_medium_corpus_are_clean(medium: Corpus) -> None:
    guides = medium.truth["guides"]
    assert sum(not guide["defects"] for guide in guides) >= 0.55 * len(guides)
    assert max(len(guide["defects"]) for guide in guides) <= 3


def test_forty_kinds_of_near_misses_stand_in_guides_without_defects(medium: Corpus) -> None:
    clean = [guide for guide in medium.truth["guides"] if not guide["defects"]]
    kinds = Counter(near["kind"] for guide in clean for near in guide["near_misses"])
    assert len(kinds) >= 40
    assert {"extension-phone", "temporary-code", "hotline-as-both-phones", "no-materials-said"} <= set(kinds)
