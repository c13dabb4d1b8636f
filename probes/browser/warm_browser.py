"""Keeps one browser running from probe to probe, and can end it from outside when it hangs."""

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from domain.errors import MachineError
from probes.browser.browser_discovery import BrowserFound, find_browser
from probes.browser.browser_settings import BrowserSettings
from probes.safety.gate import GATE_ARGUMENTS, Gate


class WarmBrowser:
    """One Playwright and one Chromium of one thread; ``kill`` alone may be called from another thread."""

    def __init__(self, settings: BrowserSettings) -> None:
        self._settings = settings
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._gate: Gate | None = None
        self._found: BrowserFound | None = None
        self._pid: int | None = None
        self._driver_pid: int | None = None
        self._uses = 0
        self._pinned: Mapping[str, str] | None = None

    @property
    def name(self) -> str:
        """Name and version of the browser that runs, "" before the first start."""
        if self._browser is None or self._found is None:
            return ""
        return f"{self._found.name} {self._browser.version}"

    @property
    def pid(self) -> int | None:
        """Process id of the running browser."""
        return self._pid

    def open_context(
        self, *, mobile: bool, pins: Mapping[str, tuple[str, ...]] | None = None
    ) -> tuple[BrowserContext, Gate]:
        """Return a fresh context and the gate in front of it; start or recycle the browser when that is due.

        ``pins`` are the only names the browser may connect to, with their checked addresses; ``None`` leaves names to
        the machine's resolver (the sandbox's are addresses already).
        """
        if holds_pins(self._pinned, pins) and self._uses < self._settings.recycle_after and self._is_running():
            with suppress(PlaywrightError):  # a browser or driver that died meanwhile still calls itself connected
                return self._new_context(mobile=mobile)
        self.close()
        self._pinned = None if pins is None else {host: found[0] for host, found in pins.items() if found}
        self._start()
        try:
            return self._new_context(mobile=mobile)
        except PlaywrightError as error:
            raise MachineError(f"the browser does not answer: {error.message.splitlines()[0]}") from error

    def close(self) -> None:
        """End the browser and Playwright; whatever no longer answers is killed."""
        with suppress(Exception):
            if self._browser is not None:
                self._browser.close()
        self.kill()
        with suppress(Exception):
            if self._playwright is not None:
                self._playwright.stop()
        self._playwright = self._browser = self._gate = self._pid = self._driver_pid = None
        self._uses = 0

    def kill(self) -> None:
        """End the browser's processes at once; Playwright's calls then raise in their own thread."""
        if self._pid is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            group = os.getpgid(self._pid) if hasattr(os, "getpgid") else None
            if group is not None and group != os.getpgid(0):
                os.killpg(group, signal.SIGKILL)
            else:
                os.kill(self._pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

    def kill_driver(self) -> None:
        """End Playwright's own process as well, for a call that even a dead browser does not bring back."""
        self.kill()
        if self._driver_pid is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(self._driver_pid, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)

    def _new_context(self, *, mobile: bool) -> tuple[BrowserContext, Gate]:
        if self._browser is None or self._gate is None:
            raise MachineError("the browser did not start")
        context = self._browser.new_context(**self._looks(mobile=mobile))
        self._gate.refuse_channels(context)
        self._uses += 1
        return context, self._gate

    def _is_running(self) -> bool:
        return self._browser is not None and self._browser.is_connected()

    def _start(self) -> None:
        self._playwright = sync_playwright().start()
        chromium = self._playwright.chromium
        self._found = find_browser(self._settings.executable, playwrights_own=Path(chromium.executable_path))
        try:
            self._browser = chromium.launch(
                executable_path=self._found.path,
                headless=self._settings.headless,
                args=[*GATE_ARGUMENTS, *pin_arguments(self._pinned)],
            )
            self._pid = find_pid(self._browser)
            self._driver_pid = find_driver_pid(self._pid)
            self._gate = Gate(self._browser)
        except PlaywrightError as error:
            self.close()
            raise MachineError(f"the browser does not start: {error.message.splitlines()[0]}") from error

    def _arguments(self) -> list[str]:
        return [*GATE_ARGUMENTS, f"--js-flags=--max-old-space-size={self._settings.heap_mb}"]

    def _looks(self, *, mobile: bool) -> dict[str, Any]:
        settings = self._settings
        width, height = settings.phone if mobile else settings.desktop
        looks: dict[str, Any] = {
            "viewport": {"width": width, "height": height},
            "locale": settings.locale,
            "timezone_id": settings.time_zone,
            "is_mobile": mobile,
            "has_touch": mobile,
            "service_workers": "block",
            "accept_downloads": False,
        }
        return looks | ({"user_agent": settings.user_agent} if settings.user_agent else {})


def holds_pins(pinned: Mapping[str, str] | None, pins: Mapping[str, tuple[str, ...]] | None) -> bool:
    """Say whether a running browser knows every name asked for by an address that the name still has."""
    if pinned is None or pins is None:
        return pinned is None and pins is None
    return all(pinned.get(host) in found for host, found in pins.items() if found)


def pin_arguments(pinned: Mapping[str, str] | None) -> tuple[str, ...]:
    """Return Chromium's argument that binds names to addresses and leaves every other name without any."""
    if pinned is None:
        return ()
    bound = [f"MAP {host} {f'[{address}]' if ':' in address else address}" for host, address in pinned.items()]
    return (f"--host-resolver-rules={','.join([*bound, 'MAP * ~NOTFOUND'])}",)


def find_pid(browser: Browser) -> int | None:
    """Ask the browser for the process id of its main process."""
    session = browser.new_browser_cdp_session()
    try:
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    finally:
        session.detach()
    return next((int(process["id"]) for process in processes if process["type"] == "browser"), None)


def find_driver_pid(browser_pid: int | None) -> int | None:
    """Return the process id of Playwright's driver: of the browser's ancestors the one that this process started.

    ``None`` when there is none, or the browser is gone. Playwright itself does not tell.
    """
    if browser_pid is None:
        return None
    with suppress(psutil.Error):
        for ancestor in psutil.Process(browser_pid).parents():
            if ancestor.ppid() == os.getpid():
                return int(ancestor.pid)
    return None
