"""Defects of 设定依据 (G9)."""

from sandbox.corpus.defects.fitness import is_power
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.randomness import number
from sandbox.model import Json

FUTURE = "2096-01-01"


def first_law(draft: Draft) -> Json:
    """Return the first LAW row."""
    row: Json = draft.item["LAW"][0]
    return row


@defect(
    "law-missing",
    field="设定依据",
    where="AUDIT_ITEM.LAW",
    checkpoint="G9",
    fits=is_power,
    sentence="没有任何设定依据",
)
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


PART = ("设定依据",)
SUPERSEDED = (
    ("中华人民共和国合同法", "主席令〔1999〕15号", "第四十四条", "1999-10-01", "依法成立的合同，自成立时生效。"),
    ("中华人民共和国物权法", "主席令〔2007〕62号", "第九条", "2007-10-01", "不动产物权的设立，经依法登记，发生效力。"),
    ("中华人民共和国民法总则", "主席令〔2017〕66号", "第十三条", "2017-10-01", "自然人依法享有民事权利。"),
    ("中华人民共和国收养法", "主席令〔1998〕10号", "第十五条", "1999-04-01", "收养应当向民政部门登记。"),
)
"""Laws that the Civil Code replaced on 2021-01-01."""


@defect(
    "law-superseded",
    field="法律法规名称",
    also=PART,
    where="AUDIT_ITEM.LAW[].LAWNAME",
    checkpoint="G9",
    sentence="设定依据是已经废止的法律",
)
def spoil_law_age(draft: Draft) -> None:
    name, law_number, clause, since, text = SUPERSEDED[number(len(SUPERSEDED), "old law", draft.plan.item_id)]
    row = first_law(draft)
    row |= {"LAWNAME": name, "ACCORDINGNUMBER": law_number, "TERMSNUMBER": clause, "SSRQ": since}
    row |= {"TERMSCONTENT": f"{clause}：{text}", "BFJG": "全国人民代表大会"}


@defect(
    "law-name-blank",
    field="法律法规名称",
    also=PART,
    where="AUDIT_ITEM.LAW[].LAWNAME",
    checkpoint="G9",
    sentence="设定依据没有法律法规名称",
)
def spoil_law_name(draft: Draft) -> None:
    first_law(draft)["LAWNAME"] = ""


@defect(
    "law-of-another-province",
    field="法律法规名称",
    also=PART,
    where="AUDIT_ITEM.LAW[].LAWNAME",
    checkpoint="G9",
    sentence="广东的事项引用了外省的地方性法规",
)
def spoil_law_province(draft: Draft) -> None:
    row = first_law(draft)
    row |= {"LAWNAME": "广西壮族自治区实施行政许可监督管理条例", "ACCORDINGNUMBER": "桂人大〔2018〕12号"}
    row |= {"BFJG": "广西壮族自治区人民代表大会常务委员会", "SSRQ": "2018-07-01"}


@defect(
    "law-number-malformed",
    field="依据文号",
    where="AUDIT_ITEM.LAW[].ACCORDINGNUMBER",
    checkpoint="G9",
    touches=PART,
    sentence="设定依据的文号残缺，没有序号",
)
def spoil_law_number_form(draft: Draft) -> None:
    row = first_law(draft)
    row["ACCORDINGNUMBER"] = row["ACCORDINGNUMBER"].partition("〔")[0] + "〔〕号"


@defect(
    "law-number-future",
    field="依据文号",
    where="AUDIT_ITEM.LAW[].ACCORDINGNUMBER",
    checkpoint="G9",
    touches=PART,
    sentence="设定依据的文号是还没有到来的年份",
)
def spoil_law_number_year(draft: Draft) -> None:
    row = first_law(draft)
    row["ACCORDINGNUMBER"] = row["ACCORDINGNUMBER"].partition("〔")[0] + "〔2091〕29号"


@defect(
    "law-clause-malformed",
    field="条款号",
    where="AUDIT_ITEM.LAW[].TERMSNUMBER",
    checkpoint="G9",
    touches=PART,
    sentence="设定依据的条款号只有“第条”，没有数字",
)
def spoil_law_clause_form(draft: Draft) -> None:
    row = first_law(draft)
    row |= {"TERMSNUMBER": "第条", "TERMSCONTENT": row["TERMSCONTENT"].partition("：")[2]}
