"""A host's meter holds between processes: pauses, budgets and the switch are the run's and not one process's."""

import itertools
import multiprocessing
import time
from pathlib import Path

import pytest

from portals.manners import BUDGET, STOPPED, HostMeter, Manners


def take_some(manners: Manners, count: int, places: "multiprocessing.Queue[float]") -> None:
    meter = HostMeter(manners)
    for _ in range(count):
        wait = meter.take("h")
        assert isinstance(wait, float)
        places.put(time.time() + wait)
        time.sleep(wait)


def test_two_processes_share_one_pause(tmp_path: Path) -> None:
    manners = Manners(folder=tmp_path, delay_s=0.05)
    places: multiprocessing.Queue[float] = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=take_some, args=(manners, 10, places)) for _ in range(3)]
    for worker in workers:
        worker.start()
    taken = sorted(places.get(timeout=30) for _ in range(30))
    for worker in workers:
        worker.join(30)
    gaps = [after - before for before, after in itertools.pairwise(taken)]
    assert min(gaps) >= 0.04, "no two places of one host lie closer than the pause"


def test_parts_of_a_page_wait_less_than_pages(tmp_path: Path) -> None:
    meter = HostMeter(Manners(folder=tmp_path, delay_s=10, part_delay_s=0.5))
    assert meter.take("h") == 0
    part, page = meter.take("h", document=False), meter.take("h")
    assert 0.3 < float(part) <= 0.5
    assert 9 < float(page) <= 10
    assert meter.take("other") == 0


def test_budgets_are_the_runs(tmp_path: Path) -> None:
    manners = Manners(folder=tmp_path, requests_max=3, bytes_max=1_000)
    first, second = HostMeter(manners), HostMeter(manners)
    assert [first.take("h"), second.take("h")] == [0, 0]
    second.receive("h", 400)
    assert first.used("h") == (2, 400)
    assert [first.take("h"), second.take("h")] == [0, BUDGET]
    assert first.take("other") == 0
    first.receive("other", 1_000)
    assert second.take("other") == BUDGET


def test_the_switch_holds_without_any_meter(tmp_path: Path) -> None:
    meter = HostMeter(Manners(stop=tmp_path / "STOP"))
    assert meter.take("h") == 0
    (tmp_path / "STOP").touch()
    assert meter.take("h") == STOPPED
    (tmp_path / "STOP").unlink()
    assert meter.take("h") == 0


@pytest.mark.parametrize("manners", [Manners(), Manners(delay_s=5)])
def test_without_a_folder_nobody_waits(manners: Manners) -> None:
    meter = HostMeter(manners)
    assert [meter.take("h") for _ in range(3)] == [0, 0, 0]
    assert meter.used("h") == (0, 0)
