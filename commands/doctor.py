"""``yuece doctor``: whether this machine can make a night, and what is missing."""

import shutil
from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console

from domain.errors import ExitCode, MachineError, YueceError
from engine.settings import Settings, load_settings
from probes.browser_discovery import find_browser
from probes.browser_installation import ensure_browser, ensure_cjk_fonts, find_cjk_font
from storage.store import Store

FREE_BYTES_MIN = 2 * 1024**3


def run(
    repair: Annotated[bool, typer.Option("--repair", help="Install a missing browser or Chinese font.")] = False,
) -> None:
    """Check browser, fonts, disk and store; with --repair install what is missing where that is possible."""
    settings = load_settings()
    console = Console()
    checks: dict[str, Callable[[], str]] = {
        "browser": lambda: _browser(settings, repair),
        "chinese font": ensure_cjk_fonts if repair else find_cjk_font,
        "disk": lambda: _disk(settings),
        "store": lambda: _store(settings),
    }
    failed = [name for name, check in checks.items() if not _passes(console, name, check)]
    if failed:
        raise typer.Exit(ExitCode.OUR_ERROR)


def _passes(console: Console, name: str, check: Callable[[], str]) -> bool:
    try:
        console.print(f"ok       {name}: {check()}", markup=False, soft_wrap=True)
    except YueceError as error:
        console.print(f"missing  {name}: {error}", markup=False, soft_wrap=True)
        return False
    return True


def _browser(settings: Settings, repair: bool) -> str:
    if not repair:
        found = find_browser(settings.browser)
        return f"{found.name} {found.version}"
    found, how = ensure_browser(settings.browser)
    return f"{found.name} {found.version} ({how})"


def _disk(settings: Settings) -> str:
    place = next(folder for folder in (settings.home, *settings.home.resolve().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    if free < FREE_BYTES_MIN:
        raise MachineError(f"only {free // 1024**2} MiB are free at {str(place)!r}; a night needs 2 GiB")
    return f"{free // 1024**3} GiB free at {str(place)!r}"


def _store(settings: Settings) -> str:
    if not (settings.home / "yuece.db").exists():
        return "none yet"
    with Store.open(settings.home) as store:
        return f"{len(store.runs.all())} runs in {str(settings.home)!r}"
