"""``yuece doctor``: whether this machine can make a night and, with a portal, whether we still understand that one."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from commands.options import JsonOutput, Seed, Size, Units
from commands.sandbox_choice import Announcement, sandbox_options
from domain.errors import ExitCode, MachineError, YueceError
from domain.unit import named_units
from engine.doctor.check_line import CheckLine, CheckState
from engine.doctor.portal_doctor import examine_portals
from engine.settings import Settings, load_settings
from probes.browser.browser_discovery import find_browser
from probes.browser.browser_installation import ensure_browser, ensure_cjk_fonts, find_cjk_font
from storage.store import Store

FREE_BYTES_MIN = 2 * 1024**3
MISSING = "missing"
WORST_FIRST = (ExitCode.UNREACHABLE, ExitCode.OUR_ERROR, ExitCode.REFUSED, ExitCode.PARTIAL)


def run(
    repair: Annotated[bool, typer.Option("--repair", help="Install a missing browser or Chinese font.")] = False,
    portal: Annotated[
        str | None,
        typer.Option("--portal", help="gdzwfw, yss, yst; sandbox: all of them there; live: each host from the door."),
    ] = None,
    target: Annotated[str, typer.Option("--target", help="sandbox or live.")] = "sandbox",
    units: Units = None,
    sandbox: Announcement = None,
    size: Size = "small",
    seed: Seed = 2021,
    json_output: JsonOutput = False,
) -> None:
    """Check browser, fonts, disk and store; with --portal check listing, documents, parsing and page selectors."""
    settings = load_settings()
    if portal is None:
        _check_machine(settings, repair, json_output=json_output)
        return
    chosen = tuple(unit.id for unit in named_units(units))
    options = sandbox_options(size, seed, announcement=sandbox)
    found: list[tuple[str, CheckLine]] = []
    for where, line in examine_portals(settings, portal, target=target, units=chosen, sandbox=options):
        found.append((where, line))
        if not json_output:
            _print_line(where, line)
    if json_output:
        lines = [{"portal": where, **line.model_dump(mode="json")} for where, line in found]
        sys.stdout.write(json.dumps({"lines": lines}, ensure_ascii=False) + "\n")
    codes = {line.exit_code for _, line in found if line.state is CheckState.FAILED}
    if codes:
        raise typer.Exit(next(code for code in WORST_FIRST if code in codes))


def _print_line(portal: str, line: CheckLine) -> None:
    Console().print(f"{line.state.value:8} {portal:7} {line.name}: {line.said}", markup=False, soft_wrap=True)


def _check_machine(settings: Settings, repair: bool, *, json_output: bool) -> None:
    checks: dict[str, Callable[[], str]] = {
        "browser": lambda: _browser(settings, repair),
        "chinese font": ensure_cjk_fonts if repair else find_cjk_font,
        "disk": lambda: _disk(settings.home),
        "store": lambda: _store(settings),
    }
    found = []
    for name, check in checks.items():
        state, said = _outcome(check)
        found.append({"name": name, "state": state, "said": said})
        if not json_output:
            Console().print(f"{state:8} {name}: {said}", markup=False, soft_wrap=True)
    if json_output:
        sys.stdout.write(json.dumps({"lines": found}, ensure_ascii=False) + "\n")
    if any(line["state"] == MISSING for line in found):
        raise typer.Exit(ExitCode.OUR_ERROR)


def _outcome(check: Callable[[], str]) -> tuple[str, str]:
    try:
        return "ok", check()
    except YueceError as error:
        return MISSING, str(error)


def _browser(settings: Settings, repair: bool) -> str:
    if not repair:
        found = find_browser(settings.browser)
        return f"{found.name} {found.version}"
    found, how = ensure_browser(settings.browser)
    return f"{found.name} {found.version} ({how})"


def _disk(home: Path) -> str:
    place = next(folder for folder in (home, *home.resolve().parents) if folder.exists())
    free = shutil.disk_usage(place).free
    if free < FREE_BYTES_MIN:
        raise MachineError(f"only {free // 1024**2} MiB are free at {str(place)!r}; a night needs 2 GiB")
    return f"{free // 1024**3} GiB free at {str(place)!r}"


def _store(settings: Settings) -> str:
    if not (settings.home / "yuece.db").exists():
        return "none yet"
    with Store.open(settings.home) as store:
        return f"{len(store.runs.all())} runs in {str(settings.home)!r}"
