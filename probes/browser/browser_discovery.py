"""Finds a Chromium that this machine already has, so that a probe never depends on a download at night."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.errors import MachineError

BROWSER_VARIABLE = "YUECE_BROWSER"
COMMANDS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge",
)
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
INSTALL_SENTENCE = (
    "no Chromium was found on this machine; run `playwright install chromium-headless-shell`, "
    "install the system package chromium-headless-shell or chromium, "
    f"or set {BROWSER_VARIABLE} to the path of a Chromium"
)
VERSION_FORM = re.compile(r"\d+(?:\.\d+){1,3}")
VERSION_WAIT_S = 10.0


@dataclass(frozen=True, kw_only=True)
class BrowserFound:
    """A browser to start: ``path`` is ``None`` for Playwright's own; ``version`` is "" until it has been started."""

    path: Path | None
    name: str
    version: str


def find_browser(
    setting: str = "", *, playwrights_own: Path | None = None, environment: Mapping[str, str] = os.environ
) -> BrowserFound:
    """Find a Chromium: the setting or ``YUECE_BROWSER``, then Playwright's own, then the system's.

    ``playwrights_own`` is ``playwright.chromium.executable_path``. Raises ``MachineError`` when a named browser is not
    there or none is found.
    """
    wanted = setting or environment.get(BROWSER_VARIABLE, "")
    if wanted:
        return _named(wanted, environment)
    if playwrights_own is not None and playwrights_own.is_file():
        return BrowserFound(path=None, name="playwright-chromium", version="")
    found = next(_installed(environment), None)
    if found is None:
        raise MachineError(INSTALL_SENTENCE)
    return describe(found)


def describe(path: Path) -> BrowserFound:
    """Ask a browser for its version; raise ``MachineError`` when the file cannot be run."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=VERSION_WAIT_S, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        raise MachineError(
            f"the browser {str(path)!r} cannot be started ({error}); name a Chromium that runs"
        ) from None
    version = VERSION_FORM.search(answer.stdout)
    return BrowserFound(path=path, name=path.stem, version=version[0] if version else "")


def _named(wanted: str, environment: Mapping[str, str]) -> BrowserFound:
    found = shutil.which(wanted, path=environment.get("PATH"))
    if found is None:
        raise MachineError(f"the browser {wanted!r} (setting or {BROWSER_VARIABLE}) is not an executable file")
    return describe(Path(found))


def _installed(environment: Mapping[str, str]) -> Iterator[Path]:
    for command in COMMANDS:
        if found := shutil.which(command, path=environment.get("PATH")):
            yield Path(found)
    yield from (place for place in map(Path, USUAL_PLACES) if place.is_file())
