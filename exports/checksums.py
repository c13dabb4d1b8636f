"""The list by which a receiver checks every file with a stock tool: ``sha256sum -c SHA256SUMS``."""

from pathlib import Path

from domain.manifest import Manifest as ChecksumList
from domain.manifest import Member
from exports.atomic_file import replacing
from exports.json_schema import FOLDER
from exports.manifest import MANIFEST_NAME, hash_file, read_manifest

CHECKSUMS_NAME = "SHA256SUMS"


def write_checksums(directory: Path) -> Path:
    """List the files of the manifest, the manifest itself and what describes them, as ``sha256sum`` would."""
    path = directory / CHECKSUMS_NAME
    exported = [(file.name, file.sha256) for file in read_manifest(directory / MANIFEST_NAME).files]
    beside = [directory / MANIFEST_NAME, *(directory / FOLDER).glob("*")]
    described = [(file.relative_to(directory).as_posix(), hash_file(file)) for file in beside if file.is_file()]
    members = tuple(Member(name=name, sha256=sha256) for name, sha256 in sorted([*exported, *described]))
    with replacing(path) as scratch:
        scratch.write_bytes(ChecksumList(members=members).encode())
    return path
