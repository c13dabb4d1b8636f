"""Every entry of the lists that other channels handed in for the run's period, and the rows that read it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.handed_list import LIST_PREFIX, LIST_TITLES_EN, LIST_TITLES_ZH, HandedEntry, list_reference
from domain.observation import Measure
from exports.code_list import CodeList
from exports.columns import code, file_columns, flag, integer, moment, run_column, text, texts, unit_columns
from exports.dataset import Dataset, datasets
from exports.value import Value
from storage.store import Store

LISTS = CodeList(
    id="ListKind",
    zh={kind.value: title for kind, title in LIST_TITLES_ZH.items()},
    en={kind.value: title for kind, title in LIST_TITLES_EN.items()},
)
ONLY_DATA_SETS = "空 = 不是开放数据清单"
Readers = Mapping[tuple[str, str], tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class EntryRow:
    """An entry, whether its list is the one that counts, and the rows whose scores of this run read it."""

    entry: HandedEntry
    current: bool
    read_by: tuple[str, ...]

    @property
    def reference(self) -> str:
        """The list in its version, as scores name it among their inputs."""
        return list_reference(self.entry.kind, self.entry.version)


def rows(store: Store, run: str) -> Iterator[EntryRow]:
    """Stream the entries of the run's period, as they are known today."""
    period = store.runs.get(run).period
    newest = {one.kind: one.version for one in store.lists.history(period)}  # the oldest first: the last one stays
    readers = find_readers(store, run)
    for entry in store.lists.all(period):
        reference = list_reference(entry.kind, entry.version)
        yield EntryRow(
            entry=entry,
            current=newest[entry.kind] == entry.version,
            read_by=readers.get((entry.unit, reference), ()),
        )


def find_readers(store: Store, run: str) -> Readers:
    """Map body and list to the rows of the notice whose scores name it among their inputs."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for score in store.scores.of_run(run):
        for one in score.inputs:
            if one.startswith(LIST_PREFIX):
                found[score.unit, one].append(f"{score.table}{score.row}")
    return {place: tuple(labels) for place, labels in found.items()}


def figure(row: EntryRow, name: str) -> Measure:
    return row.entry.figures.get(name)


def truth(row: EntryRow, name: str) -> Value:
    value = figure(row, name)
    return None if value is None else bool(value)


def whole(row: EntryRow, name: str) -> Value:
    value = figure(row, name)
    return None if value is None else int(value)


HANDED_ENTRIES: Dataset[EntryRow] = datasets.register(
    Dataset(
        id="handed_entries",
        zh="导入清单",
        en="Handed-in lists",
        about="其他渠道为本评估期报送的清单（认领目录、高频事项、应通办事项、开放数据），每条一行，含全部版本。",
        natural_key=("period", "unit_id", "list", "key", "version"),
        rows=rows,
        count=lambda store, run: store.lists.count(store.runs.get(run).period),
        reckoned=True,
        columns=(
            *unit_columns(lambda row: row.entry.unit, always=True),
            text("period", "评估期", "Period", lambda row, _: row.entry.period, "评估半年，如 2021H1", width=10),
            code("list", "清单", "List", lambda row, _: row.entry.kind, "哪一份清单", codes=LISTS, width=32),
            text("key", "编码或名称", "Code or name", lambda row, _: row.entry.key, "编码，或数据集名称", width=38),
            integer(
                "rows",
                "数据量",
                "Rows",
                lambda row, _: whole(row, "rows"),
                "在下载文件中清点的条数",
                unit="条",
                empty=ONLY_DATA_SETS,
            ),
            flag(
                "downloads",
                "能否下载",
                "Downloads",
                lambda row, _: truth(row, "downloads"),
                "数据集能否下载",
                empty=ONLY_DATA_SETS,
            ),
            flag(
                "up_to_date",
                "按周期更新",
                "Up to date",
                lambda row, _: truth(row, "current"),
                "核对当日是否在标明的更新周期之内",
                empty=f"{ONLY_DATA_SETS}，或未标明更新周期",
                width=12,
            ),
            texts(
                "read_by",
                "用于指标",
                "Read by",
                lambda row, _: row.read_by,
                "本次得分中读了这一版清单的指标行，如 D14；空 = 没有得分用到（旧版，或导入后尚未重新计分）",
                width=12,
            ),
            text(
                "reference",
                "引用",
                "Reference",
                lambda row, _: row.reference,
                "清单/版本，与得分依据中的引用相同",
                width=18,
            ),
            text("source", "来源", "Source", lambda row, _: row.entry.source, "取自哪个系统或文件", width=30),
            text("recorded_by", "报送人", "Recorded by", lambda row, _: row.entry.recorded_by, "谁报送"),
            integer(
                "version",
                "版本",
                "Version",
                lambda row, _: row.entry.version,
                "这份清单在本评估期第几次报送",
                unit="版",
            ),
            flag("current", "现行版本", "Current", lambda row, _: row.current, "是否为计分所用的最新版本"),
            moment(
                "imported_at",
                "导入时间（北京时间）",
                "Imported (Beijing time)",
                lambda row, _: row.entry.imported_at,
                "导入时刻；JSONL、Parquet 为 UTC",
            ),
            *file_columns(lambda row: row.entry.file_sha256),
            run_column(),
        ),
    )
)
