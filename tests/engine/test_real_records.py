"""The 1,370 real records of 2021: judged as a list, and crawled from a sandbox that serves them, they fare the same."""

import json
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import call_here, call_process, lasting_cluster

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT.parent / "shared" / "data" / "gd_guides_2021.jsonl"
MAPPING = ROOT / "portals" / "mappings" / "gd_2021.toml"
Seen = Counter[tuple[str, str, str]]

pytestmark = pytest.mark.skipif(not RECORDS.exists(), reason="the captured records are not beside this checkout")


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the audit says of the records as a list."""
    done = call_process(
        tmp_path_factory.mktemp("list"), "audit", "--input", str(RECORDS), "--mapping", str(MAPPING), "--json"
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.mark.slow
def test_a_list_and_a_crawl_of_the_same_records_give_the_same_findings(listed: dict[str, Any], tmp_path: Path) -> None:
    with RECORDS.open(encoding="utf-8") as lines:
        codes = [json.loads(line)["TASK_CODE"] for line in lines]
    assert listed["guides"] == len(codes) == 1370
    words = ("crawl", "--corpus", str(RECORDS), "--region", "440000,440100", "--json")
    with lasting_cluster() as scheduler:
        done = call_here(tmp_path, *words, YUECE_SCHEDULER=scheduler)
    assert done.returncode == 0, done.stderr
    crawled = json.loads(done.stdout)
    assert crawled["guides"] == {"listed": 1370, "measured": 1370, "absent": 0, "not_measured": 0}
    of_list: Seen = Counter((one["subject"], one["rule"], one["outcome"]) for one in listed["findings"])
    with sqlite3.connect(tmp_path / "yuece.db") as connection:
        rows = connection.execute("select subject, rule_id, outcome from finding where run = ?", (crawled["run"],))
        of_crawl: Seen = Counter(tuple(row) for row in rows)
    assert of_list == of_crawl
    assert {subject for subject, _, _ in of_list} <= set(codes)


@pytest.mark.parametrize(
    ("code", "field"),
    [
        # Telephone faults read by hand in the records (portals.md §5, phone note).
        ("11440000006939908P2442117160000", "咨询电话"),
        ("11440000006941354C244212405400001", "咨询电话"),
    ],
)
def test_known_real_telephone_faults_are_found(listed: dict[str, Any], code: str, field: str) -> None:
    found = [one for one in listed["findings"] if one["subject"] == code]
    assert any(one["outcome"] == "fail" and field in (one["field"], "投诉电话") for one in found)
