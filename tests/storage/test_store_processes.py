"""Several processes on one store: kills leave whole saves only, readers never see half of one, nobody waits in vain."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.store import Store
from tests.storage.conftest import Samples

AUDITS_PER_SAVE = 400
FINDINGS_PER_AUDIT = 15  # 6,000 findings: more than one executemany batch per save

COMMON = f"""
import os, sys, time
from pathlib import Path
from domain.finding import Audit, Finding
from domain.guide_fields import FieldName, FieldState
from domain.outcome import Outcome
from storage.store import Store

def audit(item):
    return Audit(run="run-1", portal="gdzwfw", unit="dept-01", item_id=item, subject=item, document="d",
        rule_set="rules-1", outcomes="f", shares={{}})

def finding(item, rule):
    return Finding(run="run-1", portal="gdzwfw", unit="dept-01", subject=item, item_id=item, rule_id=str(rule),
        rule_version=1, field=FieldName.NAME, outcome=Outcome.FAIL, state=FieldState.BLANK, reason="空白", excerpt="",
        checked=1, failed=1, document="d", url="")

def save(store, number, pause_after=None):
    items = [f"{{number}}-{{row}}" for row in range({AUDITS_PER_SAVE})]
    def findings():
        for count, (item, rule) in enumerate((i, r) for i in items for r in range({FINDINGS_PER_AUDIT})):
            if count == pause_after:
                print("midway", flush=True)
                time.sleep(60)
            yield finding(item, rule)
    store.audits.save([audit(item) for item in items], findings())
    print(number, flush=True)

store = Store.open(Path(sys.argv[1]))
"""
STUCK_MIDWAY = COMMON + "save(store, 0)\nsave(store, 1, pause_after=5_500)\n"
ENDLESS = COMMON + "number = 0\nwhile True:\n    save(store, number)\n    number += 1\n"
FEW = COMMON + "for number in range(6):\n    save(store, number)\n"
READER = (
    COMMON
    + f"""
whole = {AUDITS_PER_SAVE * FINDINGS_PER_AUDIT}
stop = Path(sys.argv[2])
reads, largest = 0, 0
while not stop.exists() or not reads:
    seen = sum(1 for _ in store.audits.findings("run-1"))
    assert seen % whole == 0, seen
    assert seen >= largest
    reads, largest = reads + 1, seen
print(reads, largest)
"""
)


def _start(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _kill(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def _assert_whole_saves(home: Path, at_least: int) -> None:
    with Store.open(home, create=False) as store:
        rows = [row[0] for row in _pragma(store, "integrity_check")]
        assert rows == ["ok"]
        saved = [audit.item_id for audit in store.audits.of_run("run-1")]
        numbers = {item.partition("-")[0] for item in saved}
        assert len(numbers) >= at_least
        assert len(saved) == len(numbers) * AUDITS_PER_SAVE
        assert store.audits.count_findings("run-1") == len(saved) * FINDINGS_PER_AUDIT


def _pragma(store: Store, name: str) -> list[tuple[str]]:
    with store._database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {name}")]


def test_a_kill_in_the_middle_of_a_save_leaves_the_saves_before_it(store: Store, samples: Samples) -> None:
    process = _start(STUCK_MIDWAY, store.home)
    assert [_read_line(process), _read_line(process)] == ["0", "midway"]
    _kill(process)
    _assert_whole_saves(store.home, at_least=1)
    assert store.audits.count_findings("run-1") == AUDITS_PER_SAVE * FINDINGS_PER_AUDIT
    store.audits.save([samples.audit("after")], [samples.finding("after")])  # the lock died with its holder


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))])
def test_a_kill_at_any_moment_leaves_whole_saves(store: Store, seed: int) -> None:
    process = _start(ENDLESS, store.home)
    assert _read_line(process) == "0"
    time.sleep(random.Random(seed).uniform(0.0, 0.6))
    _kill(process)
    _assert_whole_saves(store.home, at_least=1)


def test_two_read_while_one_writes(store: Store, tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    readers = [_start(READER, store.home, stop) for _ in range(2)]
    writer = _start(FEW, store.home)
    assert writer.wait(timeout=120) == 0
    stop.touch()
    for reader in readers:
        output, _ = reader.communicate(timeout=120)
        assert reader.returncode == 0
        assert int(output.split()[0]) >= 1
    _assert_whole_saves(store.home, at_least=6)


def test_two_writers_wait_for_each_other(store: Store) -> None:
    writers = [_start(FEW, store.home) for _ in range(2)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    _assert_whole_saves(store.home, at_least=6)


def test_a_reader_in_this_process_may_write_meanwhile(store: Store, samples: Samples) -> None:
    store.audits.save([], [samples.finding(f"{number:05}") for number in range(3_000)])
    for number, finding in enumerate(store.audits.findings("run-1")):
        if number % 1_000 == 0:
            store.audits.save([samples.audit(finding.item_id)], [finding])
    assert store.audits.count_findings("run-1") == 3_000


def test_many_processes_may_make_the_store_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from storage.store import Store; Store.open(Path(sys.argv[1])).close()"
    )
    processes = [_start(script, tmp_path / "new") for _ in range(5)]
    assert [process.wait(timeout=120) for process in processes] == [0] * 5
    with Store.open(tmp_path / "new", create=False) as store:
        assert store.runs.all() == ()
