"""Playwright's own trace viewer lies in its installed package: found there and served, never copied or imported."""

from importlib.util import find_spec
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from exports.links import evidence_path
from web.security_headers import VIEWER_PREFIX

VIEWER_FOLDER = Path("driver", "package", "lib", "vite", "traceViewer")


def find_viewer() -> Path | None:
    """Return the viewer's folder, or ``None`` on a machine without it."""
    spec = find_spec("playwright")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place, VIEWER_FOLDER)
        if (folder / "index.html").is_file():
            return folder
    return None


def mount_viewer(app: FastAPI) -> bool:
    """Serve the viewer below its prefix; return whether it is there."""
    folder = find_viewer()
    if folder is None:
        return False
    app.mount(VIEWER_PREFIX, StaticFiles(directory=folder, html=True), name="trace-viewer")
    return True


def viewer_address(trace: str) -> str:
    """Address that opens a kept trace; relative to this origin, so that nothing leaves the machine."""
    return f"{VIEWER_PREFIX}/index.html?trace={evidence_path(trace)}.zip"
