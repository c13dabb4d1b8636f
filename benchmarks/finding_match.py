"""Compares findings with the truth of a corpus: which accusations are right, which planted faults were found.

The rule of the comparison, the same for every rule and every kind of fault:

* A planted fault is written down with the labels, as the portal prints them, that a fair report may name (``fields``:
  the label of the spoilt field, and for a contradiction between two fields either of them), and with the guides on
  which naming it counts (``right_on``: the guide itself; for faults between guides those that may be accused).
* A finding names the label of its field. A finding about a table (申请材料, 设定依据) names only the part of the row
  that its rule's checkpoint (G11–G14, G16, G17) or its sentence speaks of: the table as a whole is no part. Labels
  that the sentence spells out in full are named too.
* A finding is **right** when its guide carries a planted fault of which it names a label. Everything else is **false**:
  a finding on a clean guide, and a finding on a spoilt guide about something that was not spoilt there.
* A planted fault is **found** when at least one right finding is about it. Guides that the crawl rightly did not
  measure (outage, captcha, absent) are left out on both sides.

Precision of a kind: right findings ÷ all findings on the guides that carry this kind. Recall: found ÷ planted.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.guide_fields import LABELS_ZH, FieldName

CHECKPOINT_LABELS: dict[str, frozenset[str]] = {
    "G11": frozenset({"材料名称"}),
    "G12": frozenset({"来源渠道", "来源渠道说明"}),
    "G13": frozenset({"份数"}),
    "G14": frozenset({"材料形式", "纸质材料规格"}),
    "G16": frozenset({"空白表格"}),
    "G17": frozenset({"示例样本"}),
}
"""What the notice's checkpoints of a material look at (guide_checkpoints.yaml)."""
PART_WORDS: dict[FieldName, dict[str, tuple[str, ...]]] = {
    FieldName.MATERIALS: {
        "材料名称": ("材料名称",),
        "来源渠道": ("来源渠道",),
        "来源渠道说明": ("出具单位", "来源渠道说明", "来源说明"),
        "份数": ("份数", "原件", "复印件"),
        "材料形式": ("材料形式",),
        "纸质材料规格": ("规格",),
        "材料类型": ("材料类型",),
        "材料必要性": ("必要性", "容缺"),
        "是否免提交": ("免提交",),
        "空白表格": ("空白表格", "空白表", "空表"),
        "示例样本": ("示例样本", "示例样表", "样表", "样本"),
        "填报须知": ("填报须知",),
    },
    FieldName.LEGAL_BASIS: {
        "法律法规名称": ("法律法规名称", "法规名称", "废止", "失效", "书名"),
        "依据文号": ("文号", "字号"),
        "条款号": ("条款号", "条款", "第几条"),
        "实施日期": ("实施日期", "施行日期", "生效", "施行"),
        "条款内容": ("条款内容", "条文", "原文"),
    },
}
"""Words by which a sentence about a table speaks of one part of its rows."""
SPELT: dict[str, tuple[str, ...]] = {
    **{label: (label,) for label in LABELS_ZH.values()},
    "办理地点": ("办理地点", "地点"),
    "办理时间": ("办理时间", "办公时间", "地点或时间", "地点和时间"),
}
"""What a sentence must spell out to name a label."""
WIDER_LABELS: dict[FieldName, frozenset[str]] = {
    FieldName.ENQUIRY_PHONE: frozenset({"咨询方式"}),
    FieldName.ONLINE_FLOW: frozenset({"办理流程"}),
    FieldName.WINDOW_FLOW: frozenset({"办理流程"}),
    FieldName.RESULTS: frozenset({"结果样本"}),
    FieldName.CHARGES: frozenset({"收费标准", "收费依据"}),
    FieldName.LEGAL_LIMIT_NOTE: frozenset({"法定办结时限"}),
    FieldName.VERSION_DATE: frozenset({"发布日期"}),
}
"""Labels of the portal that one of our fields stands for besides its own."""


@dataclass(frozen=True, kw_only=True)
class Planting:
    """One planted fault."""

    kind: str
    labels: frozenset[str]
    right_on: frozenset[str]  # item ids


@dataclass(frozen=True, kw_only=True)
class Accusation:
    """One finding, reduced to what the comparison looks at."""

    item_id: str
    rule: str
    field: FieldName
    checkpoint: str | None
    sentence: str


@dataclass(frozen=True, kw_only=True)
class KindScore:
    """How well one kind is found."""

    planted: int
    found: int
    right: int  # findings on the guides of this kind
    false: int

    @property
    def recall(self) -> float:
        """Found ÷ planted; 1 when nothing was planted."""
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """Right ÷ all findings on these guides; 1 when there is none."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The outcome: right and false findings, and the plantings that nobody named."""

    right: tuple[Accusation, ...]
    false: tuple[Accusation, ...]
    clean: tuple[Accusation, ...]  # the false ones on guides without any planted fault
    missed: tuple[Planting, ...]
    kinds: Mapping[str, KindScore]

    @property
    def precision(self) -> float:
        """Right ÷ all findings."""
        return len(self.right) / (len(self.right) + len(self.false)) if self.right or self.false else 1.0

    @property
    def recall(self) -> float:
        """Found ÷ planted."""
        planted = sum(score.planted for score in self.kinds.values())
        return 1 - len(self.missed) / planted if planted else 1.0


def name_labels(accusation: Accusation) -> frozenset[str]:
    """Return every label of the portal that a finding names."""
    field, sentence = accusation.field, accusation.sentence
    spelt = frozenset(label for label, words in SPELT.items() if any(word in sentence for word in words))
    own = frozenset({LABELS_ZH[field]})
    parts = PART_WORDS.get(field)
    if parts is None:
        return own | WIDER_LABELS.get(field, frozenset()) | spelt
    named = CHECKPOINT_LABELS.get(accusation.checkpoint or "", frozenset())
    if named:
        return named
    named = frozenset(label for label, words in parts.items() if any(word in sentence for word in words))
    return named | (spelt - own) if named else own | spelt


def read_plantings(truth: Mapping[str, Any], compared: Container[str] | None = None) -> tuple[Planting, ...]:
    """Read the plantings on measured guides out of a truth document; one that stands on several guides comes once.

    ``compared`` names the guides whose page, print and mobile page were looked at: a fault of one of these faces
    (``face`` in the truth) counts there alone, since a browser visits a sample only. ``None``: no face was looked at.
    """
    measured = {guide["item_id"] for guide in truth["guides"] if guide["crawl"] == "measured"}
    found: dict[tuple[str, frozenset[str]], Planting] = {}
    for guide in truth["guides"]:
        for defect in guide["defects"]:
            if "face" in defect and guide["item_id"] not in (compared or ()):
                continue
            right_on = frozenset(defect.get("right_on") or [guide["item_id"]]) & measured
            labels = frozenset(defect.get("fields") or [defect["field"]])
            if right_on:
                key = (defect["kind"], right_on)
                found.setdefault(key, Planting(kind=defect["kind"], labels=labels, right_on=right_on))
    return tuple(found.values())


def compare(plantings: Iterable[Planting], accusations: Iterable[Accusation]) -> Comparison:
    """Compare; the order of the accusations is kept."""
    by_item: dict[str, list[Planting]] = defaultdict(list)
    all_plantings = tuple(plantings)
    for planting in all_plantings:
        for item_id in planting.right_on:
            by_item[item_id].append(planting)
    right: list[Accusation] = []
    false: list[Accusation] = []
    found: set[int] = set()
    for accusation in accusations:
        labels = name_labels(accusation)
        named = [planting for planting in by_item.get(accusation.item_id, ()) if planting.labels & labels]
        (right if named else false).append(accusation)
        found |= {id(planting) for planting in named}
    return Comparison(
        right=tuple(right),
        false=tuple(false),
        clean=tuple(accusation for accusation in false if accusation.item_id not in by_item),
        missed=tuple(planting for planting in all_plantings if id(planting) not in found),
        kinds=score_kinds(all_plantings, found, right, false),
    )


def score_kinds(
    plantings: tuple[Planting, ...], found: set[int], right: list[Accusation], false: list[Accusation]
) -> dict[str, KindScore]:
    """Score each kind; ``found`` holds the identities of the plantings that were named."""
    rights, falses = (Counter(one.item_id for one in side) for side in (right, false))
    groups: dict[str, list[Planting]] = defaultdict(list)
    for planting in plantings:
        groups[planting.kind].append(planting)
    scores = {}
    for kind, group in sorted(groups.items()):
        guides = frozenset[str]().union(*(planting.right_on for planting in group))
        scores[kind] = KindScore(
            planted=len(group),
            found=sum(id(planting) in found for planting in group),
            right=sum(rights[item_id] for item_id in guides),
            false=sum(falses[item_id] for item_id in guides),
        )
    return scores
