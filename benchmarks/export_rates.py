"""How fast findings leave in each format, and that a million of them need no more memory than a hundred thousand.

    python -m benchmarks.export_rates [--rows 1000000] [--formats csv jsonl parquet xlsx] [--store-rows 100000]

Each format is written twice in processes of their own, once with a tenth of the rows: the ratio of the two rates and
the difference of the two peaks say whether time and memory follow the number of rows. Seconds are of the processor, so
that a busy machine matters less. The findings are made by a generator and go through the real columns, the real writer
and the real search for leaks. At the end the same is done from a real store, through the same door as ``yuece export``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

from benchmarks.store_rates import RULES, RUN, make_finding
from domain.run import RunState
from exports.dataset import Context
from exports.datasets.findings import FINDINGS, FindingRow
from exports.export import FORMATS, export
from exports.extract import take_all
from exports.language import Language
from exports.leak_gate import refuse_leaks
from storage.store import Store

MIB = 1024
NO_STORE = cast(Store, None)  # the rows are made, and no store is asked


def made(rows: int) -> Iterator[FindingRow]:
    """Yield findings of realistic length, ten to a guide."""
    for number in range(rows):
        yield FindingRow(finding=make_finding(number), item_name=f"建筑工程施工许可证核发（第{number // 10}项）")


def peak_kib() -> int:
    """The most memory that this process ever held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def write_made(format: str, rows: int, folder: Path) -> dict[str, float]:
    """Write made findings and read them again for leaks; a few go first, so that everything is loaded."""
    path = folder / f"findings.{format}"
    write_once(format, 2_000, path)
    before = peak_kib()
    write_s, scan_s = write_once(format, rows, path)
    return {
        "write_s": write_s,
        "scan_s": scan_s,
        "grown_mib": (peak_kib() - before) / MIB,
        "peak_mib": peak_kib() / MIB,
        "file_mib": path.stat().st_size / MIB / MIB,
    }


def write_once(format: str, rows: int, path: Path) -> tuple[float, float]:
    """Return the processor's seconds for writing and for the search for leaks."""
    context = Context(run=RUN.id, workbench_url="http://127.0.0.1:8780")
    dataset = replace(FINDINGS, rows=lambda _store, _run: made(rows))
    began = time.process_time()
    written = FORMATS[format](path, take_all(dataset, NO_STORE, context), Language.ZH)
    between = time.process_time()
    refuse_leaks(path, ("a secret that is nowhere",))
    assert written == rows
    return between - began, time.process_time() - between


def write_stored(format: str, home: Path, folder: Path) -> dict[str, float]:
    """Write a store's findings through the door."""
    began = time.process_time()
    with Store.open(home) as store:
        path, _ = export(store, "findings", run=RUN.id, format=format, out=folder)
    return {
        "write_s": time.process_time() - began,
        "peak_mib": peak_kib() / MIB,
        "file_mib": path.stat().st_size / 2**20,
    }


def fill(home: Path, rows: int) -> None:
    """Make a store of findings."""
    with Store.open(home) as store:
        store.runs.add(RUN.model_copy(update={"state": RunState.FINISHED}))
        store.audits.save_rule_set(RULES)
        store.audits.save([], map(make_finding, range(rows)))


def apart(*arguments: object) -> dict[str, float]:
    """Run one measurement in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.export_rates", "--apart", *map(str, arguments)]
    answer: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return answer


def main() -> None:
    """Print a table."""
    options = read_options()
    if options.apart:
        kind, format, source, folder = options.apart
        run = write_made(format, int(source), Path(folder)) if kind == "made" else None
        print(json.dumps(run or write_stored(format, Path(source), Path(folder))))
        return
    with tempfile.TemporaryDirectory(prefix="export-rates-") as scratch:
        print("format        rows written/s scanned/s file MiB grown MiB peak MiB", flush=True)
        for format in options.formats:
            compare(format, options.rows, scratch)
        if options.store_rows:
            from_store(options.formats, options.store_rows, Path(scratch))


def compare(format: str, rows: int, scratch: str) -> None:
    """Measure one format with a tenth of the rows and with all."""
    rates, grown = [], []
    for count in (rows // 10, rows):
        seen = apart("made", format, count, scratch)
        rates.append(count / seen["write_s"])
        grown.append(seen["grown_mib"])
        print(
            f"{format:8} {count:9} {rates[-1]:9.0f} {count / seen['scan_s']:9.0f} {seen['file_mib']:8.0f} "
            f"{grown[-1]:9.1f} {seen['peak_mib']:8.0f}",
            flush=True,
        )
    rate, more = rates[1] / rates[0], grown[1] - grown[0]
    print(f"{format:8} ten times the rows: {rate:.2f} of the rate, {more:+.1f} MiB", flush=True)


def from_store(formats: list[str], rows: int, scratch: Path) -> None:
    """Measure the whole way from a store."""
    fill(scratch / "home", rows)
    for format in formats:
        seen = apart("stored", format, scratch / "home", scratch / format)
        rate, peak = rows / seen["write_s"], seen["peak_mib"]
        print(f"{format:8} {rows:9} {rate:9.0f} rows/s from a store, all steps; peak {peak:.0f} MiB", flush=True)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--store-rows", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", default=sorted(FORMATS), choices=sorted(FORMATS))
    parser.add_argument("--apart", nargs=4, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
