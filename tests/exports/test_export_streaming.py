"""Long exports in a process of their own: flat memory, and a full disk that leaves nothing half-written."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from filled_store import SECOND_NIGHT, make_finding, make_listed, make_run
from pyarrow import parquet
from python_calamine import CalamineWorkbook

from domain.finding import Finding
from exports.export import FORMATS
from storage.store import Store

MANY = 30_000
EXPORT = """
import json, resource, sys
from pathlib import Path
from exports.export import export
from storage.store import Store
home, out, run, format, limit = sys.argv[1:]
with Store.open(Path(home)) as store:
    export(store, "totals", run=run, format=format, out=Path(out) / "warm")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if int(limit):
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    try:
        path, _ = export(store, "findings", run=run, format=format, out=Path(out))
        print(json.dumps({"path": str(path), "grown_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before}))
    except Exception as error:
        print(json.dumps({"error": type(error).__name__, "text": str(error)}))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with 30,000 findings of one body."""
    folder = tmp_path_factory.mktemp("long") / "home"
    with Store.open(folder) as store:
        store.runs.add(make_run())
        store.audits.save([], (finding(number) for number in range(MANY)))
    return folder


def finding(number: int) -> Finding:
    listed = make_listed("dept-01", 1).model_copy(update={"item_id": f"item-{number:06}", "code": f"{number:031}"})
    return make_finding(listed, excerpt=f"第{number}条" + "长" * 60)


def run_export(home: Path, out: Path, format: str, file_bytes_max: int = 0) -> dict[str, object]:
    arguments = [str(home), str(out), SECOND_NIGHT, format, str(file_bytes_max)]
    done = subprocess.run([sys.executable, "-c", EXPORT, *arguments], capture_output=True, text=True, check=True)
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(
    ("format", "limit_mib"),
    [("csv", 12), ("jsonl", 12), ("parquet", 70), pytest.param("xlsx", 60, marks=pytest.mark.slow)],  # 20 s to write
)
def test_thirty_thousand_rows_need_little_memory(home: Path, tmp_path: Path, format: str, limit_mib: int) -> None:
    # The rows are some 60 MiB of Python objects and 25 MiB of text. XLSX keeps its 60,000 links in memory, because they
    # follow the rows; Parquet holds 8,192 rows, and its library is not loaded before.
    answer = run_export(home, tmp_path, format)
    assert "error" not in answer
    assert int(str(answer["grown_kib"])) < limit_mib * 1024, answer
    path = Path(str(answer["path"]))
    if format == "csv":
        assert path.read_bytes().count(b"\r\n") == MANY + 1
    elif format == "jsonl":
        assert path.read_bytes().count(b"\n") == MANY
    elif format == "parquet":
        assert parquet.read_metadata(path).num_rows == MANY
    else:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        assert len(rows) == MANY + 1
        assert rows[-1][rows[0].index("事项编码")] == f"{MANY - 1:031}"


@pytest.mark.parametrize("format", FORMATS)
def test_a_full_disk_leaves_the_old_file(home: Path, tmp_path: Path, format: str) -> None:
    old = tmp_path / f"{SECOND_NIGHT}-findings.{format}"
    old.write_text("the export of yesterday")
    answer = run_export(home, tmp_path, format, file_bytes_max=30_000)
    assert answer["error"] == "MachineError"
    assert str(old) in str(answer["text"])
    assert old.read_text() == "the export of yesterday"
    assert sorted(path.name for path in tmp_path.iterdir()) == [old.name, "warm"]
