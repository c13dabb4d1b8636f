"""The house keeps its shape: who may import whom, who is whose only home, and how long a file may grow."""

import ast
import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALLOWED: dict[str, set[str]] = {
    "domain": set(),
    "files": {"domain"},
    "readability": {"domain"},
    "portals": {"domain"},
    "storage": {"domain"},
    "crawler": {"domain", "files", "portals", "storage"},
    "probes": {"domain", "files", "portals", "storage"},
    "scoring": {"domain"},
    "exports": {"domain", "storage"},
    "intake": {"domain", "storage"},
    "web": {"domain", "storage", "exports", "intake"},
    "engine": {"domain", "files", "readability", "portals", "storage", "crawler", "probes", "scoring", "exports"},
    "schedules": {"domain"},
    "sandbox": set(),
}
ALLOWED["commands"] = set(ALLOWED) | {"commands"}
ALLOWED["yuece"] = set(ALLOWED)
ONLY_HOME: dict[str, set[str]] = {
    "scrapy": {"crawler"},
    "twisted": {"crawler"},
    "playwright": {"probes"},
    "sqlmodel": {"storage"},
    "sqlalchemy": {"storage"},
    "alembic": {"storage"},
    "apscheduler": {"schedules"},
    "fastapi": {"web"},
    "distributed": {"engine"},
    "dask": {"engine"},
    "typer": {"commands", "yuece"},
    "parsel": {"portals"},
}
DOMAIN_LIBRARIES = {"pydantic", "pydantic_core"}  # the second is the first one's own core
FILE_LINES_MAX = 400
FUNCTION_LINES_MAX = 60


def source_files() -> list[Path]:
    packages = [path for name in ALLOWED for path in (ROOT / name).rglob("*.py")]
    return sorted([*packages, ROOT / "schedules.py", ROOT / "yuece.py"])


def home_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a file, the module first."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports_of(path: Path) -> Iterator[str]:
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def test_imports_follow_the_table() -> None:
    """One test for all files: a test of its own for each of them costs more than the reading."""
    assert len(source_files()) > 500
    assert [complaint for path in source_files() for complaint in list_strangers(path)] == []


def list_strangers(path: Path) -> Iterator[str]:
    home = home_of(path)
    for module in imports_of(path):
        top = module.partition(".")[0]
        if top in ALLOWED and top != home and top not in ALLOWED[home]:
            yield f"{path}: {home} may not import {top}: change the table with a reason in docs/decisions/"
        if top in ONLY_HOME and home not in ONLY_HOME[top]:
            yield f"{path}: {top} lives in {ONLY_HOME[top]} only"


def test_domain_needs_nothing_but_pydantic() -> None:
    import sys

    for path in (ROOT / "domain").rglob("*.py"):
        for module in imports_of(path):
            top = module.partition(".")[0]
            assert top in sys.stdlib_module_names or top in DOMAIN_LIBRARIES or top == "domain", (
                f"{path.name}: {module}"
            )


def test_packages_are_those_of_this_checkout() -> None:
    """Flat package names are global: an editable install of another project must not win silently."""
    for name in ALLOWED:
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        assert Path(spec.origin).resolve().is_relative_to(ROOT)


def test_every_package_is_in_the_wheel() -> None:
    import tomllib

    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = set(config["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"])
    assert included == {name for name in ALLOWED if (ROOT / name).is_dir()} | {"schedules.py", "yuece.py"}


def test_files_and_functions_stay_readable() -> None:
    assert [complaint for path in source_files() for complaint in list_unreadable(path)] == []


def list_unreadable(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    module = nodes_of(path)[0]
    assert isinstance(module, ast.Module)
    if text.count("\n") > FILE_LINES_MAX:
        yield f"{path} has more than {FILE_LINES_MAX} lines"
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES_MAX:
                yield f"{path}: {node.name} has {length} lines"
    if text.strip() and not ast.get_docstring(module):
        yield f"{path}: a module says in one sentence why it exists"


def test_nothing_is_called_utils() -> None:
    shelves = {"utils", "util", "helpers", "helper", "base", "manager", "common", "misc"}
    assert not [path for path in source_files() if path.stem in shelves]
