"""How tests run everywhere: property tests without a clock, and the longest files first."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine draws slowly, which says nothing about the code.
settings.register_profile("yuece", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("yuece")

LONGEST = (
    *("test_night.py", "test_probes_against_truth.py", "test_doctor_portal.py", "test_application_depth.py"),
    *("test_addresses.py", "test_run_probe.py", "test_verdicts.py", "test_instrument_health.py"),
    "test_real_records.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Hand out files with a browser before the many small ones, so that no worker is left alone with a long one."""
    slow = {item.path for item in items if item.get_closest_marker("browser")}
    items.sort(key=lambda item: rank(item.path, slow))


def rank(path: Path, slow: set[Path]) -> int:
    if path.name in LONGEST:
        return LONGEST.index(path.name)
    return len(LONGEST) if path in slow else len(LONGEST) + 1
