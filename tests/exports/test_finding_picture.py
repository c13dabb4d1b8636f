"""The list of findings leads to the picture in which the place is marked."""

import csv
from pathlib import Path

import pytest
from filled_store import SECOND_NIGHT, make_finding, make_listed

from exports.export import export
from storage.store import Store

PICTURE = "ab" * 32


@pytest.mark.parametrize(
    ("workbench", "expected"),
    [("http://127.0.0.1:8780/", f"http://127.0.0.1:8780/evidence/{PICTURE}"), ("", f"/evidence/{PICTURE}")],
)
def test_a_picture_is_linked(store: Store, tmp_path: Path, workbench: str, expected: str) -> None:
    store.audits.save([], [make_finding(make_listed("dept-01", 0), 2, picture=PICTURE)])
    path, _manifest = export(
        store, "findings", run=SECOND_NIGHT, format="csv", out=tmp_path, language="zh", workbench_url=workbench
    )
    with path.open(encoding="utf-8-sig", newline="") as file:
        addresses = [row["问题位置截图"] for row in csv.DictReader(file, strict=True)]
    assert addresses.count(expected) == 1
    assert set(addresses) == {"", expected}
