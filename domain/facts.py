"""The facts that scoring reads: what the night knows about each item and probe, without documents or databases."""

from collections.abc import Mapping
from decimal import Decimal

from domain.crawl import GuideOutcome
from domain.frozen import Frozen
from domain.handed_list import ListEntry, ListKind
from domain.observation import Measure
from domain.outcome import Outcome
from domain.spread import SampledShare
from domain.time_limit import TimeLimit
from domain.unit import Unit


class ItemFact(Frozen):
    """One item of a unit on 广东政务服务网. Every ``None`` means "not known tonight", never "no".

    ``unseen_facts`` names the attributes that are ``None`` because our source does not show them; any other ``None``
    of a measured guide means that the guide is silent, which is seen and is no gap of ours.
    """

    item_id: str
    code: str
    outcome: GuideOutcome
    package: bool = False  # a 一件事 that bundles items: no item of its own, so in no row's population of items
    item_type_code: str = ""
    task_code: str = ""  # 实施编码, 31 characters; all 业务办理项 of an item share it
    basic_code: str = ""
    national_code: str = ""  # 国家基本目录 code that the guide names
    handling_item: bool | None = None  # the guide is about one 业务办理项 of its item
    promise: TimeLimit | None = None
    legal: TimeLimit | None = None
    visits: int | None = None
    immediate: bool | None = None  # 办件类型 = 即办件
    online: bool | None = None
    online_depth: int | None = None  # 1..4
    bookable: bool | None = None
    in_hall: bool | None = None
    hall_window: bool | None = None  # a window with a name stands in a hall that the guide names
    comprehensive_window: bool | None = None  # a window takes in every kind of business (综合窗口)
    nearby: bool | None = None  # a town, village, bank or self-service point serves
    across_regions: bool | None = None  # published for 跨省、跨市 or 全市通办
    paper_only_material: bool | None = None  # some required material can only be handed in on paper
    exempt_materials: tuple[int, int] | None = None  # (marked 免提交, materials that an authority issues)
    e_licence: bool | None = None  # a material is tied to an electronic licence
    standard: tuple[int, int] | None = None  # (name, conditions, materials as at other bodies with the code, compared)
    forms_complete: bool | None = None  # every form among the materials has a blank and a sample
    situations: int | None = None  # situations that the guide tells apart, 0 where it tells of none
    phone_address: bool | None = None  # the guide gives an address for the telephone
    completeness: tuple[Decimal, int] | None = (
        None  # (sum of the filled shares over applicable checkpoints, applicable checkpoints)
    )
    accuracy: tuple[int, int] | None = None  # (accuracy rules passed, accuracy rules judged)
    readability: Decimal | None = None  # R in 0..1; None also where there is too little text
    unseen_facts: frozenset[str] = frozenset()


class ProbeFact(Frozen):
    """One probe's result on one item."""

    observation: str  # Observation.id
    probe_id: str
    portal: str
    item_id: str
    code: str
    outcome: Outcome
    measures: Mapping[str, Measure] = {}


class UnitFacts(Frozen):
    """Everything known about one body for one run."""

    unit: Unit
    offered: bool  # the portal shows the body
    listing_whole: bool  # the listing gave as many rows as it claimed
    listed: int  # distinct guides listed; a listing that fell short counts the claimed ones
    items: tuple[ItemFact, ...]
    probes: tuple[ProbeFact, ...]
    planned_probes: Mapping[str, int]  # probe id → how many were planned on 广东政务服务网
    manual: tuple[ProbeFact, ...] = ()  # what people recorded in the same period; never among ``probes``
    imported: Mapping[int, Mapping[str, Decimal]] = {}  # row of the body's table → figure → value (other channels)
    samples: Mapping[int, SampledShare] = {}  # row of the body's table → what people's checks of a drawn sample proved
    sample_notes: Mapping[int, str] = {}  # row → why people's checks did not count, in Chinese
    sample_inputs: Mapping[int, tuple[str, ...]] = {}  # row → ids of the observations that hold people's checks
    lists: Mapping[ListKind, tuple[ListEntry, ...]] = {}  # lists that were handed in; a missing one is not known
    list_versions: Mapping[ListKind, int] = {}  # of those lists: which hand-in it is
    earlier: Mapping[str, Decimal] = {}  # what the last run of an earlier period counted of the same body
    platform_search: Mapping[str, Decimal] = {}  # level of the platform's search by part name, alike for all bodies
