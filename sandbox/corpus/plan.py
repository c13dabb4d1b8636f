"""What a guide is going to say, decided before any field is written; truth is taken from here, never from documents."""

from dataclasses import dataclass, field, replace

from sandbox.corpus.bodies import Office
from sandbox.corpus.stems import Entry
from sandbox.model import Application, Booking, Json, SearchHabit

TYPE_TEXTS = {
    "01": "行政许可",
    "02": "行政处罚",
    "05": "行政给付",
    "07": "行政确认",
    "08": "行政奖励",
    "09": "行政裁决",
    "20": "其他行政权力",
    "21": "公共服务",
}
"""事项类型 as Guangdong uses them (portals.md §3.3)."""
PUBLIC_SERVICE = "21"
PENALTY = "02"
APPLICATION_TYPES = frozenset({"01", "05", "07", "08", "09", "20"})
"""依申请 items: the six kinds of administrative power that begin with an application."""
UNIT_TEXTS = {"G": "工作日", "Z": "自然日"}


@dataclass(frozen=True, kw_only=True)
class Limit:
    """A time limit: whole days, G working days or Z calendar days."""

    days: int
    unit: str = "G"


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One material of a guide."""

    name: str
    form: str | None  # file form of the blank form (docx, xlsx, pdf), None: not a form
    source: str  # 10 申请人自备, 20 政府部门核发
    issuer: str
    medium: str  # 1 纸质, 2 电子化, 3 both
    originals: int
    copies: int
    specification: str
    exempt: bool = False  # 免提交


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the served document states; a planted defect that changes a statement changes this too."""

    task_type: str
    online: bool
    depth: str  # I … IV
    visits: int | None
    instant: bool
    promise: Limit | None
    legal: Limit | None
    bookable: bool
    slots_per_day: int
    in_hall: bool
    comprehensive: bool  # a window in the hall takes in everything
    nearby: bool  # a machine, or a counter in a town, takes it in
    split: bool
    paper_only: bool
    charged: bool

    @property
    def applied_for(self) -> bool:
        """Say whether the item is 依申请."""
        return self.task_type in APPLICATION_TYPES

    @property
    def public(self) -> bool:
        """Say whether the item is a public service."""
        return self.task_type == PUBLIC_SERVICE


@dataclass(frozen=True, kw_only=True)
class GuidePlan:
    """Everything that is decided about one guide."""

    item_id: str
    body: str
    office: Office
    entry: Entry
    task_code: str
    handling_code: str | None
    facts: Facts
    papers: tuple[Paper, ...]
    says_no_papers: bool  # the only material row reads 无需提交材料
    condition: str
    visit_reason: str
    has_window: bool
    express: bool
    delegated: bool
    intermediary: str
    special_days: int  # 0: no special procedure
    version: int
    published: str  # date
    application: Application
    booking: Booking | None
    on_yss: bool
    on_yst: bool
    siblings: tuple[tuple[str, str], ...] = ()  # (handling code, name) of the other 业务办理项
    shown_name: str = ""  # TASK_NAME where it is not the entry's own
    search: SearchHabit = field(default_factory=SearchHabit)
    kin: int = 0  # guides of other bodies about the same thing: same 基本编码, same 业务办理项

    @property
    def kind(self) -> tuple[str, str]:
        """What the guide is about, whoever publishes it: 基本编码 and 业务办理项."""
        return self.entry.stem.basic, self.entry.variant

    @property
    def name(self) -> str:
        """TASK_NAME in the list: what a citizen searches for."""
        return self.shown_name or self.entry.name

    @property
    def public_code(self) -> str:
        """The code in the list and in the page's address: 33 characters for a 业务办理项."""
        return self.handling_code or self.task_code

    @property
    def serves_persons(self) -> bool:
        """Say whether natural persons are served."""
        return self.entry.stem.served in "PB"

    @property
    def serves_organisations(self) -> bool:
        """Say whether organisations are served."""
        return self.entry.stem.served in "LB"

    def restate(self, **changes: object) -> "GuidePlan":
        """Return the plan with changed facts."""
        return replace(self, facts=replace(self.facts, **changes))  # type: ignore[arg-type]  # names are those of Facts


@dataclass(kw_only=True)
class Planted:
    """What was planted: kind, the labels that a fair report may name, the place, and the guides it is about.

    ``partners`` are the other guides concerned (``with`` in the truth), ``right_on`` those on which a finding is right
    (empty: this guide alone); ``more`` is what else a reader of the truth should know, such as both values.
    """

    kind: str
    fields: tuple[str, ...]  # labels of the portal, the spoilt one first
    where: str
    checkpoint: str | None
    partners: tuple[str, ...] = ()
    right_on: tuple[str, ...] = ()
    more: Json = field(default_factory=dict)

    def to_json(self, item_id: str) -> Json:
        """Write the record as truth documents carry it."""
        return {
            "kind": self.kind,
            "field": self.fields[0],
            "fields": list(self.fields),
            "where": self.where,
            "checkpoint": self.checkpoint,
            "with": list(self.partners),
            "right_on": list(self.right_on) or [item_id],
            **self.more,
        }
