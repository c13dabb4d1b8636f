"""Opens strangers' files in a process of their own, so that a hostile file costs a process and nothing else."""

import subprocess
import sys
import threading
import time
from contextlib import suppress
from signal import SIGABRT, SIGKILL, SIGXCPU
from types import TracebackType
from typing import Self

from domain.errors import MachineError
from domain.file_report import FileKind, FileProblem, FileReport
from files.contents import Contents
from files.frames import (
    FRAME_BYTES_MAX,
    HELLO,
    INSPECT,
    KIND,
    RECOGNISE,
    REPORT,
    ClosedError,
    TooSlowError,
    read_frame,
    write_frame,
)
from files.limits import DEFAULT, MEBIBYTE, SNIFFED_BYTES, InspectionLimits
from files.report import make_report

START_S = 60
CHANCES = 2  # a file is accused only after it ended two processes: the first may have suffered from an earlier file
FILES_PER_PROCESS = 1000  # then a fresh one: whatever a library leaks ends with the process
OUT_OF_MEMORY_SIGNALS = {-SIGABRT, -SIGKILL}  # allocators abort; the system kills


class Inspector:
    """Inspects files in a long-lived child process; safe to call from several threads, one file at a time."""

    def __init__(self, limits: InspectionLimits = DEFAULT) -> None:
        self.limits = limits
        self.missing_limits: tuple[str, ...] = ()  # a sentence for each limit that this system does not have
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def inspect(self, data: bytes) -> FileReport:
        """Return the report on bytes; a file that ends or stalls the process is a bomb or damaged, never an exception.

        Raises:
            MachineError: no process can be started at all.
        """
        with self._lock:
            report = None
            for _ in range(CHANCES):
                report, sound = self._try(data)
                if sound:
                    break
            if report is None:
                raise AssertionError("a file has at least one chance")
            return report

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._end(self._process)
            self._process = None

    def _try(self, data: bytes) -> tuple[FileReport, bool]:
        """Inspect once and say whether the process survived it."""
        process = self._running()
        kind = FileKind.UNKNOWN
        self._files += 1
        deadline = time.monotonic() + self.limits.wall_s
        try:
            if len(data) > self.limits.bytes_max:
                return self._too_large(process, data, deadline), True
            self._ask(process, INSPECT, data)
            kind = FileKind(self._hear(process, KIND, deadline).decode())
            return FileReport.model_validate_json(self._hear(process, REPORT, deadline)), True
        except TooSlowError:
            self.close()
            return self._accuse(data, kind, FileProblem.BOMB, f"takes more than {self.limits.wall_s} s to open"), False
        except (ClosedError, ValueError):
            self._process = None
            return self._explain(data, kind, self._end(process)), False

    def _too_large(self, process: subprocess.Popen[bytes], data: bytes, deadline: float) -> FileReport:
        """Recognise a file by its beginning and open nothing."""
        self._ask(process, RECOGNISE, data[:SNIFFED_BYTES])
        kind = FileKind(self._hear(process, KIND, deadline).decode())
        return self._accuse(data, kind, FileProblem.TOO_LARGE, f"{len(data)} bytes; its beginning was looked at")

    def _explain(self, data: bytes, kind: FileKind, code: int) -> FileReport:
        """Make a report of how a process ended: by its limits, or by a crash of what opens files."""
        if code == -SIGXCPU:
            seconds = f"needs more than {self.limits.processor_s} s of processor time to open"
            return self._accuse(data, kind, FileProblem.BOMB, seconds)
        if code == 0 or code in OUT_OF_MEMORY_SIGNALS:
            megabytes = self.limits.memory_bytes // MEBIBYTE
            return self._accuse(data, kind, FileProblem.BOMB, f"needs more than {megabytes} MiB of memory to open")
        return self._accuse(data, kind, FileProblem.DAMAGED, f"the program that opens it crashes (code {code})")

    @staticmethod
    def _accuse(data: bytes, kind: FileKind, problem: FileProblem, note: str) -> FileReport:
        return make_report(data, kind, Contents(problems=(problem,), note=note))

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the process, a fresh one when there is none, it ended by itself, or it has opened enough files."""
        if self._process is not None and (self._files >= FILES_PER_PROCESS or self._process.poll() is not None):
            self.close()
        if self._process is None:
            self._process = self._start()
            self._files = 0
        return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        """Start a process and wait until it has limited itself.

        ``-I`` keeps the working directory out of the module path: these package names are common.
        """
        command = [sys.executable, "-I", "-B", "-m", "files.inspection_process", self.limits.model_dump_json()]
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
            )
        except OSError as fault:
            raise MachineError(f"the process that opens files cannot be started: {fault}") from fault
        try:
            sentences = self._hear(process, HELLO, time.monotonic() + START_S).decode()
        except (ClosedError, TooSlowError) as fault:
            code = self._end(process)
            raise MachineError(f"the process that opens files ended before its first file (code {code})") from fault
        self.missing_limits = tuple(sentences.splitlines())
        return process

    @staticmethod
    def _ask(process: subprocess.Popen[bytes], tag: bytes, data: bytes) -> None:
        if process.stdin is None:
            raise ClosedError
        write_frame(process.stdin.fileno(), tag, data)

    @staticmethod
    def _hear(process: subprocess.Popen[bytes], wanted: bytes, deadline: float) -> bytes:
        """Read the next frame; any other than the wanted one says that the process is ending."""
        if process.stdout is None:
            raise ClosedError
        tag, body = read_frame(process.stdout.fileno(), bytes_max=FRAME_BYTES_MAX, deadline=deadline)
        if tag != wanted:
            raise ClosedError
        return body

    @staticmethod
    def _end(process: subprocess.Popen[bytes]) -> int:
        """End a process and return its code; one that is ending by itself is given a moment to do so."""
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        try:
            return process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
