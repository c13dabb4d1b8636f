"""What the tests of this folder share: the sandbox's desk, its guides with their truth, and tasks for the probes."""

import json
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from portals.adapter import adapters
from portals.citizen import Account
from probes.browser.browser_settings import BrowserSettings
from probes.probe import ProbeTask
from probes.run_probe import ProbeRunner
from storage.evidence_store import EvidenceStore

FAST = BrowserSettings(wait_ms=3_000, snapshots=False)
"""Nothing on loopback takes three seconds, except what never comes; whoever looks at no trace needs no snapshots."""

TRACED = FAST.model_copy(update={"snapshots": True})
"""As in a night; a test module that says ``SETTINGS = TRACED`` gets all of its runners so."""

Guide = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """The sandbox's control desk."""

    url: str

    def ask(self, path: str, body: bytes | None = None) -> Any:  # noqa: ANN401 - JSON of any shape
        with urllib.request.urlopen(urllib.request.Request(self.url + path, data=body), timeout=10) as answer:
            return json.loads(answer.read())

    def changes(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("/ledger")["state_changing"]
        return found


@dataclass(frozen=True)
class Guides:
    """The guides of the sandbox with what is true about them."""

    rows: tuple[Guide, ...]
    misbehaviours: dict[str, str]

    def where(self, fits: Callable[[Guide], bool]) -> Guide:
        return next(row for row in self.rows if fits(row))

    def misbehaving(self, name: str) -> Guide:
        item_id = next(item_id for item_id, fault in self.misbehaviours.items() if fault == name)
        return self.where(lambda row: row["item_id"] == item_id)

    def plain(self, *probes: str) -> Guide:
        """Return a guide without any misbehaviour whose probes pass."""
        return self.where(
            lambda row: (
                row["item_id"] not in self.misbehaviours
                and all(row["probes"][probe]["gdzwfw"]["outcome"] == "pass" for probe in probes)
            )
        )


def task_of(guide: Guide, probe_id: str, *, portal: str = "gdzwfw", online_url: str = "") -> ProbeTask:
    """Plan one probe as the engine would when it knows nothing beforehand."""
    return ProbeTask(
        portal=portal,
        unit=guide["body"],
        probe_id=probe_id,
        item_id=guide["item_id"],
        code=guide["handling_code"] or guide["task_code"],
        title=guide["name"],
        online_url=online_url,
    )


@dataclass
class Bench:
    """One warm runner at a time; asking for another one closes it first."""

    origins: dict[str, str]
    evidence: EvidenceStore
    account: Account
    settings: BrowserSettings = FAST
    _open: dict[str, ProbeRunner] = field(default_factory=dict)

    def runner(self, portal: str = "gdzwfw", **changes: Any) -> ProbeRunner:  # noqa: ANN401 - any argument
        key = f"{portal} {changes}"
        if key not in self._open:
            self.close()
            adapter = adapters.get(portal)
            usual = {
                "adapter": adapter,
                "site": adapter.site(self.origins),
                "evidence": self.evidence,
                "run": "20261123T013000Z-test",
                "account": self.account,
                "settings": self.settings,
            }
            self._open[key] = ProbeRunner(**(usual | changes))
        return self._open[key]

    def close(self) -> None:
        for runner in self._open.values():
            runner.__exit__(None, None, None)
        self._open.clear()


MARK = (215, 38, 61)  # the outline around a place that is pointed at
NEAR = 18  # pictures are kept with losses; the sandbox has buttons of a red that is 27 away


def count_marked(picture: Image.Image) -> int:
    """Count the pixels that bear about the mark's colour."""
    colours = picture.convert("RGB").getcolors(maxcolors=2**24) or []
    near = (count for count, colour in colours if max(abs(a - b) for a, b in zip(colour, MARK, strict=True)) <= NEAR)
    return sum(near)
