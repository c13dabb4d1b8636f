"""What every score was reckoned from, one row per item or observation, so that a sheet can count again."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.crawl import GuideOutcome
from domain.errors import UsageError
from domain.failure import FailureReason
from domain.handed_list import LIST_PREFIX
from domain.imported_figure import IMPORTED
from domain.outcome import Outcome
from domain.score import Score
from domain.unit import Table
from exports.code_list import CodeList, codes_of
from exports.columns import code, integer, run_column, text, unit_columns
from exports.dataset import Dataset, datasets
from storage.store import Store


class InputRole(StrEnum):
    """What became of an item or observation."""

    COUNTED = "counted"
    EXCLUDED = "excluded"


class InputKind(StrEnum):
    """Which data set a reference leads to."""

    GUIDE = "guides"
    OBSERVATION = "observations"
    FIGURE = "imported_figures"
    LIST = "handed_entries"


ROLES = CodeList(
    id="InputRole",
    zh={InputRole.COUNTED.value: "计入", InputRole.EXCLUDED.value: "未计入"},
    en={role.value: role.value for role in InputRole},
)
KINDS = CodeList(
    id="InputKind",
    zh={
        InputKind.GUIDE.value: "办事指南",
        InputKind.OBSERVATION.value: "探测记录",
        InputKind.FIGURE.value: "导入数据",
        InputKind.LIST.value: "导入清单",
    },
    en={kind.value: kind.value for kind in InputKind},
)
OUTCOMES, GUIDE_OUTCOMES = codes_of(Outcome), codes_of(GuideOutcome)
ENDS = CodeList(id="InputOutcome", zh={**OUTCOMES.zh, **GUIDE_OUTCOMES.zh}, en={**OUTCOMES.en, **GUIDE_OUTCOMES.en})
End = tuple[Outcome | GuideOutcome | None, FailureReason | None]
OBSERVATION_SLASHES = 3
"""An observation's id is run/portal/probe/item; an item's own id stands alone."""


def kind_of(id: str) -> InputKind:
    """Tell what an id leads to by its form."""
    if id.startswith(IMPORTED):
        return InputKind.FIGURE
    if id.startswith(LIST_PREFIX):
        return InputKind.LIST
    return InputKind.OBSERVATION if id.count("/") >= OBSERVATION_SLASHES else InputKind.GUIDE


@dataclass(frozen=True, kw_only=True)
class InputRow:
    """One reference of one score; ``id`` is as the score keeps it."""

    score: Score
    role: InputRole
    id: str
    outcome: Outcome | GuideOutcome | None
    failure: FailureReason | None

    @property
    def kind(self) -> InputKind:
        """Which data set the id leads to."""
        return kind_of(self.id)

    @property
    def reference(self) -> str:
        """The id without the score's own run, so that it is the same in the next run."""
        return self.id.removeprefix(f"{self.score.run}/")


def rows(store: Store, run: str) -> Iterator[InputRow]:
    """Stream the references of a run's scores, each once, with how it ended.

    Held in memory are the ends of the run's probes and of the visits that brought no guide, not those of every guide.
    """
    ends = {**_ends_of_probes(store, run), **_ends_of_visits(store, run)}
    for score in store.scores.of_run(run):
        for role, ids in ((InputRole.COUNTED, score.inputs), (InputRole.EXCLUDED, score.excluded)):
            for one in dict.fromkeys(ids):
                outcome, failure = ends.get(one) or _end_elsewhere(store, one)
                yield InputRow(score=score, role=role, id=one, outcome=outcome, failure=failure)


def _ends_of_probes(store: Store, run: str) -> dict[str, End]:
    return {seen.id: (seen.outcome, seen.failure) for seen in store.observations.of_run(run)}


def _ends_of_visits(store: Store, run: str) -> dict[str, End]:
    visits = (visit for visit in store.crawls.visits(run) if visit.outcome is not GuideOutcome.MEASURED)
    return {visit.item_id: (visit.outcome, visit.failure) for visit in visits}


def _end_elsewhere(store: Store, id: str) -> End:
    """Return how a guide that was read, or an observation of another run, ended; what was handed in has no end."""
    kind = kind_of(id)
    if kind is not InputKind.OBSERVATION:
        return (GuideOutcome.MEASURED if kind is InputKind.GUIDE else None), None
    try:
        seen = store.observations.get(id)
    except UsageError:  # an observation that is not in this store any more
        return None, None
    return seen.outcome, seen.failure


def _count(store: Store, run: str) -> int:
    return sum(len(score.inputs) + len(score.excluded) for score in store.scores.of_run(run))


SCORE_INPUTS: Dataset[InputRow] = datasets.register(
    Dataset(
        id="score_inputs",
        zh="得分依据",
        en="Score inputs",
        about="每个得分所依据（或未计入）的每个事项、每条记录、每个导入数据或清单一行。",
        natural_key=("period", "unit_id", "table", "row", "indicator", "role", "reference"),
        rows=rows,
        count=_count,
        reckoned=True,
        columns=(
            *unit_columns(lambda row: row.score.unit, always=True),
            text("period", "评估期", "Period", lambda row, _: row.score.period, "评估半年，如 2021H1", width=10),
            code(
                "table",
                "指标表",
                "Table",
                lambda row, _: row.score.table,
                "通知附件 2（D）或附件 3（C）的指标表",
                codes=Table,
                width=8,
            ),
            integer("row", "行号", "Row", lambda row, _: row.score.row, "指标表的行号", unit="序号", width=6),
            text(
                "indicator", "指标编号", "Indicator id", lambda row, _: row.score.indicator, "指标的固定编号", width=26
            ),
            code("role", "用途", "Role", lambda row, _: row.role, "计入还是未计入", codes=ROLES),
            code("leads_to", "数据集", "Data set", lambda row, _: row.kind, "引用指向哪个数据集", codes=KINDS),
            text(
                "reference",
                "引用",
                "Reference",
                lambda row, _: row.reference,
                "办事指南：事项标识；探测记录：平台/探测编号/事项标识（他次运行的记录带运行编号）；导入数据、导入清单：其引用",
                refers="guides.item_id、observations.id（去掉运行编号）、imported_figures、handed_entries 的引用",
                width=60,
            ),
            code(
                "outcome",
                "结果",
                "Outcome",
                lambda row, _: row.outcome,
                "探测的结果，或办事指南的采集结果；未计入而已采集 = 指南没有写出所需的信息",
                codes=ENDS,
                empty="空 = 其他渠道报送，没有结果；或记录已不在数据库",
            ),
            code(
                "failure",
                "归因",
                "Failure",
                lambda row, _: row.failure,
                "未通过或未采集的原因",
                codes=codes_of(FailureReason, open=True),
                empty="空 = 没有失败",
                width=18,
            ),
            run_column(),
        ),
    )
)
