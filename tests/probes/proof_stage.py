"""A store with closed runs of real probes, and the ways in which a proof can be damaged."""

import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import zstandard

from domain.observation import Observation
from domain.run import Run, RunKind, RunState
from storage.run_manifest import close_evidence
from storage.store import Store

BEGAN = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def make_run(id: str) -> Run:
    return Run(
        id=id,
        kind=RunKind.PROBE,
        period="2021H1",
        target="sandbox",
        state=RunState.FINISHED,
        started_at=BEGAN,
        finished_at=datetime.now(UTC),
        units=(),
        portals=("gdzwfw",),
        tool_version="0.1.0",
        tool_commit="abc",
        packages={"playwright": "1.65.2"},
        browser="chromium",
        settings_hash="0",
        settings={},
    )


@dataclass(frozen=True)
class Proof:
    """One store, its observations by probe, and its closed runs in order."""

    store: Store
    observations: dict[str, Observation]
    runs: tuple[Run, ...]

    def file(self, sha256: str) -> Path:
        path = self.store.evidence.path(sha256)
        assert path is not None
        return path


def close(store: Store, run: Run) -> Run:
    closed = close_evidence(store, run)
    store.runs.update(closed)
    return closed


def flip(path: Path, at: float = 0.5) -> None:
    """Change one byte; of a compressed file one byte of its content, so that the frame itself stays whole."""
    if path.suffix == ".zst":
        content = bytearray(zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes()))
        content[int(len(content) * at)] ^= 1
        path.write_bytes(zstandard.ZstdCompressor().compress(bytes(content)))
        return
    content = bytearray(path.read_bytes())
    content[int(len(content) * at)] ^= 1
    path.write_bytes(bytes(content))


def run_tool(*command: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a stock tool, with nothing of this project in its surroundings."""
    variables = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, timeout=60, check=False)
