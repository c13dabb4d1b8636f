"""Downloads that never end well: 2 GiB made while they are sent, a stream without end, one byte a second."""

import asyncio
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from sandbox.model import Attachment

CHUNK = bytes(range(256)) * 256  # 64 KiB, made once
HUGE_BYTES = 2 << 30
ENDLESS_BYTES_MAX = 512 << 20  # the stream says no length; the replica stops it here all the same
DRIP_S = 1.0
DRIPS_MAX = 600


async def pour(total: int) -> AsyncIterator[bytes]:
    """Yield so many bytes, chunk by chunk, giving way to other visitors in between."""
    for _ in range(total // len(CHUNK)):
        yield CHUNK
        await asyncio.sleep(0)


async def drip() -> AsyncIterator[bytes]:
    """Yield a byte a second for ten minutes."""
    for _ in range(DRIPS_MAX):
        yield b"P"
        await asyncio.sleep(DRIP_S)


def stream_file(file: Attachment, headers: dict[str, str]) -> Response | None:
    """Answer a file that misbehaves; ``None`` for a plain one."""
    if file.behaviour == "huge":
        known = headers | {"Content-Length": str(HUGE_BYTES)}
        return StreamingResponse(pour(HUGE_BYTES), headers=known, media_type=file.media_type)
    if file.behaviour == "endless":
        return StreamingResponse(pour(ENDLESS_BYTES_MAX), headers=headers, media_type=file.media_type)
    return StreamingResponse(drip(), headers=headers, media_type=file.media_type) if file.behaviour == "drip" else None
