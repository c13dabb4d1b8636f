"""One mechanism that registers every plug-in: adapters, rules, probes and indicators."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Generic, Protocol, TypeVar

from domain.errors import unknown


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str: ...


class DuplicateIdError(Exception):
    """Two plug-ins claim one id: refuse to start."""


PlugIn = TypeVar("PlugIn", bound=Identified)


class Registry(Generic[PlugIn]):
    """The plug-ins of one kind, found by importing every module of a package."""

    def __init__(self, kind: str, package: str) -> None:
        self.kind = kind
        self.package = package
        self._plug_ins: dict[str, PlugIn] = {}
        self._discovered = False

    def register(self, plug_in: PlugIn) -> PlugIn:
        """Add a plug-in; a second one with the same id raises ``DuplicateIdError``."""
        if plug_in.id in self._plug_ins:
            raise DuplicateIdError(f"two {self.kind}s are called {plug_in.id!r}")
        self._plug_ins[plug_in.id] = plug_in
        return plug_in

    def all(self) -> tuple[PlugIn, ...]:
        """Return every plug-in, ordered by id."""
        self._discover()
        return tuple(self._plug_ins[key] for key in sorted(self._plug_ins))

    def get(self, name: str) -> PlugIn:
        """Return one plug-in; raise ``UsageError`` with the known ids for any other name."""
        self._discover()
        if name not in self._plug_ins:
            raise unknown(self.kind, name, self._plug_ins)
        return self._plug_ins[name]

    def _discover(self) -> None:
        if not self._discovered:
            self._discovered = True
            for _ in import_submodules(self.package):
                pass


def import_submodules(package: str) -> Iterator[ModuleType]:
    """Import every module below a package, so that each registers what it defines."""
    root = importlib.import_module(package)
    for info in pkgutil.walk_packages(root.__path__, prefix=f"{package}."):
        yield importlib.import_module(info.name)
