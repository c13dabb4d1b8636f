"""What ``yuece verify`` says about one thing that no longer holds."""

from enum import StrEnum

from domain.frozen import Frozen


class Damage(StrEnum):
    """How a member or a link fails."""

    MISSING = "missing"  # its bytes are gone
    CHANGED = "changed"  # its bytes are others than those that were captured
    UNREADABLE = "unreadable"  # it is whole and still is not what it should be
    UNLISTED = "unlisted"  # it is shown, and no manifest names it
    REPLACED = "replaced"  # the store now shows another one than was closed
    DISTRUSTED = "distrusted"  # a time stamp that does not verify


class BrokenLink(Frozen):
    """One member of a manifest, or one link between manifests, that does not hold."""

    where: str  # an observation's id or a run's id
    member: str  # the file's name within the manifest
    damage: Damage
    sha256: str = ""
    step: str = ""  # number and title, for what belongs to a step
    detail: str = ""

    @property
    def sentence(self) -> str:
        """One line that names the file, the observation or run, and the step."""
        of_step = f" (step {self.step})" if self.step else ""
        detail = f": {self.detail}" if self.detail else ""
        return f"{self.damage.value} {self.member}{of_step} of {self.where} {self.sha256}".rstrip() + detail
