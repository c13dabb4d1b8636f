"""The 1,370 real records of 2021: judged as a list, and crawled from a sandbox that serves them, they fare the same."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RECORDS = ROOT.parent / "shared" / "data" / "gd_guides_2021.jsonl"
MAPPING = ROOT / "portals" / "mappings" / "gd_2021.toml"
Seen = Counter[tuple[str, str, str]]

pytestmark = pytest.mark.skipif(not RECORDS.exists(), reason="the captured records are not beside this checkout")


def yuece(home: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "yuece", *arguments, "--json"]
    environment = {**os.environ, "YUECE_HOME": str(home)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=250, check=False, cwd=home)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_list_and_a_crawl_of_the_same_records_give_the_same_findings(tmp_path: Path) -> None:
    listed = json.loads(yuece(tmp_path, "audit", "--input", str(RECORDS), "--mapping", str(MAPPING)))
    with RECORDS.open(encoding="utf-8") as lines:
        codes = [json.loads(line)["TASK_CODE"] for line in lines]
    assert listed["guides"] == len(codes) == 1370
    crawled = json.loads(
        yuece(tmp_path, "crawl", "--portal", "gdzwfw", "--corpus", str(RECORDS), "--region", "440000,440100")
    )
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
def test_known_real_telephone_faults_are_found(tmp_path: Path, code: str, field: str) -> None:
    listed = json.loads(yuece(tmp_path, "audit", "--input", str(RECORDS), "--mapping", str(MAPPING)))
    found = [one for one in listed["findings"] if one["subject"] == code]
    assert any(one["outcome"] == "fail" and field in (one["field"], "投诉电话") for one in found)
