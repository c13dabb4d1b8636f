"""Lists that no citizen can see or no program of ours reads, and that another channel hands in entry by entry."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.frozen import Frozen
from domain.observation import Measure


class ListKind(StrEnum):
    """The lists that an indicator counts against (methodology.md §3.6: D14/C8, D19/C13, D21/C15, D8)."""

    CLAIMED_CODES = "claimed-codes"  # national basic codes that provincial bodies claimed for this level
    WIDE_USE = "wide-use"  # 实施编码 of the items that many people use often
    REGIONAL_DUE = "regional-due"  # 实施编码 of the items that are due for 跨省、跨市 or 全市通办
    OPEN_DATA = "open-data"  # data sets on 开放广东


LIST_PREFIX = "lists/"
SPEAKS_FOR_ALL = frozenset({ListKind.OPEN_DATA})
"""Lists that are complete for every body: one that they do not name has nothing, which is seen and no gap."""

LIST_TITLES_ZH: dict[ListKind, str] = {
    ListKind.CLAIMED_CODES: "省直单位认领的国家基本目录编码",
    ListKind.WIDE_USE: "覆盖范围广、应用频率高的事项",
    ListKind.REGIONAL_DUE: "应当区域通办的事项",
    ListKind.OPEN_DATA: "开放广东平台上的数据集",
}
LIST_TITLES_EN: dict[ListKind, str] = {
    ListKind.CLAIMED_CODES: "Basic codes claimed by the province",
    ListKind.WIDE_USE: "Items of wide use",
    ListKind.REGIONAL_DUE: "Items due for regional service",
    ListKind.OPEN_DATA: "Open data sets",
}


def list_reference(kind: ListKind, version: int) -> str:
    """Name one version of a list as an input of a score: ``lists/wide-use/2``."""
    return f"{LIST_PREFIX}{kind.value}/{version}"


class ListEntry(Frozen):
    """One entry: a code or a name, with what is known of it.

    A data set has ``rows`` (int, counted in its file), ``downloads`` (bool) and ``current`` (bool, updated within its
    stated cycle; ``None`` where no cycle is stated).
    """

    key: Annotated[str, Field(min_length=1)]
    figures: Mapping[str, Measure] = {}


class HandedEntry(Frozen):
    """One entry of one hand-in; a newer version of a list replaces the older one as a whole, and both are kept."""

    period: str  # 2021H1
    unit: str
    kind: ListKind
    key: Annotated[str, Field(min_length=1)]
    figures: Mapping[str, Measure] = {}
    version: Annotated[int, Field(ge=1)]  # counts the hand-ins of a list and period, from 1
    source: Annotated[str, Field(min_length=1)]  # which system or document it was taken from
    recorded_by: Annotated[str, Field(min_length=1)]
    imported_at: AwareDatetime
    file_sha256: str  # of the file that was handed in

    @property
    def entry(self) -> ListEntry:
        """What scoring reads of it."""
        return ListEntry(key=self.key, figures=self.figures)
