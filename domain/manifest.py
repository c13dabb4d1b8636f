"""The list of everything that belongs to one proof, in the form that ``sha256sum -c`` reads."""

import re
from typing import Self

from pydantic import Field

from domain.frozen import Frozen

MANIFEST_NAME = "MANIFEST"
RUN_MANIFEST_NAME = "RUN-MANIFEST"
RUN_RECORD_NAME = "run.json"
OBSERVED_NAME = "observation.json"
CIRCUMSTANCES_NAME = "circumstances.json"

NAME = r"[A-Za-z0-9%_][A-Za-z0-9%._-]*(?:/[A-Za-z0-9%_][A-Za-z0-9%._-]*)*"
LINE = re.compile(rf"([0-9a-f]{{64}})  ({NAME})")


class Member(Frozen):
    """One file of a proof: its name within the folder, and the SHA-256 of its bytes."""

    name: str = Field(pattern=rf"^{NAME}$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(Frozen):
    """The members of one proof, each name once; the same members in the same order give the same bytes."""

    members: tuple[Member, ...]

    def encode(self) -> bytes:
        """Write the lines ``<sha256>  <name>`` that GNU ``sha256sum`` writes and checks."""
        return "".join(f"{member.sha256}  {member.name}\n" for member in self.members).encode()

    @classmethod
    def decode(cls, data: bytes) -> Self:
        """Read a manifest; raise ``ValueError`` that names the first line that is none, or a name that comes twice."""
        members: list[Member] = []
        names: set[str] = set()
        for number, line in enumerate(data.decode("utf-8", "replace").splitlines(), start=1):
            match = LINE.fullmatch(line)
            if match is None:
                raise ValueError(f"line {number} of the manifest is no line of a checksum file: {line[:120]!r}")
            if match[2] in names:
                raise ValueError(f"line {number} of the manifest names {match[2]!r} a second time")
            names.add(match[2])
            members.append(Member(name=match[2], sha256=match[1]))
        return cls(members=tuple(members))

    def find(self, name: str) -> Member | None:
        """Return the member of this name; ``None`` when there is none."""
        return next((member for member in self.members if member.name == name), None)
