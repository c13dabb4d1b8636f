"""Everything the hosts of one sandbox share: the corpus with its indexes, the faults in force, the books."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, cast

from starlette.requests import Request

from sandbox.faults import Faults
from sandbox.finding import bury, names_place, put_elsewhere_first, rank_items
from sandbox.identity import Identity
from sandbox.ledger import Ledger
from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Body, Corpus, Item, Origins
from sandbox.recording import AccessLog
from sandbox.scenarios.mischief import Mischief
from sandbox.vanishing import Vanishing
from sandbox.workdays import find_today

SHORTAGE = 3  # rows that a listing_short body counts but never lists


@dataclass(kw_only=True)
class Replica:
    """One sandbox as its request handlers see it."""

    corpus: Corpus
    origins: Origins
    faults: Faults = field(default_factory=Faults)
    ledger: Ledger = field(default_factory=Ledger)
    access_log: AccessLog = field(default_factory=AccessLog)
    identity: Identity = field(default_factory=Identity)
    vanishing: Vanishing = field(default_factory=Vanishing)
    mischief: Mischief = field(default_factory=Mischief)
    latency_s: float = 0.0  # how long every answer is on its way
    today: date | None = None  # set by the control desk; None: the day it is
    changed_at: dict[str, datetime] = field(default_factory=dict)  # item id → when the control desk changed it

    def find_today(self) -> date:
        """Give the day from which the calendars count."""
        return self.today or find_today()

    def put_items(self, changed: Mapping[str, Item], *, at: datetime) -> None:
        """Publish other documents of some guides, as bodies do between two visits."""
        items = tuple(changed.get(item.item_id, item) for item in self.corpus.items)
        self.corpus = replace(self.corpus, items=items)
        self.changed_at |= dict.fromkeys(changed, at)
        for index in ("by_code", "by_id", "listed_items"):
            self.__dict__.pop(index, None)

    @cached_property
    def by_code(self) -> dict[str, Item]:
        """Items by 实施编码 (or 业务办理项编码); the first one wins where a code is not unique."""
        found: dict[str, Item] = {}
        for item in self.corpus.items:
            found.setdefault(item.task_code, item)
        return found

    @cached_property
    def by_id(self) -> dict[str, Item]:
        """Items by ITEM_ID."""
        return {item.item_id: item for item in self.corpus.items}

    def find_item(self, key: str) -> Item | None:
        """Find an item by its ITEM_ID or its code, since links use either."""
        return self.by_id.get(key) or self.by_code.get(key)

    @cached_property
    def bodies(self) -> dict[str, Body]:
        """Bodies by key."""
        return {body.key: body for body in self.corpus.bodies}

    @cached_property
    def listed_items(self) -> list[Item]:
        """Items of the bodies that the portal shows."""
        return [item for item in self.corpus.items if self.bodies[item.body].listed]

    @cached_property
    def place_names(self) -> dict[str, str]:
        """Area codes of the places that a searcher may name, by their names with and without 市, 县 or 区."""
        counties = [body for body in self.corpus.bodies if not body.org_code]
        names = {body.portal_name: body.area_code for body in counties}
        names |= {name[:2]: code for name, code in names.items() if len(name) == 3 or name.endswith("试验区")}
        return names | {"阳江市": "4417", "阳江": "4417"}

    def list_rows(self, *, area_code: str, dept_code: str, task_type: str) -> tuple[list[Item], int]:
        """Give the listed rows, doubles at the end, and the TOTALNUM that the portal claims for them."""
        items = [item for item in self.listed_items if not area_code or item.area_code == area_code]
        items = [item for item in items if not dept_code or item.dept_code == dept_code]
        items = [item for item in items if not task_type or item.list_record.get("TASK_TYPE") == task_type]
        doubles = [item for item in items for _ in range(self._count_rows(item) - 1)]
        short = any(self.faults.has(item, Misbehaviour.LISTING_SHORT) for item in items)
        rows = items + doubles
        return rows, len(rows) + (SHORTAGE if short else 0)

    def search(self, keyword: str, *, area_code: str, local_only: bool = False) -> list[Item]:
        """Give what the search of 广东政务服务网 finds; a city's search includes its counties unless told otherwise."""
        prefix = area_code if local_only else area_code.rstrip("0")
        scope = [item for item in self.listed_items if item.area_code.startswith(prefix)]
        findable = [item for item in scope if item.searchable and not self._has(item, Misbehaviour.SEARCH_MISSING)]
        found = rank_items(findable, keyword, places=self.place_names, area=area_code)
        if not names_place(keyword, self.place_names):
            found = put_elsewhere_first(found, self.listed_items, area=area_code)
        buried = [item for item in found if self._has(item, Misbehaviour.SEARCH_BURIED)]
        return bury(found, buried, findable) if buried else found

    def find_search_fault(self, keyword: str, *, area_code: str) -> Misbehaviour | None:
        """Say which page stands in for the results of a keyword, the region's own items of that name first."""
        wanted = keyword.strip()
        named = [item for item in self.listed_items if wanted and wanted in (item.name, item.everyday_name)]
        local = [item for item in named if item.area_code == area_code]
        for name in (Misbehaviour.SEARCH_BUSY, Misbehaviour.SEARCH_CAPTCHA):
            if any(self._has(item, name) for item in local or named):
                return name
        return None

    def _count_rows(self, item: Item) -> int:
        return max(item.listed_times, 2 if self._has(item, Misbehaviour.DUPLICATE_LISTING) else 1)

    def _has(self, item: Item, name: Misbehaviour) -> bool:
        return self.faults.has(item, name)


def replica_of(request: Request) -> Replica:
    """Give the sandbox that a request came to."""
    return cast(Replica, request.app.state.replica)


def find_asked_item(request: Request) -> Item | None:
    """Find the item that a request names by ``itemId`` or ``code``."""
    query = request.query_params
    return replica_of(request).find_item(query.get("itemId") or query.get("code", ""))


def cut_page(rows: Sequence[Any], *, number: int, size: int) -> list[Any]:
    """Cut one page (numbered from 1) out of all rows."""
    return list(rows[(number - 1) * size : number * size])
