"""The single things that probes looked at, one row each (a query, a question, a day), with people's grades beside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.guide_fields import FieldName
from domain.observation import Observation, ObservedRow
from domain.row_grade import RowGrade, grade_by_people, hash_row, last_of_each
from exports.code_list import PORTALS, PROBES, CodeList, codes_of
from exports.columns import (
    code,
    code_column,
    flag,
    integer,
    item_column,
    named_values,
    number,
    observation_column,
    page_column,
    portal_column,
    probe_column,
    run_column,
    text,
    unit_columns,
)
from exports.dataset import Dataset, datasets
from exports.language import Language
from exports.links import observation_path
from exports.row_kinds import ROW_KIND_TITLES
from storage.store import Store

FIELDS = codes_of(FieldName)
KINDS = CodeList(
    id="ObservedKind",
    zh={**ROW_KIND_TITLES[Language.ZH], **PROBES.zh, **PORTALS.zh, **FIELDS.zh},
    en={**ROW_KIND_TITLES[Language.EN], **PROBES.en, **PORTALS.en, **FIELDS.en},
    open=True,
)
"""A probe's own vocabulary, a guide's field, a platform or a topic; a kind that nobody has named is shown as it is."""


@dataclass(frozen=True, kw_only=True)
class SeenRow:
    """One row of an observation, and what people said about just this answer."""

    observation: Observation
    number: int
    row: ObservedRow
    grades: Sequence[RowGrade]


def rows(store: Store, run: str) -> Iterator[SeenRow]:
    """Stream the rows of a run's observations; only people's grades, which are few, are held."""
    given: Mapping[str, Sequence[RowGrade]] = store.row_grades.of_run(run)
    for observation in store.observations.of_run(run):
        grades = given.get(observation.id, ())
        for place, row in enumerate(observation.rows):
            own = tuple(one for one in grades if one.row == place and one.row_hash == hash_row(row))
            yield SeenRow(observation=observation, number=place, row=row, grades=own)


def count(store: Store, run: str) -> int:
    """Count the rows; there is no shorter way than to read them."""
    return sum(len(observation.rows) for observation in store.observations.of_run(run))


OBSERVED_ROWS: Dataset[SeenRow] = datasets.register(
    Dataset(
        id="observed_rows",
        zh="探测明细",
        en="Observed rows",
        about="一条探测记录内逐个看过的东西一行：一个检索词、一次提问、一个预约日、一次走查。",
        natural_key=("portal", "probe_id", "item_id", "number"),
        rows=rows,
        count=count,
        columns=(
            *unit_columns(lambda row: row.observation.unit),
            portal_column(lambda row: row.observation.portal),
            probe_column(lambda row: row.observation.probe_id),
            code_column(lambda row: row.observation.subject),
            item_column(lambda row: row.observation.item_id),
            integer(
                "number",
                "序号",
                "Number",
                lambda row, _: row.number,
                "在探测记录中的位置，从 0 起",
                unit="序号",
                width=8,
            ),
            code(
                "kind",
                "类别",
                "Kind",
                lambda row, _: row.row.kind,
                "探测自己的类别，如检索词类型 T2、题目、日期",
                codes=KINDS,
            ),
            text("asked", "所问", "Asked", lambda row, _: row.row.asked, "输入、打开或按下了什么", width=36),
            text("expected", "应为", "Expected", lambda row, _: row.row.expected, "办事指南或申报说的是什么", width=36),
            text("seen", "所见", "Seen", lambda row, _: row.row.seen, "平台显示了什么", width=48),
            number(
                "grade",
                "程序评分",
                "Program's grade",
                lambda row, _: row.row.grade,
                "按探测的书面尺度评 0–1",
                unit="1",
                empty="空 = 程序没有评分",
            ),
            number(
                "people_grade",
                "人工评分",
                "People's grade",
                lambda row, _: grade_by_people(row.grades),
                "各复核人最后一次评分（0、0.5、1）的平均；有人工评分时以此计分",
                unit="1",
                empty="空 = 没有人评过",
            ),
            integer(
                "people", "评分人数", "Graders", lambda row, _: len(last_of_each(row.grades)), "几人评过", unit="人"
            ),
            flag("review", "待人工判定", "Asks for a person", lambda row, _: row.row.review, "程序请人判定"),
            named_values(
                "measures", "测量明细", "Measures", lambda row, _: row.row.measures, "这一行的原始数字", width=40
            ),
            page_column(lambda row: observation_path(row.observation), "回放页", "Replay page", key="replay"),
            run_column(),
            observation_column(lambda row: row.observation.id),
        ),
    )
)
