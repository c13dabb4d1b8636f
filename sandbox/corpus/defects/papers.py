"""Defects of materials: name, source, number, medium, blank form, sample (G11–G14, G16, G17)."""

from sandbox.corpus.defects.fitness import has_materials
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import GuidePlan
from sandbox.corpus.randomness import hexadecimal
from sandbox.model import Json


def has_issued_paper(plan: GuidePlan) -> bool:
    """Say whether a material is issued by government."""
    return any(paper.source == "20" for paper in plan.papers)


COMMON = frozenset({"申请人居民身份证", "户口簿", "营业执照"})
"""Papers that every holder got from the one office that issues them: nobody asks who that is."""


def has_uncommon_paper(plan: GuidePlan) -> bool:
    """Say whether a material is issued by an office that an applicant may have to be told."""
    return any(paper.source == "20" and paper.name not in COMMON for paper in plan.papers)


def has_paper_copy(plan: GuidePlan) -> bool:
    """Say whether a material beside the form is to be handed in on paper: then the number of copies is due."""
    return any(paper.medium != "2" and not paper.exempt for paper in plan.papers[1:])


def find_paper_copy(draft: Draft) -> Json:
    """Return the row of such a material."""
    rows = (row for row in draft.materials[1:] if row["ZZHDZB"] != "2" and row["SUBMISSIONREQUIRED"] != "1")
    return next(rows)


@defect(
    "material-name-blank",
    field="材料名称",
    also=("申请材料",),
    where="AUDIT_MATERIAL[1].MATERIAL_NAME",
    checkpoint="G11",
    fits=has_materials,
    touches=("材料二",),
    sentence="材料名称为空",
)
def spoil_material_name(draft: Draft) -> None:
    draft.materials[1]["MATERIAL_NAME"] = ""


@defect(
    "material-catch-all",
    field="材料名称",
    also=("申请材料",),
    where="AUDIT_MATERIAL[-1].MATERIAL_NAME",
    checkpoint="G11",
    fits=has_materials,
    touches=("材料二",),
    sentence="材料清单以其他相关材料兜底",
)
def spoil_material_catch_all(draft: Draft) -> None:
    draft.materials[-1]["MATERIAL_NAME"] = "法律法规规定的其他相关材料"


@defect(
    "material-duplicate",
    field="材料名称",
    also=("申请材料",),
    where="AUDIT_MATERIAL[-1].MATERIAL_NAME",
    checkpoint="G11",
    fits=has_materials,
    touches=("材料二",),
    sentence="同一份材料列了两次",
)
def spoil_material_duplicate(draft: Draft) -> None:
    last = draft.materials[-1]
    draft.materials.append(
        {**last, "ORDERNUM": str(len(draft.materials) + 1), "ROWGUID": hexadecimal("again", last["ROWGUID"])}
    )


@defect(
    "material-source-blank",
    field="来源渠道",
    where="AUDIT_MATERIAL[1].SOURCE_TYPE",
    checkpoint="G12",
    fits=has_materials,
    touches=("材料二",),
    sentence="材料来源渠道为空",
)
def spoil_material_source(draft: Draft) -> None:
    draft.materials[1] |= dict.fromkeys(("SOURCE_TYPE", "SOURCE_TYPE_TEXT", "SOURCE_EXPLAIN"), "")


@defect(
    "material-issuer-blank",
    field="来源渠道说明",
    also=("来源渠道",),
    where="AUDIT_MATERIAL[].SOURCE_EXPLAIN",
    checkpoint="G12",
    fits=has_uncommon_paper,
    touches=("材料二", "来源渠道"),
    sentence="政府部门核发的材料没有写出具单位",
)
def spoil_material_issuer(draft: Draft) -> None:
    rows = (row for row in draft.materials if row["SOURCE_TYPE"] == "20" and row["MATERIAL_NAME"] not in COMMON)
    next(rows).update(
        {"SOURCE_EXPLAIN": "", "ISRELATELICENSE": "0", "ISRELATELICENSE_TEXT": "否", "SUBMISSIONREQUIRED": "0"}
    )


@defect(
    "material-copies-blank",
    field="份数",
    where="AUDIT_MATERIAL[1].PAGE_NUM",
    checkpoint="G13",
    fits=has_paper_copy,
    touches=("材料二",),
    sentence="须交纸质的材料，原件和复印件份数为空",
)
def spoil_material_copies(draft: Draft) -> None:
    find_paper_copy(draft).update({"PAGE_NUM": "", "PAGE_COPYNUM": ""})


@defect(
    "material-copies-zero",
    field="份数",
    where="AUDIT_MATERIAL[].PAGE_NUM",
    checkpoint="G13",
    fits=lambda plan: has_paper_copy(plan) and plan.facts.depth != "IV",  # IV takes nothing on paper only
    touches=("材料二", "材料形式"),
    sentence="纸质材料的原件和复印件都是 0 份",
)
def spoil_material_zero(draft: Draft) -> None:
    find_paper_copy(draft).update({"PAGE_NUM": "0", "PAGE_COPYNUM": "0", "ZZHDZB": "1", "ZZHDZB_TEXT": "纸质"})


@defect(
    "material-medium-blank",
    field="材料形式",
    where="AUDIT_MATERIAL[1].ZZHDZB",
    checkpoint="G14",
    fits=has_materials,
    touches=("材料二",),
    sentence="材料形式为空",
)
def spoil_material_medium(draft: Draft) -> None:
    draft.materials[1] |= {"ZZHDZB": "", "ZZHDZB_TEXT": "", "PAGE_FORMAT": ""}


@defect(
    "blank-form-missing",
    field="空白表格",
    where="AUDIT_MATERIAL[0].FORM_GUID",
    checkpoint="G16",
    fits=has_materials,
    touches=("表格文件",),
    sentence="申请表格文书没有空白表格",
)
def spoil_blank(draft: Draft) -> None:
    draft.materials[0]["FORM_GUID"] = []


@defect(
    "sample-missing",
    field="示例样本",
    where="AUDIT_MATERIAL[0].EXAMPLE_GUID",
    checkpoint="G17",
    fits=has_materials,
    touches=("表格文件",),
    sentence="申请表格文书没有示例样本",
)
def spoil_sample(draft: Draft) -> None:
    draft.materials[0]["EXAMPLE_GUID"] = []


@defect(
    "material-name-placeholder",
    field="材料名称",
    also=("申请材料",),
    where="AUDIT_MATERIAL[1].MATERIAL_NAME",
    checkpoint="G11",
    fits=has_materials,
    touches=("材料二",),
    sentence="材料名称写作“详见附件”",
)
def spoil_material_placeholder(draft: Draft) -> None:
    draft.materials[1]["MATERIAL_NAME"] = "详见附件"


@defect(
    "material-copies-absurd",
    field="份数",
    where="AUDIT_MATERIAL[].PAGE_COPYNUM",
    checkpoint="G13",
    fits=has_paper_copy,
    touches=("材料二",),
    sentence="材料要 99 份复印件",
)
def spoil_material_many(draft: Draft) -> None:
    find_paper_copy(draft)["PAGE_COPYNUM"] = "99"


@defect(
    "material-copies-placeholder",
    field="份数",
    where="AUDIT_MATERIAL[].PAGE_NUM",
    checkpoint="G13",
    fits=has_paper_copy,
    touches=("材料二",),
    sentence="材料份数写作“若干”",
)
def spoil_material_some(draft: Draft) -> None:
    find_paper_copy(draft).update({"PAGE_NUM": "若干", "PAGE_COPYNUM": ""})


@defect(
    "material-issuer-contradicts",
    field="来源渠道说明",
    also=("来源渠道",),
    where="AUDIT_MATERIAL[].SOURCE_EXPLAIN",
    checkpoint="G12",
    fits=has_issued_paper,
    touches=("材料二",),
    sentence="政府部门核发的材料，出具单位却写由申请人自行准备",
)
def spoil_material_source_note(draft: Draft) -> None:
    row = next(row for row in draft.materials if row["SOURCE_TYPE"] == "20")
    row["SOURCE_EXPLAIN"] = "由申请人自行准备"


@defect(
    "material-necessity-blank",
    field="材料必要性",
    where="AUDIT_MATERIAL[1].IS_NEED",
    fits=has_materials,
    touches=("材料二",),
    sentence="没有写材料是必要还是非必要",
)
def spoil_material_need(draft: Draft) -> None:
    draft.materials[1] |= {"IS_NEED": "", "IS_NEED_TEXT": ""}


@defect(
    "exempt-without-licence",
    field="是否免提交",
    also=("关联电子证照",),
    where="AUDIT_MATERIAL[].SUBMISSIONREQUIRED",
    fits=lambda plan: any(paper.source == "10" and not paper.form for paper in plan.papers),
    touches=("材料二",),
    sentence="材料写着免提交，却没有关联电子证照，也没有数据来源",
)
def spoil_exemption(draft: Draft) -> None:
    row = next(row for row in draft.materials if row["SOURCE_TYPE"] == "10" and row["MATERIAL_TYPE"] != "2")
    row |= {"SUBMISSIONREQUIRED": "1", "ISRELATELICENSE": "0", "ISRELATELICENSE_TEXT": "否"}


@defect(
    "absence-without-material",
    field="材料必要性",
    also=("是否容缺受理", "容缺受理", "申请材料"),
    where="AUDIT_ITEM.IS_ABSENCE_ACCEPT",
    fits=has_materials,
    sentence="支持容缺受理，却没有一份可以容缺后补的材料",
)
def spoil_absence(draft: Draft) -> None:
    draft.item["IS_ABSENCE_ACCEPT"] = "1"
