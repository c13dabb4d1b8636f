"""One reader for the corpus's data files, so that each concept asks for its table by name."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_table(name: str) -> dict[str, Any]:
    """Read ``data/<name>.toml``; the parsed table is shared, so nobody may change it."""
    return tomllib.loads(files("sandbox.corpus").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
