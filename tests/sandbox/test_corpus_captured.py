"""The loader of captured records, on real ones."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sandbox.corpus.captured import load_captured
from sandbox.corpus.captured_record import COLUMNS, CorpusError
from sandbox.model import Corpus, Origins

CAPTURE = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "gd_guides_2021.jsonl"
pytestmark = pytest.mark.skipif(not CAPTURE.exists(), reason="the capture of real guides lies outside the repository")


@pytest.fixture(scope="module")
def raw() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CAPTURE.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def captured(origins: Origins) -> Corpus:
    return load_captured(CAPTURE, origins=origins)


def test_every_record_becomes_an_item_of_the_right_department(raw: list[dict[str, Any]], captured: Corpus) -> None:
    bodies = {body.key: body for body in captured.bodies}
    assert len(captured.items) == len(raw) == 1370
    assert [item.task_code for item in captured.items] == [record["TASK_CODE"] for record in raw]
    assert len({item.item_id for item in captured.items}) == 1370
    assert len(bodies) == 160
    for item, record in zip(captured.items, raw, strict=True):
        body = bodies[item.body]
        assert (body.portal_name, body.org_code, body.area_code) == (
            record["DEPT_NAME"],
            record["ORGCODE"],
            record["AREACODE"],
        )


def test_list_records_carry_the_captured_values(raw: list[dict[str, Any]], captured: Corpus) -> None:
    for item, record in zip(captured.items, raw, strict=True):
        for key, value in item.list_record.items():
            assert key == "ITEM_ID" or value == record[key]


PLAIN = (
    ("AUDIT_ITEM", "ACCEPT_CONDITION", "accept_standard"),
    ("AUDIT_ITEM", "LINK_TEL", "consult_phone"),
    ("AUDIT_ITEM", "TSTEL", "complain_phone"),
    ("AUDIT_ITEM", "ONLINECHECK_TEXT", "online_book"),
    ("AUDIT_ITEM", "TRANSACT_WEB_URL", "URL"),
    ("AUDIT_ITEM", "CATALOG_CODE", "CATAID"),
    ("AUDIT_ITEM", "USE_LEVEL_TEXT", "matter_level"),
    ("AUDIT_ITEM_EXTEND", "LIMIT_SCENE_NUM", "visit_number"),
    ("AUDIT_ITEM_EXTEND", "IS_EXPRESS_TEXT", "courier_service"),
    ("AUDIT_ITEM_EXTEND", "APPOINTMENT_URL", "online_book_addr"),
    ("AUDIT_ITEM_EXTEND", "COMMONEXPRESSION", "matter_daily"),
    ("AUDIT_ITEM_EXTEND", "XTMC", "bear_paltform"),
)


@pytest.mark.parametrize(("table", "field", "column"), PLAIN)
def test_plain_fields_survive(table: str, field: str, column: str, raw: list[dict[str, Any]], captured: Corpus) -> None:
    assert [item.detail[table][field] for item in captured.items] == [record[column] for record in raw]


def rebuild(item: dict[str, Any], stem: str) -> str:
    """Put a limit together again as the page showed it."""
    unit = item.get(f"{stem}_TYPE_TEXT")
    return f"{item[f'{stem}_DAY']}({unit})" if unit else str(item[f"{stem}_DAY"])


def test_limits_can_be_put_together_again(raw: list[dict[str, Any]], captured: Corpus) -> None:
    tables = [item.detail["AUDIT_ITEM"] for item in captured.items]
    assert [rebuild(table, "ANTICIPATE") for table in tables] == [record["handle_time"] for record in raw]
    assert [rebuild(table, "PROMISE") for table in tables] == [record["handle_time_limit"] for record in raw]
    assert Counter(table["PROMISE_DAY"] for table in tables)["无"] == 315


def test_lists_and_windows_survive(raw: list[dict[str, Any]], captured: Corpus) -> None:
    for item, record in zip(captured.items, raw, strict=True):
        named = [row["MATERIAL_NAME"] for row in item.detail["AUDIT_MATERIAL"]]
        assert named == ([] if record["material_intro"] == "无" else record["material_intro"])
        assert item.detail["AUDIT_ITEM"]["SERVE_TYPE_TEXT"].split("；") == record["service_object_name"]
        assert item.detail["AUDIT_CATALOG_LOBBY"] == [{"ADDRESS": record["handle_location"]}]


def test_tables_that_the_capture_lacks_are_absent(captured: Corpus) -> None:
    tables = {table for item in captured.items for table in item.detail}
    assert tables == {"AUDIT_ITEM", "AUDIT_ITEM_EXTEND", "AUDIT_MATERIAL", "AUDIT_CATALOG_LOBBY", "AUDIT_OTHER_DEPT"}
    assert not any("LAW" in item.detail["AUDIT_ITEM"] for item in captured.items)


def test_handling_codes_appear_for_the_221_records_with_33_characters(captured: Corpus) -> None:
    codes = [item.detail["AUDIT_ITEM"].get("YW_CODE") for item in captured.items]
    assert sum(code is not None for code in codes) == 221


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "line 2: no valid JSON"),
        ("[1]", "line 2: a list"),
        ('{"TASK_CODE": "11440000006940116U2440102002002"}', "line 2: TASK_NAME, TASK_TYPE"),
        (json.dumps(dict.fromkeys(COLUMNS, "1")), "line 2: TASK_CODE '1' has 1 characters"),
    ],
)
def test_a_misfit_is_refused_whole_with_file_and_line(
    line: str, expected: str, tmp_path: Path, origins: Origins
) -> None:
    path = tmp_path / "capture.jsonl"
    path.write_text(CAPTURE.read_text(encoding="utf-8").splitlines()[0] + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"capture\.jsonl, ") as caught:
        load_captured(path, origins=origins)
    assert expected in str(caught.value)
