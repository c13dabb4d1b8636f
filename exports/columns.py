"""Short ways to declare a column of each form, and the columns that most data sets share."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from exports.code_list import PORTALS, PROBES, CodeList, codes_of
from exports.dataset import Column, Context
from exports.language import Language
from exports.value import Form, Value

Row = TypeVar("Row")
Getter = Callable[[Row, Context], Value]
Show = Callable[[Any, Language], str]

NO_UNIT = "空 = 来源只知事项、不知属于哪个被评单位"
NOT_SHOWN = "空 = 来源不显示此项（未测得），不等于没有"
NO_FINISH = "空 = 未得出"


def text(
    key: str,
    zh: str,
    en: str,
    get: Getter[Row],
    meaning: str,
    *,
    empty: str = "",
    refers: str = "",
    width: int = 14,
    show: Show | None = None,
) -> Column[Row]:
    """A column of plain text."""
    return Column(key=key, zh=zh, en=en, get=get, meaning=meaning, empty=empty, refers=refers, width=width, show=show)


def integer(
    key: str, zh: str, en: str, get: Getter[Row], meaning: str, *, unit: str = "个", empty: str = "", width: int = 10
) -> Column[Row]:
    """A column of whole numbers."""
    return Column(
        key=key, zh=zh, en=en, get=get, meaning=meaning, form=Form.INTEGER, unit=unit, empty=empty, width=width
    )


def number(
    key: str, zh: str, en: str, get: Getter[Row], meaning: str, *, unit: str, empty: str = "", width: int = 10
) -> Column[Row]:
    """A column of measured numbers; ``unit`` is ``1`` for a share."""
    return Column(
        key=key, zh=zh, en=en, get=get, meaning=meaning, form=Form.NUMBER, unit=unit, empty=empty, width=width
    )


def exact(
    key: str, zh: str, en: str, get: Getter[Row], meaning: str, *, unit: str, empty: str = "", width: int = 10
) -> Column[Row]:
    """A column of exact decimals."""
    return Column(
        key=key, zh=zh, en=en, get=get, meaning=meaning, form=Form.DECIMAL, unit=unit, empty=empty, width=width
    )


def code(
    key: str,
    zh: str,
    en: str,
    get: Getter[Row],
    meaning: str,
    *,
    codes: CodeList | type[StrEnum],
    empty: str = "",
    width: int = 12,
) -> Column[Row]:
    """A column of codes; sheets show their titles."""
    listed = codes if isinstance(codes, CodeList) else codes_of(codes)
    return Column(
        key=key, zh=zh, en=en, get=get, meaning=meaning, form=Form.CODE, codes=listed, empty=empty, width=width
    )


def flag(
    key: str, zh: str, en: str, get: Getter[Row], meaning: str, *, empty: str = "", width: int = 10
) -> Column[Row]:
    """A column of yes and no."""
    return Column(key=key, zh=zh, en=en, get=get, meaning=meaning, form=Form.FLAG, empty=empty, width=width)


def moment(
    key: str, zh: str, en: str, get: Getter[Row], meaning: str, *, empty: str = "", volatile: bool = False
) -> Column[Row]:
    """A column of moments: UTC for programs, Beijing time in sheets; ``volatile`` for when something was looked at."""
    return Column(
        key=key, zh=zh, en=en, get=get, meaning=meaning, form=Form.MOMENT, empty=empty, volatile=volatile, width=20
    )


def texts(
    key: str,
    zh: str,
    en: str,
    get: Getter[Row],
    meaning: str,
    *,
    empty: str = "",
    refers: str = "",
    width: int = 36,
    show: Show | None = None,
) -> Column[Row]:
    """A column of lists of texts."""
    return Column(
        key=key,
        zh=zh,
        en=en,
        get=get,
        meaning=meaning,
        form=Form.TEXTS,
        empty=empty,
        refers=refers,
        width=width,
        show=show,
    )


def named_values(
    key: str, zh: str, en: str, get: Getter[Row], meaning: str, *, empty: str = "", width: int = 36
) -> Column[Row]:
    """A column of names with values."""
    return Column(key=key, zh=zh, en=en, get=get, meaning=meaning, form=Form.OBJECT, empty=empty, width=width)


def passing(column: Column[Row]) -> Column[Row]:
    """The same column, marked as one whose values differ from look to look."""
    return replace(column, volatile=True)


def link(
    key: str, zh: str, en: str, get: Getter[Row], meaning: str, *, empty: str = "", run_bound: bool = False
) -> Column[Row]:
    """A column of addresses."""
    return Column(
        key=key,
        zh=zh,
        en=en,
        get=get,
        meaning=meaning,
        form=Form.LINK,
        empty=empty,
        run_bound=run_bound,
        width=44,
    )


def unit_columns(unit_of: Callable[[Row], str | None], *, always: bool = False) -> tuple[Column[Row], Column[Row]]:
    """The evaluated body by name and by id; ``always`` where every row has one."""
    empty = "" if always else NO_UNIT
    return (
        text(
            "unit",
            "单位",
            "Unit",
            lambda row, ctx: ctx.unit_name(unit_of(row)),
            "被评单位名称，与评估通知一致",
            empty=empty,
            width=26,
        ),
        text(
            "unit_id",
            "单位编号",
            "Unit id",
            lambda row, _: unit_of(row) or None,
            "被评单位编号：dept-01 至 dept-41 为市直部门，county-1 至 county-7 为县（市、区）",
            empty=empty,
            width=10,
        ),
    )


def portal_column(portal_of: Callable[[Row], str]) -> Column[Row]:
    """The portal on which something was seen."""
    return code(
        "portal",
        "平台",
        "Portal",
        lambda row, _: portal_of(row),
        "在哪个平台（或窗口、电话）看到",
        codes=PORTALS,
        width=16,
    )


def probe_column(probe_of: Callable[[Row], str]) -> Column[Row]:
    """The probe that looked."""
    return code("probe_id", "探测项", "Probe", lambda row, _: probe_of(row), "哪项探测", codes=PROBES, width=16)


def observation_column(observation_of: Callable[[Row], str]) -> Column[Row]:
    """The observation that a row belongs to; its id is of this run alone."""
    return Column(
        key="observation_id",
        zh="记录编号",
        en="Observation id",
        get=lambda row, _: observation_of(row),
        meaning="属于哪条探测记录",
        refers="observations.id",
        run_bound=True,
        width=48,
    )


def item_column(item_of: Callable[[Row], str]) -> Column[Row]:
    """The item's key within its portal."""
    return text(
        "item_id",
        "事项标识",
        "Item id",
        lambda row, _: item_of(row),
        "平台内事项的唯一标识",
        refers="guides.item_id",
        width=36,
    )


def code_column(code_of: Callable[[Row], str]) -> Column[Row]:
    """The item's published code, which several items may share."""
    return text(
        "code", "事项编码", "Code", lambda row, _: code_of(row), "业务办理项编码，无则为实施编码；不唯一", width=36
    )


def item_name_column(name_of: Callable[[Row], str]) -> Column[Row]:
    """The item's name in the portal's list."""
    return text(
        "item_name",
        "事项名称",
        "Item",
        lambda row, _: name_of(row) or None,
        "事项在平台列表中的名称",
        empty="空 = 本次列表中无此事项",
        width=36,
    )


def document_columns(document_of: Callable[[Row], str | None], empty: str) -> tuple[Column[Row], Column[Row]]:
    """The raw document by its hash, and where its bytes lie below the store's home."""
    return (
        text(
            "document",
            "原始文档SHA-256",
            "Raw document SHA-256",
            lambda row, _: document_of(row) or None,
            "所依据原始文档字节的 SHA-256",
            empty=empty,
            width=24,
        ),
        text(
            "document_path",
            "证据路径",
            "Evidence path",
            lambda row, ctx: ctx.evidence_path(document_of(row) or ""),
            "原始文档在数据目录下的相对路径；.zst 为 zstd 压缩，解压后字节与 SHA-256 相符",
            empty="空 = 没有原始文档，或字节已不在证据库",
            width=44,
        ),
    )


def file_columns(sha256_of: Callable[[Row], str]) -> tuple[Column[Row], Column[Row]]:
    """The file that something was handed in by: its hash, and where it lies below the store's home; never its bytes."""
    return (
        text(
            "file_sha256",
            "报送文件SHA-256",
            "File SHA-256",
            lambda row, _: sha256_of(row),
            "报送文件字节的 SHA-256",
            width=24,
        ),
        text(
            "file_path",
            "报送文件路径",
            "File path",
            lambda row, ctx: ctx.evidence_path(sha256_of(row)),
            "报送文件原件在数据目录下的相对路径；原件不随导出交付",
            empty="空 = 原件不在证据库",
            width=44,
        ),
    )


def page_column(path_of: Callable[[Row], str | None], zh: str, en: str, *, key: str = "page") -> Column[Row]:
    """The page of the workbench that shows a row with its evidence."""

    def get(row: Row, context: Context) -> str | None:
        path = path_of(row)
        return None if path is None else context.page(path)

    return link(
        key,
        zh,
        en,
        get,
        "评估工作台中的页面；未给出工作台地址时为以 / 开头的路径",
        empty="空 = 没有对应页面",
        run_bound=True,
    )


def run_column() -> Column[Row]:
    """The run that a row belongs to."""
    return Column(
        key="run",
        zh="运行编号",
        en="Run",
        get=lambda _, context: context.run,
        meaning="导出所属运行的编号（见 manifest.json 的 provenance）",
        run_bound=True,
        width=24,
    )
