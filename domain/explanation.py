"""One score with everything that it rests on, so that anybody can follow it to the proof and compute it again."""

from collections.abc import Mapping
from enum import StrEnum

from domain.frozen import Frozen
from domain.outcome import Outcome
from domain.score import Score
from domain.scoring_basis import RowDefinition


class SourceKind(StrEnum):
    """What an id leads to."""

    GUIDE = "guide"
    OBSERVATION = "observation"
    CHECK = "check"  # people's check of a drawn item
    IMPORT = "import"  # a figure or a list of another channel


class LeftOut(StrEnum):
    """Why something did not enter a score."""

    BLOCKED = "blocked"
    INCONCLUSIVE = "inconclusive"
    ERROR = "error"
    NOT_APPLICABLE = "not_applicable"
    NOT_MEASURED = "not_measured"
    ABSENT = "absent"
    NOT_STATED = "not_stated"
    NOT_COUNTED = "not_counted"


LEFT_OUT_TITLES_ZH = {
    LeftOut.BLOCKED: "受阻",
    LeftOut.INCONCLUSIVE: "无法判定",
    LeftOut.ERROR: "本方错误",
    LeftOut.NOT_APPLICABLE: "不适用",
    LeftOut.NOT_MEASURED: "未测得",
    LeftOut.ABSENT: "门户答复不存在",
    LeftOut.NOT_STATED: "指南未写明，或来源不显示",
    LeftOut.NOT_COUNTED: "样本不足，不计入",
}

SOURCE_TITLES_ZH = {
    SourceKind.GUIDE: "办事指南",
    SourceKind.OBSERVATION: "探测或人工观察",
    SourceKind.CHECK: "抽查核验",
    SourceKind.IMPORT: "其他渠道报送",
}
NOT_REACHED_TITLES_ZH = {"items_missing": "列表声称但未给出的办事指南", "probes_not_made": "计划而未做的探测"}


class Used(Frozen):
    """Something that entered a score."""

    id: str
    kind: SourceKind
    title: str = ""  # of the item, where it is known
    outcome: Outcome | None = None  # of an observation: pass or fail


class Excluded(Frozen):
    """Something that was left out of a score, and why."""

    id: str
    kind: SourceKind
    title: str = ""
    reason: LeftOut
    detail: str = ""  # Chinese: what went wrong


class Recomputation(Frozen):
    """The arithmetic, line by line; ``value`` is what it gives, ``None`` where a score has no value or no such line."""

    lines: tuple[str, ...]
    value: float | None


class Explanation(Frozen):
    """All that can be said of one score."""

    score: Score
    unit_name: str
    definition: RowDefinition | None  # ``None``: scored by a tool that kept no definitions
    tool_version: str
    rule_sets: tuple[str, ...]
    targets: Mapping[str, str]  # those that the row's arithmetic uses
    targets_placeholder: bool
    part_titles: Mapping[str, str]  # Chinese, by name of the part
    used: tuple[Used, ...]
    excluded: tuple[Excluded, ...]
    not_reached: Mapping[str, int]  # what has no id: guides that the listing never gave, planned probes never made
    findings: tuple[str, ...]  # ids of the faults of rules that the row reads, on the guides that entered
    recomputation: Recomputation
