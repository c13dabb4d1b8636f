"""Defects of 设定依据 (G9)."""

from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.model import Json

FUTURE = "2096-01-01"


def first_law(draft: Draft) -> Json:
    """Return the first LAW row."""
    row: Json = draft.item["LAW"][0]
    return row


@defect("law-missing", field="设定依据", where="AUDIT_ITEM.LAW", checkpoint="G9", sentence="没有任何设定依据")
def spoil_laws(draft: Draft) -> None:
    draft.item["LAW"] = []


@defect(
    "law-in-future",
    field="实施日期",
    where="AUDIT_ITEM.LAW[].SSRQ",
    checkpoint="G9",
    touches=("设定依据",),
    sentence="设定依据的实施日期在未来",
)
def spoil_law_date(draft: Draft) -> None:
    first_law(draft)["SSRQ"] = FUTURE


@defect(
    "law-without-clause",
    field="条款号",
    where="AUDIT_ITEM.LAW[].TERMSNUMBER",
    checkpoint="G9",
    touches=("设定依据",),
    sentence="设定依据没有条款号",
)
def spoil_law_clause(draft: Draft) -> None:
    row = first_law(draft)
    row["TERMSCONTENT"] = row["TERMSCONTENT"].partition("：")[2]
    row["TERMSNUMBER"] = ""


@defect(
    "law-without-number",
    field="依据文号",
    where="AUDIT_ITEM.LAW[].ACCORDINGNUMBER",
    checkpoint="G9",
    touches=("设定依据",),
    sentence="设定依据没有文号",
)
def spoil_law_number(draft: Draft) -> None:
    first_law(draft)["ACCORDINGNUMBER"] = ""


@defect(
    "law-content-placeholder",
    field="条款内容",
    where="AUDIT_ITEM.LAW[].TERMSCONTENT",
    checkpoint="G9",
    touches=("设定依据",),
    sentence="设定依据的条款内容只写了套话",
)
def spoil_law_content(draft: Draft) -> None:
    first_law(draft)["TERMSCONTENT"] = "详见法律原文"
