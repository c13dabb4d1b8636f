"""Puts the files that a citizen chooses on a shelf of this process, since a browser takes a path faster than 20 MB."""

import atexit
import tempfile
from functools import cache
from pathlib import Path

from portals.citizen import UploadFile


@cache
def shelf() -> Path:
    """Open the shelf; it goes with the process."""
    folder = tempfile.TemporaryDirectory(prefix="yuece-upload-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


@cache
def path_of(file: UploadFile) -> Path:
    """Return where a file lies; the same file is written once."""
    place = shelf() / str(len(list(shelf().iterdir())))
    place.mkdir()
    path = place / file.name
    with path.open("wb") as stream:
        stream.write(file.content)
        if file.padded_to_bytes:
            stream.truncate(file.padded_to_bytes)
    return path
