"""A store on disk with one finished night, and the builders that made it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store

sys.path.insert(0, str(Path(__file__).parent))

from filled_store import fill_night, make_run


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """One finished night of four bodies with four guides each."""
    with Store.open(tmp_path / "home") as opened:
        fill_night(opened, make_run())
        yield opened
