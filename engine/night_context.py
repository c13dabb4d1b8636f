"""What every phase of a night needs, in one value."""

from dataclasses import dataclass
from pathlib import Path

from distributed import Client

from domain.run import Run
from domain.unit import Unit
from engine.leave import manners_of, require_leave
from engine.night_plan import NightPlan, Stage
from engine.reporter import Reporter
from engine.settings import Settings
from portals.manners import Manners
from storage.store import Store


@dataclass(frozen=True, kw_only=True)
class NightContext:
    """A running night."""

    settings: Settings
    store: Store
    run: Run
    plan: NightPlan
    stage: Stage
    units: tuple[Unit, ...]
    client: Client
    reporter: Reporter

    @property
    def evidence_root(self) -> Path:
        return self.store.evidence.root

    @property
    def manners(self) -> Manners:
        """What this run promises its hosts, kept by all its processes together."""
        return manners_of(self.settings, self.plan.target, self.spool_folder / "manners")

    def raise_if_stopped(self) -> None:
        """Raise ``StoppedError`` once somebody has asked for a stop, or quiet hours have begun."""
        require_leave(self.settings, self.plan.target)

    @property
    def spool_folder(self) -> Path:
        """Where crawl processes leave what they saw until it is in the store."""
        return self.store.home / "spool" / self.run.id
