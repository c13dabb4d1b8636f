"""What is published about a sample, and the proof that anybody can make of it: the draw is made again and compared."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from enum import StrEnum

from domain.sample import SampleCommitment, SampledItem, hash_salt
from scoring.sampling.frames import BETWEEN_ASPECTS, read_frame
from scoring.sampling.item_draw import draw_sample

DRAW_COLUMNS = ("unit", "code", "sha256", "stratum", "checks", "spare", "watched", "second", "item_id")


class PublishedFile(StrEnum):
    """The files of one sample, by the end of their names."""

    COMMITMENT = "commitment.json"
    FRAME = "frame.csv"
    DRAW = "draw.csv"
    SALT = "salt.txt"


class Discrepancy(StrEnum):
    """What does not fit."""

    FRAME = "frame"
    SALT = "salt"
    BEACON = "beacon"
    DRAW = "draw"


DISCREPANCY_TITLES_ZH: Mapping[Discrepancy, str] = {
    Discrepancy.FRAME: "抽样框文件与事先公布的 SHA-256 不符",
    Discrepancy.SALT: "公布的盐值与事先公布的 SHA-256 不符",
    Discrepancy.BEACON: "公开随机数与事先的约定不符（约定了却没有，或没有约定却有）",
    Discrepancy.DRAW: "用抽样框和盐值重新抽取，结果与公布的名单不同",
}


def file_name(commitment: str, kind: PublishedFile) -> str:
    """Name a published file."""
    return f"sample-{commitment}.{kind.value}"


def write_draw(items: Iterable[SampledItem]) -> bytes:
    """Write the list of drawn items: CSV in UTF-8 with LF, by body and order."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(DRAW_COLUMNS)
    for item in sorted(items, key=lambda item: (item.unit, item.order)):
        aspects = (BETWEEN_ASPECTS.join(part) for part in (item.checks, item.spare, item.watched))
        second = "yes" if item.second else "no"
        writer.writerow((item.unit, item.code, item.order, item.stratum, *aspects, second, item.item_id))
    return target.getvalue().encode()


def write_salt(salt: str, beacon_value: str = "") -> bytes:
    """Write the salt, and behind it the public value where one was promised, a line each."""
    return "".join(f"{line}\n" for line in (salt, beacon_value) if line).encode()


def read_salt(data: bytes) -> tuple[str, str]:
    """Read the salt and the public value, "" where there is none."""
    lines = [*data.decode("utf-8", "replace").split("\n"), "", ""]
    return lines[0].strip(), lines[1].strip()


def verify_published(
    commitment: SampleCommitment, *, frame: bytes, salt: str, draw: bytes, beacon_value: str = ""
) -> tuple[Discrepancy, ...]:
    """Make the draw again from what was published, and name everything that does not fit; nothing: it is proved.

    Raises ``UsageError`` for a frame file that cannot be read.
    """
    found = []
    if hashlib.sha256(frame).hexdigest() != commitment.frame_sha256:
        found.append(Discrepancy.FRAME)
    if hash_salt(salt) != commitment.salt_sha256:
        found.append(Discrepancy.SALT)
    items = read_frame(frame, name=file_name(commitment.id, PublishedFile.FRAME))
    if bool(beacon_value) != bool(commitment.beacon):
        found.append(Discrepancy.BEACON)
    again = draw_sample(
        items, commitment=commitment.id, period=commitment.period, salt=salt + beacon_value, size=commitment.size
    )
    if write_draw(again.items) != draw:
        found.append(Discrepancy.DRAW)
    return tuple(found)
