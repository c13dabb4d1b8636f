"""The files that a sample publishes, written for strangers and read back from them."""

from pathlib import Path

from pydantic import ValidationError

from domain.errors import UsageError
from domain.sample import FrameItem, SampleCommitment, SampledItem
from exports.atomic_file import replacing
from scoring.sampling.frames import write_frame
from scoring.sampling.published import (
    Discrepancy,
    PublishedFile,
    file_name,
    read_salt,
    verify_published,
    write_draw,
    write_salt,
)


def publish(folder: Path, commitment: str, kind: PublishedFile, data: bytes) -> Path:
    """Write one file of a sample; raise ``UsageError`` rather than replace a different one of the same name."""
    target = folder / file_name(commitment, kind)
    if target.exists() and target.read_bytes() != data:
        raise UsageError(f"{str(target)!r} exists and differs; allowed: another folder with --out")
    with replacing(target) as written:
        written.write_bytes(data)
    return target


def publish_commitment(folder: Path, commitment: SampleCommitment, frame: tuple[FrameItem, ...]) -> tuple[Path, Path]:
    """Write the promise and the frame that it speaks of."""
    promise = f"{commitment.model_dump_json(indent=1)}\n".encode()
    return (
        publish(folder, commitment.id, PublishedFile.COMMITMENT, promise),
        publish(folder, commitment.id, PublishedFile.FRAME, write_frame(frame)),
    )


def publish_draw(folder: Path, commitment: str, items: tuple[SampledItem, ...]) -> Path:
    """Write the list of drawn items."""
    return publish(folder, commitment, PublishedFile.DRAW, write_draw(items))


def publish_salt(folder: Path, commitment: str, salt: str, beacon_value: str) -> Path:
    """Write the salt, and the public value behind it."""
    return publish(folder, commitment, PublishedFile.SALT, write_salt(salt, beacon_value))


def verify_folder(folder: Path) -> tuple[SampleCommitment, tuple[Discrepancy, ...]]:
    """Make the draw of a folder's one sample again; raise ``UsageError`` for files that are missing or unreadable."""
    promises = sorted(folder.glob(f"sample-*.{PublishedFile.COMMITMENT.value}"))
    if len(promises) != 1:
        raise UsageError(f"{str(folder)!r} holds {len(promises)} commitments; allowed: the files of one sample")
    try:
        commitment = SampleCommitment.model_validate_json(promises[0].read_bytes())
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "it"
        raise UsageError(f"{str(promises[0])!r} is no commitment: {where} does not fit") from error
    parts = {kind: read_published(folder, commitment.id, kind) for kind in PublishedFile}
    salt, value = read_salt(parts[PublishedFile.SALT])
    frame, draw = parts[PublishedFile.FRAME], parts[PublishedFile.DRAW]
    found = verify_published(commitment, frame=frame, salt=salt, draw=draw, beacon_value=value)
    return commitment, found


def read_published(folder: Path, commitment: str, kind: PublishedFile) -> bytes:
    """Read one file of a sample; raise ``UsageError`` when it is not there."""
    path = folder / file_name(commitment, kind)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{str(path)!r} cannot be read: {error.strerror}; all four files are needed") from error
