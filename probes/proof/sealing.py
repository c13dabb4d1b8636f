"""Closes the proof of one visit: the wire, the console, the circumstances and the conclusion join the pictures, and a
manifest names and hashes all of them."""

import json
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from domain.evidence import Evidence, EvidenceKind
from domain.manifest import CIRCUMSTANCES_NAME, MANIFEST_NAME, OBSERVED_NAME, Manifest
from domain.observation import Observation
from portals.adapter import PortalAdapter
from probes.browser.browser_settings import BrowserSettings
from probes.probe import Probe
from probes.proof.circumstances import (
    Clock,
    clock_facts,
    host_table,
    portal_skews_s,
    settings_hash,
    source_hash,
    tool_hash,
    versions,
)
from probes.proof.evidence_writer import EvidenceWriter
from probes.proof.host_facts import HostFacts
from probes.proof.recorder import Recorder
from probes.proof.trace_scrubbing import Scrubber
from probes.proof.wire_record import WireRecord, read_wire

JSON_TYPE = "application/json"
TEXT_TYPE = "text/plain; charset=utf-8"
PEM_TYPE = "application/x-pem-file"
NOTHING_ON_THE_WIRE = WireRecord(entries=(), console=())


@dataclass(frozen=True, kw_only=True)
class VisitRecord:
    """Everything that is kept of one visit until it is sealed."""

    probe: Probe
    adapter: PortalAdapter
    settings: BrowserSettings
    recorder: Recorder
    hosts: HostFacts
    began: Clock

    @property
    def writer(self) -> EvidenceWriter:
        return self.recorder.writer

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Records of all artefacts, once they are written."""
        return self.writer.evidence()


def watch_hosts(page: Page, *, bare: bool) -> HostFacts:
    """Begin to note the hosts of a page and of those that it opens; in a ``bare`` pass nothing listens."""
    facts = HostFacts()
    if not bare:
        facts.listen(page)  # before it goes anywhere: as an event this could come after the first answer
        page.context.on("page", facts.listen)
    return facts


def keep_certificates(record: VisitRecord) -> None:
    """Keep the certificate chains of the hosts; to be called while the browser is still there."""
    for host, chain in record.hosts.certificates().items():
        record.writer.put(
            chain, kind=EvidenceKind.CERTIFICATE, media_type=PEM_TYPE, url=host, name=f"certificates/{host}.pem"
        )


def seal(
    observation: Observation,
    record: VisitRecord,
    scrubber: Scrubber,
) -> Observation:
    """Return the observation with the hash of its manifest, which is kept with every member of it."""
    trace = record.recorder.trace if observation.trace else None
    wire = read_wire(trace) if trace is not None else NOTHING_ON_THE_WIRE
    put = record.writer.put
    if observation.trace:
        put(wire.har(observation.browser), kind=EvidenceKind.HAR, media_type=JSON_TYPE, url="", name="traffic.har")
    if wire.console:
        put(
            wire.console_lines(),
            kind=EvidenceKind.CONSOLE,
            media_type="application/x-ndjson",
            url="",
            name="console.jsonl",
        )
    told = describe(observation, record, wire, scrubber)
    put(as_json(told), kind=EvidenceKind.CIRCUMSTANCES, media_type=JSON_TYPE, url="", name=CIRCUMSTANCES_NAME)
    observed = scrubber.value(observation.model_dump(mode="json", exclude={"manifest"}))
    put(as_json(observed), kind=EvidenceKind.OBSERVED, media_type=JSON_TYPE, url=observation.id, name=OBSERVED_NAME)
    manifest = Manifest(members=tuple(sorted(record.writer.members(), key=lambda member: member.name)))
    sealed = put(
        manifest.encode(),
        kind=EvidenceKind.MANIFEST,
        media_type=TEXT_TYPE,
        url=observation.id,
        name=MANIFEST_NAME,
        known=True,
    )
    return observation.model_copy(update={"manifest": sealed})


def describe(observation: Observation, record: VisitRecord, wire: WireRecord, scrubber: Scrubber) -> dict[str, Any]:
    """Collect what circumstances.json says; docs/evidence.md explains every name."""
    citizen = record.adapter.citizen
    return {
        "observation": observation.id,
        "attempt": observation.attempt,
        "pass": "timing" if record.settings.bare else "evidence",
        "clock": clock_facts(record.began, Clock()) | {"portal_ahead_s": portal_skews_s(wire.entries)},
        "hosts": host_table(record.hosts.seen, wire.entries),
        "versions": {**versions(), "browser": observation.browser, "probe": observation.probe_version},
        "hashes": {
            "settings": settings_hash(record.settings),
            "journey": source_hash(record.probe.journey),
            "portal": source_hash(*type(citizen).__mro__[:-1]),
            "probes": tool_hash(),
        },
        "settings": record.settings.model_dump(mode="json", exclude={"executable"}),
        "removed": dict(sorted(scrubber.removed.items())),
        "covered_in_pictures": record.recorder.covered,
    }


def as_json(told: object) -> bytes:
    """Write JSON as people and ``jq`` read it."""
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
