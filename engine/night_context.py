"""What every phase of a night needs, in one value."""

from dataclasses import dataclass
from pathlib import Path

from distributed import Client

from domain.run import Run
from domain.unit import Unit
from engine.night_plan import NightPlan, Stage
from engine.reporter import Reporter
from engine.settings import Settings
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
    def spool_folder(self) -> Path:
        """Where crawl processes leave what they saw until it is in the store."""
        return self.store.home / "spool" / self.run.id
