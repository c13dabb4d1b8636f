"""Demo corpora that several tests of this folder read."""

import sys
from pathlib import Path

import pytest

from sandbox.corpus.demo import make_demo
from sandbox.model import Corpus, Origins

sys.path.insert(0, str(Path(__file__).parent))
HOSTS = ("www", "static", "tyrz", "bsxt", "yss", "yst", "dept", "control")


def make_origins() -> Origins:
    """Name the hosts as a running sandbox would."""
    return Origins(**{host: f"http://127.0.0.1:{8700 + port}" for port, host in enumerate(HOSTS)})


@pytest.fixture(scope="session")
def origins() -> Origins:
    """The hosts' origins."""
    return make_origins()


@pytest.fixture(scope="session")
def small(origins: Origins) -> Corpus:
    """A corpus of 150 guides."""
    return make_demo(seed=7, size=150, origins=origins)


@pytest.fixture(scope="session")
def medium(origins: Origins) -> Corpus:
    """A corpus of 1,200 guides."""
    return make_demo(seed=7, size=1200, origins=origins)
