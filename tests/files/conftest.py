"""Makers of papers, and LibreOffice where it is installed."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from papers import convert


@pytest.fixture
def office(tmp_path: Path) -> Callable[[str, bytes, str], bytes]:
    """Convert with LibreOffice; without its writer the old formats cannot be made by a third party, so skip."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui")

    def make(name: str, data: bytes, target: str) -> bytes:
        try:
            made = convert(program, tmp_path, name, data, target)
        except subprocess.CalledProcessError:
            made = b""
        if not made:
            pytest.skip(f"this LibreOffice cannot write {target} from {name}")
        return made

    return make
