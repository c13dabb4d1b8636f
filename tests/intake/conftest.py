"""A store with one crawled night, and tables that openpyxl fills in as an evaluator would."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.run import Run
from storage.store import Store

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "exports"))

from filled_store import SECOND_NIGHT, fill_night, make_run


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home") as opened:
        fill_night(opened, make_run())
        yield opened


@pytest.fixture
def about(store: Store) -> Run:
    return store.runs.get(SECOND_NIGHT)
