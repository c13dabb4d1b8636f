"""The process that opens strangers' files: it limits itself, reads files from its input and answers with reports."""

import os
import signal
import sys
from contextlib import suppress

from files.frames import (
    HELLO,
    INSPECT,
    KIND,
    OUT_OF_MEMORY,
    REPORT,
    ClosedError,
    read_frame,
    write_frame,
)
from files.inspection import inspect_file
from files.kinds import recognise
from files.limits import InspectionLimits

MEMORY_UNLIMITED = "this system does not enforce a limit of address space: only time is limited"
LIMITS_UNKNOWN = "this system has no resource limits: only the wall clock is limited"
NOFILE_MAX = 64


def limit_process(limits: InspectionLimits) -> list[str]:
    """Take away memory, files on disk and core dumps; return a sentence for each limit that does not exist here."""
    try:
        import resource  # noqa: PLC0415 - Unix only
    except ImportError:
        return [LIMITS_UNKNOWN]
    missing = []
    for name, value in (("RLIMIT_FSIZE", 0), ("RLIMIT_CORE", 0), ("RLIMIT_NOFILE", NOFILE_MAX)):
        with suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (value, value))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    except (ValueError, OSError, AttributeError):
        missing.append(MEMORY_UNLIMITED)
    if sys.platform == "darwin" and not missing:
        missing.append(MEMORY_UNLIMITED)
    return missing


def limit_processor(seconds: int) -> None:
    """Let the kernel end this process when the next file needs more processor time than that."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - Unix only

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def serve(source: int, sink: int, limits: InspectionLimits) -> None:
    """Answer one file after another until the input ends, or memory ran out and the heap can no longer be trusted."""
    with suppress(ClosedError):
        while True:
            tag, data = read_frame(source, bytes_max=2**32)
            limit_processor(limits.processor_s)
            try:
                answer(sink, tag, data, limits)
            except MemoryError:
                write_frame(sink, OUT_OF_MEMORY, b"")
                return


def answer(sink: int, tag: bytes, data: bytes, limits: InspectionLimits) -> None:
    """Send the kind first, so that it is known even when opening the file ends this process."""
    write_frame(sink, KIND, recognise(data).value.encode())
    if tag == INSPECT:
        write_frame(sink, REPORT, inspect_file(data, limits).model_dump_json().encode())


def main(words: list[str]) -> int:
    """Keep the answers' stream away from libraries that print, then serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits = InspectionLimits.model_validate_json(words[0])
    source, sink = os.dup(0), os.dup(1)
    with open(os.devnull, "r+b", buffering=0) as nowhere:  # noqa: PTH123 - a device, and its descriptor is wanted
        for descriptor in (0, 1):
            os.dup2(nowhere.fileno(), descriptor)
    missing = limit_process(limits)
    write_frame(sink, HELLO, "\n".join(missing).encode())
    serve(source, sink, limits)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
