"""The few bytes that go between the inspector and the process that opens files."""

import os
import select
import struct
import time

HEADER = struct.Struct(">cI")
CHUNK_BYTES = 1024 * 1024
FRAME_BYTES_MAX = 16 * CHUNK_BYTES  # of an answer; a question may be as long as a file
HELLO, INSPECT, RECOGNISE, KIND, REPORT, OUT_OF_MEMORY = b"H", b"I", b"R", b"K", b"P", b"M"


class ClosedError(Exception):
    """The other side is gone."""


class TooSlowError(Exception):
    """The other side did not answer in time."""


def write_frame(fd: int, tag: bytes, body: bytes) -> None:
    """Write a frame; raises ``ClosedError`` when nobody reads any more."""
    try:
        for piece in (HEADER.pack(tag, len(body)), body):
            view = memoryview(piece)
            while view:
                view = view[os.write(fd, view[:CHUNK_BYTES]) :]
    except BrokenPipeError as fault:
        raise ClosedError from fault


def read_frame(fd: int, *, bytes_max: int, deadline: float | None = None) -> tuple[bytes, bytes]:
    """Read a frame and return (tag, body); ``deadline`` is a reading of the monotonic clock.

    Raises:
        ClosedError: the stream ended, or the frame is longer than allowed.
        TooSlowError: the deadline passed.
    """
    tag, length = HEADER.unpack(read_exactly(fd, HEADER.size, deadline))
    if length > bytes_max:
        raise ClosedError
    return tag, read_exactly(fd, length, deadline)


def read_exactly(fd: int, size: int, deadline: float | None) -> bytes:
    """Read so many bytes; raises as ``read_frame`` does."""
    pieces = bytearray()
    while len(pieces) < size:
        if deadline is not None and not select.select([fd], [], [], max(0.0, deadline - time.monotonic()))[0]:
            raise TooSlowError
        piece = os.read(fd, min(CHUNK_BYTES, size - len(pieces)))
        if not piece:
            raise ClosedError
        pieces += piece
    return bytes(pieces)
