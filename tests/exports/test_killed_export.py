"""What a killed export leaves behind: the old file whole, and scratch that the next one sweeps away."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from exports.atomic_file import SETTLED_S, replacing

HALF_WRITTEN = """
import sys
from pathlib import Path
from exports.atomic_file import replacing
with replacing(Path(sys.argv[1])) as scratch:
    scratch.write_text("half")
    print("written", flush=True)
    sys.stdin.read()
"""


def test_a_kill_leaves_the_old_file_and_scratch_that_the_next_export_sweeps(tmp_path: Path) -> None:
    target = tmp_path / "scores.csv"
    target.write_text("old", encoding="utf-8")
    command = [sys.executable, "-c", HALF_WRITTEN, str(target)]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"written\n"
    (scratch,) = tmp_path.glob(".export-*")
    long_ago = time.time() - 2 * SETTLED_S
    os.utime(scratch, (long_ago, long_ago))
    with replacing(tmp_path / "other.csv") as path:
        path.write_text("other", encoding="utf-8")
    assert scratch.is_dir(), "a writer that lives keeps its folder, however old"
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    assert target.read_text(encoding="utf-8") == "old"
    assert scratch.is_dir()
    with replacing(target) as path:
        path.write_text("new", encoding="utf-8")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["other.csv", "scores.csv"]
    assert target.read_text(encoding="utf-8") == "new"
