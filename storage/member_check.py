"""Holds every observation against its manifest, so that damage is told by observation, file and step."""

import re
from collections.abc import Iterator

from domain.errors import YueceError
from domain.manifest import MANIFEST_NAME, Manifest, Member
from domain.observation import Observation, Step
from storage.evidence_store import EvidenceStore
from storage.fault_line import BrokenLink, Damage
from storage.store import Store

STEP_NAME = re.compile(r"steps/(\d+)")


class MemberCheck:
    """Checks observations one by one; files that were read already (``trust``) are not read a second time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._whole: set[bytes] = set()
        self.manifests = 0

    def trust(self, sha256: str) -> None:
        """Note that these bytes were read and are what their name says."""
        self._whole.add(bytes.fromhex(sha256))

    def check(self, observation: Observation) -> Iterator[BrokenLink]:
        """Yield what is wrong with an observation's manifest, its members, and the pictures that it shows."""
        for sha256 in manifests_of(observation):
            manifest = self._open(sha256)
            if isinstance(manifest, BrokenLink):
                yield manifest.model_copy(update={"where": observation.id})
                continue
            self.manifests += 1
            yield from self._check_members(observation, manifest)
            if sha256 == observation.manifest:
                yield from find_unlisted(observation, manifest)

    def _open(self, sha256: str) -> Manifest | BrokenLink:
        damage = self._damage(sha256)
        if damage is not None:
            return BrokenLink(where="", member=MANIFEST_NAME, damage=damage, sha256=sha256)
        try:
            return Manifest.decode(self._store.evidence.get(sha256))
        except (YueceError, ValueError) as error:
            return BrokenLink(
                where="", member=MANIFEST_NAME, damage=Damage.UNREADABLE, sha256=sha256, detail=str(error)
            )

    def _check_members(self, observation: Observation, manifest: Manifest) -> Iterator[BrokenLink]:
        for member in manifest.members:
            damage = self._damage(member.sha256)
            if damage is not None:
                yield BrokenLink(
                    where=observation.id,
                    member=member.name,
                    damage=damage,
                    sha256=member.sha256,
                    step=name_step(member.name, observation.steps),
                )

    def _damage(self, sha256: str) -> Damage | None:
        if bytes.fromhex(sha256) in self._whole:
            return None
        if self._store.evidence.path(sha256) is None:
            return Damage.MISSING
        if not self._store.evidence.holds(sha256):
            return Damage.CHANGED
        self.trust(sha256)
        return None


def read_members(store: Store, observation: Observation) -> tuple[Member, ...]:
    """Return what an observation's manifest lists; nothing where there is none, or where it cannot be read."""
    if observation.manifest is None:
        return ()
    try:
        return Manifest.decode(store.evidence.get(observation.manifest)).members
    except (YueceError, ValueError):
        return ()


def is_whole_proof(store: EvidenceStore, manifest: str) -> bool:
    """Say whether a manifest and every member of it still have the bytes that were captured."""
    try:
        members = Manifest.decode(store.get(manifest)).members
    except (YueceError, ValueError):
        return False
    return all(store.holds(member.sha256) for member in members)


def manifests_of(observation: Observation) -> tuple[str, ...]:
    """Return the manifests behind an observation: its own, and those of the visits that it was concluded from."""
    earlier = (visit.manifest for visit in observation.visits if visit.run == observation.run)
    return tuple(dict.fromkeys(sha256 for sha256 in (observation.manifest, *earlier) if sha256 is not None))


def find_unlisted(observation: Observation, manifest: Manifest) -> Iterator[BrokenLink]:
    """Yield pictures and the trace that the observation shows and its manifest does not name."""
    listed = {member.sha256 for member in manifest.members}
    for step in observation.steps:
        for picture in (step.screenshot, *step.used):
            if picture is not None and picture not in listed:
                yield BrokenLink(
                    where=observation.id,
                    member="picture",
                    damage=Damage.UNLISTED,
                    sha256=picture,
                    step=f"{step.index} {step.title}",
                )
    if observation.trace is not None and observation.trace not in listed:
        yield BrokenLink(where=observation.id, member="trace", damage=Damage.UNLISTED, sha256=observation.trace)


def name_step(member: str, steps: tuple[Step, ...]) -> str:
    """Return number and title of the step that a file belongs to, "" when it belongs to none."""
    match = STEP_NAME.match(member)
    step = next((one for one in steps if match is not None and one.index == int(match[1])), None)
    return f"{step.index} {step.title}" if step is not None else ""
