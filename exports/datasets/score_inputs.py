"""What every score was reckoned from, one row per item or observation, so that a sheet can count again."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from domain.score import Score
from domain.unit import Table
from exports.code_list import CodeList
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


ROLES = CodeList(
    id="InputRole",
    zh={InputRole.COUNTED.value: "计入", InputRole.EXCLUDED.value: "未计入"},
    en={role.value: role.value for role in InputRole},
)
KINDS = CodeList(
    id="InputKind",
    zh={InputKind.GUIDE.value: "办事指南", InputKind.OBSERVATION.value: "探测记录"},
    en={kind.value: kind.value for kind in InputKind},
)
OBSERVATION_SLASHES = 3
"""An observation's id is run/portal/probe/item; an item's own id stands alone."""


@dataclass(frozen=True, kw_only=True)
class InputRow:
    """One reference of one score; ``id`` is as the score keeps it."""

    score: Score
    role: InputRole
    id: str

    @property
    def kind(self) -> InputKind:
        """Which data set the id leads to."""
        return InputKind.OBSERVATION if self.id.count("/") >= OBSERVATION_SLASHES else InputKind.GUIDE

    @property
    def reference(self) -> str:
        """The id without the score's own run, so that it is the same in the next run."""
        return self.id.removeprefix(f"{self.score.run}/")


def rows(store: Store, run: str) -> Iterator[InputRow]:
    """Stream the references of a run's scores, each once."""
    for score in store.scores.of_run(run):
        for role, ids in ((InputRole.COUNTED, score.inputs), (InputRole.EXCLUDED, score.excluded)):
            yield from (InputRow(score=score, role=role, id=one) for one in dict.fromkeys(ids))


def _count(store: Store, run: str) -> int:
    return sum(len(score.inputs) + len(score.excluded) for score in store.scores.of_run(run))


SCORE_INPUTS: Dataset[InputRow] = datasets.register(
    Dataset(
        id="score_inputs",
        zh="得分依据",
        en="Score inputs",
        about="每个得分所依据（或未计入）的每个事项、每条记录一行。",
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
                "办事指南：事项标识；探测记录：平台/探测编号/事项标识（他次运行的记录带运行编号）",
                refers="guides.item_id 或 observations.id（去掉运行编号）",
                width=60,
            ),
            run_column(),
        ),
    )
)
