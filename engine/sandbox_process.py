"""Starts the sandbox as a process of its own for a run, and asks its ledger afterwards."""

import json
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from domain.errors import MachineError, UsageError
from domain.frozen import Frozen
from engine.night_plan import SandboxOptions, Stage
from portals.citizen import Account

PREFERRED_PORT = 8700
STOP_TIMEOUT_S = 10
SANDBOX_USAGE_EXIT = 2


class RunningSandbox(Frozen):
    """A sandbox that answers."""

    origins: dict[str, str]
    account: Account

    @property
    def stage(self) -> Stage:
        return Stage(origins=self.origins, account=self.account)

    def ledger(self) -> int:
        """Count the state-changing requests that reached the sandbox."""
        with urllib.request.urlopen(f"{self.origins['control']}/ledger", timeout=10) as answer:
            return len(json.load(answer)["state_changing"])


@contextmanager
def sandbox_for(options: SandboxOptions) -> Iterator[RunningSandbox]:
    """Run a sandbox on its usual ports, or on free ones where those are taken, and stop it afterwards."""
    process, announcement = _start(options)
    try:
        yield from_announcement(announcement)
    finally:
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()


def from_announcement(announcement: Mapping[str, Any]) -> RunningSandbox:
    """Read what a sandbox announced about itself."""
    return RunningSandbox(
        origins=dict(announcement["origins"]), account=Account.model_validate(announcement["test_account"])
    )


def read_announcement(file: Path) -> RunningSandbox:
    """Read the announcement file of a sandbox that somebody else started."""
    try:
        return from_announcement(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{file} is no announcement of a sandbox (yuece sandbox --announce FILE): {error}") from error


def _start(options: SandboxOptions) -> tuple[subprocess.Popen[str], Mapping[str, Any]]:
    """Try the usual ports, where addresses stay the same from night to night, then free ones."""
    complaint = ""
    for port in (PREFERRED_PORT, 0):
        # A file, not a pipe: nobody reads what the sandbox logs, and a full pipe would stop it.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
            process = subprocess.Popen(_command(options, port), stdout=subprocess.PIPE, stderr=errors, text=True)
            line = process.stdout.readline() if process.stdout else ""
            if line.startswith("{"):
                return process, json.loads(line)
            process.wait(STOP_TIMEOUT_S)
            errors.seek(0)
            complaint = errors.read().strip().removeprefix("sandbox: ")
        if process.returncode == SANDBOX_USAGE_EXIT:
            raise UsageError(complaint)
    raise MachineError(f"the sandbox does not start: {complaint or 'it gave no reason'}")


def _command(options: SandboxOptions, port: int) -> list[str]:
    command = [sys.executable, "-m", "sandbox", "--port", str(port), "--exit-with-parent"]
    command += ["--size", options.size, "--seed", str(options.seed), "--corpus", options.corpus]
    return command + (["--faults", str(options.faults)] if options.faults else [])
