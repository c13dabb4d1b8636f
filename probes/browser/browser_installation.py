"""Puts a browser and Chinese fonts on this machine where that is possible, or says exactly what to install."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from domain.errors import MachineError
from probes.browser.browser_discovery import BrowserFound, find_browser

PLAYWRIGHT_INSTALL = (sys.executable, "-m", "playwright", "install", "chromium-headless-shell")
APT_BROWSER = "chromium-headless-shell"
APT_FONT = "fonts-wqy-zenhei"
INSTALL_TIMEOUT_S = 600


def ensure_browser(setting: str = "") -> tuple[BrowserFound, str]:
    """Return a browser and how it came about; raise ``MachineError`` with what to install when none can be had."""
    try:
        return find_browser(setting), "found"
    except MachineError:
        if setting:
            raise
    for how, commands in _browser_installs():
        if all(_succeeds(command) for command in commands):
            try:
                return find_browser(), how
            except MachineError:
                continue
    return find_browser(), "found"  # raises with the sentence that says what to install


def _browser_installs() -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    yield "installed by Playwright", [PLAYWRIGHT_INSTALL]
    if _apt_works():
        yield "installed by apt-get", [("apt-get", "update", "-q"), _apt_install(APT_BROWSER)]
        yield "installed by apt-get", [_apt_install("chromium")]


def find_cjk_font() -> str:
    """Say where Chinese glyphs come from; raise ``MachineError`` when screenshots would show boxes."""
    if not sys.platform.startswith("linux"):
        return "part of the system"
    if shutil.which("fc-list") is not None:
        listed = subprocess.run(("fc-list", ":lang=zh", "family"), capture_output=True, text=True, check=False)
        families = listed.stdout.split("\n")
        if families[0].strip():
            return families[0].strip()
    raise MachineError(
        f"no Chinese font is installed: install one, such as Debian's {APT_FONT} or fonts-noto-cjk (and fontconfig)"
    )


def ensure_cjk_fonts() -> str:
    """Like ``find_cjk_font``, installing one with apt-get where that is possible."""
    try:
        return find_cjk_font()
    except MachineError:
        if not _apt_works():
            raise
    _succeeds(("apt-get", "update", "-q"))
    _succeeds(_apt_install(APT_FONT, "fontconfig"))
    return find_cjk_font()


def _apt_works() -> bool:
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def _apt_install(*packages: str) -> tuple[str, ...]:
    return ("apt-get", "install", "-y", "-q", "--no-install-recommends", *packages)


def _succeeds(command: tuple[str, ...]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=INSTALL_TIMEOUT_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
