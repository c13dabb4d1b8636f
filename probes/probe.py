"""The probe as a plug-in: a journey that one citizen makes about one item."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.failure import FailureReason
from domain.frozen import Frozen
from domain.guide_face import FaceReading
from domain.known_facts import KnownFacts
from domain.observation import Measure, ObservedRow
from domain.outcome import Outcome
from domain.registry import Registry
from probes.search.search_basis import SearchBasis

if TYPE_CHECKING:
    from probes.journey import Journey


class ProbeTask(Frozen):
    """One planned probe: portal × probe × item; ``item`` facts are what the journey may know beforehand."""

    portal: str
    unit: str | None
    probe_id: str
    item_id: str
    code: str
    title: str  # the item's official name: the keyword of the thin search plan
    declared_online: bool | None = None
    declared_bookable: bool | None = None
    online_url: str = ""
    known: KnownFacts = KnownFacts()
    salt: str = ""  # of the run, for whatever the probe draws
    like_services: str = ""  # the group of services whose effort is compared; "" = none
    search: SearchBasis = SearchBasis()

    @property
    def key(self) -> str:
        """Equals ``Observation.key``."""
        return f"{self.portal}/{self.probe_id}/{self.item_id}"


class ProbeResult(Frozen):
    """What a journey concludes; obstacles are raised instead and judged by the failure table."""

    outcome: Outcome
    reason: str = ""
    failure: FailureReason | None = None
    value: float | None = None
    measures: Mapping[str, Measure] = {}
    faces: tuple[FaceReading, ...] = ()
    rows: tuple[ObservedRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Probe:
    """A probe. ``applies`` decides from the declaration alone, so that nobody is visited in vain."""

    id: str  # "keyword-search"
    title: str
    why: str
    source: str
    version: int
    unit_of_value: str
    journey: "Callable[[Journey, ProbeTask], ProbeResult]"
    applies: Callable[[ProbeTask], bool]
    passing: str  # name of the sandbox scenario in which it passes
    failing: str  # name of the sandbox scenario in which it fails
    timing: bool = False  # takes times: made alone, without anything that slows pages (docs/evidence.md)
    archive: bool = False  # keeps scripts in its trace too, so that its pages can be given away as a web archive
    conclude: "Callable[[Sequence[ObservedRow]], ProbeResult] | None" = None  # from rows alone, as people graded them
    docs: str = "docs/probes.md"
    outage_is_fault: bool = True  # False: what line or server withhold is not what the probe judges (docs/fairness.md)


probes: Registry[Probe] = Registry("probe", "probes")
