"""What offices handle: believable item names by family, and how one name splits into 业务办理项."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from sandbox.corpus.codes import PROVINCE, make_basic
from sandbox.corpus.tables import read_table

SPLITS: dict[str, tuple[str, ...]] = {"v": ("新办", "变更", "延续", "注销"), "s": ("企业", "个体工商户"), "": ()}
FURTHER = ("补证", "信息更正", "代理人申请", "分支机构", "首次申请人", "集体申请", "跨区域申请", "遗失补办")
NATIONAL_SHARE = (
    9  # one stem in nine belongs to the national catalogue, whose basic codes begin with 00 (portals.md §6.1)
)


@dataclass(frozen=True, kw_only=True)
class Stem:
    """One thing that a kind of office handles."""

    task_type: str  # Guangdong's table: 01 … 09, 20, 21 (portals.md §3.2)
    name: str
    everyday: str  # 日常用语, "" for none
    result: str  # name of the document issued, "" for none
    served: str  # P persons, L organisations, B both
    split: str
    basic: str  # 12-character 基本编码
    office_family: str


@dataclass(frozen=True, kw_only=True)
class Family:
    """A kind of office: its name in a county, its themes, laws and stems."""

    key: str
    office: str
    person_theme: str
    organisation_theme: str
    laws: tuple[str, ...]
    stems: tuple[Stem, ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One guide to be: a stem, and the 业务办理项 it is about if the stem is split."""

    stem: Stem
    sequence: int | None  # None: the item itself, not split
    variant: str

    @property
    def name(self) -> str:
        """TASK_NAME of the guide."""
        return f"{self.stem.name}（{self.variant}）" if self.variant else self.stem.name


def make_stem(family: str, number: str, position: int, row: list[str]) -> Stem:
    """Build a stem from its row; the same stem has the same basic code everywhere."""
    task_type, name, everyday, result, served, split = row
    national = task_type == "01" and (int(number) + position) % NATIONAL_SHARE == 0
    basic = make_basic(
        task_type=task_type,
        main=f"{number}{position:03d}",
        sub="000" if split == "" else "001",
        province="00" if national else PROVINCE,
    )
    return Stem(
        task_type=task_type,
        name=name,
        everyday=everyday,
        result=result,
        served=served,
        split=split,
        basic=basic,
        office_family=family,
    )


def make_family(key: str, row: dict[str, Any]) -> Family:
    """Build a family from its table."""
    return Family(
        key=key,
        office=row["office"],
        person_theme=row["themes"][0],
        organisation_theme=row["themes"][1],
        laws=tuple(row["laws"]),
        stems=tuple(make_stem(key, row["no"], position, stem) for position, stem in enumerate(row["stems"], 1)),
    )


FAMILIES: dict[str, Family] = {key: make_family(key, row) for key, row in read_table("stems").items()}


def split_first(stem: Stem) -> Iterator[Entry]:
    """List the ordinary entries of a stem: itself, or each of its 业务办理项."""
    variants = SPLITS[stem.split]
    if not variants:
        yield Entry(stem=stem, sequence=None, variant="")
    for sequence, variant in enumerate(variants, 1):
        yield Entry(stem=stem, sequence=sequence, variant=variant)


def split_further(stem: Stem, turn: int) -> Entry:
    """Name a further 业务办理项, for corpora that outgrow the ordinary ones; ``turn`` counts from 0."""
    variant = FURTHER[turn] if turn < len(FURTHER) else f"情形{turn + 1}"
    return Entry(stem=stem, sequence=len(SPLITS[stem.split]) + turn + 1, variant=variant)


def list_entries(stems: tuple[Stem, ...]) -> Iterator[Entry]:
    """List entries without end: the ordinary ones of all stems first, then 90 turns of further 业务办理项."""
    for stem in stems:
        yield from split_first(stem)
    for turn in count():
        if turn >= 90:
            return
        for stem in stems:
            yield split_further(stem, turn)
