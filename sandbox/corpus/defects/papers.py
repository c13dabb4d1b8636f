"""Defects of materials: name, source, number, medium, blank form, sample (G11–G14, G16, G17)."""

from dataclasses import replace

from sandbox.corpus.attachments import make_attachment
from sandbox.corpus.defects.fitness import has_materials
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import GuidePlan
from sandbox.corpus.randomness import hexadecimal
from sandbox.model import Attachment


def has_issued_paper(plan: GuidePlan) -> bool:
    """Say whether a material is issued by government."""
    return any(paper.source == "20" for paper in plan.papers)


def replace_blank(draft: Draft, **changes: object) -> None:
    """Put a spoilt file in place of the first blank form."""
    row = draft.materials[0]
    old = draft.files[row["FORM_GUID"][0]["ATTACHGUID"]]
    guid = hexadecimal("spoilt form", draft.plan.item_id)
    row["FORM_GUID"] = draft.attach(replace(old, guid=guid, **changes))  # type: ignore[arg-type]  # names are those of Attachment


@defect(
    "material-name-blank",
    field="材料名称",
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
    where="AUDIT_MATERIAL[].SOURCE_EXPLAIN",
    checkpoint="G12",
    fits=has_issued_paper,
    touches=("材料二", "来源渠道"),
    sentence="政府部门核发的材料没有写出具单位",
)
def spoil_material_issuer(draft: Draft) -> None:
    row = next(row for row in draft.materials if row["SOURCE_TYPE"] == "20")
    row |= {"SOURCE_EXPLAIN": "", "ISRELATELICENSE": "0", "ISRELATELICENSE_TEXT": "否", "SUBMISSIONREQUIRED": "0"}


@defect(
    "material-copies-blank",
    field="份数",
    where="AUDIT_MATERIAL[1].PAGE_NUM",
    checkpoint="G13",
    fits=has_materials,
    touches=("材料二",),
    sentence="材料原件和复印件份数为空",
)
def spoil_material_copies(draft: Draft) -> None:
    draft.materials[1] |= {"PAGE_NUM": "", "PAGE_COPYNUM": ""}


def first_is_on_paper(plan: GuidePlan) -> bool:
    """Say whether a material beside the form is also taken on paper."""
    return any(paper.medium != "2" for paper in plan.papers[1:])


@defect(
    "material-copies-zero",
    field="份数",
    where="AUDIT_MATERIAL[].PAGE_NUM",
    checkpoint="G13",
    fits=first_is_on_paper,
    touches=("材料二",),
    sentence="纸质材料的原件和复印件都是 0 份",
)
def spoil_material_zero(draft: Draft) -> None:
    row = next(row for row in draft.materials[1:] if row["ZZHDZB"] != "2")
    row |= {"PAGE_NUM": "0", "PAGE_COPYNUM": "0", "ZZHDZB": "1", "ZZHDZB_TEXT": "纸质"}


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
    "blank-form-broken-link",
    field="空白表格",
    where="AUDIT_MATERIAL[0].FORM_GUID",
    checkpoint="G16",
    fits=has_materials,
    touches=("表格文件",),
    sentence="空白表格的链接打不开",
)
def spoil_blank_link(draft: Draft) -> None:
    replace_blank(draft, status=404, content=b"")


@defect(
    "blank-form-empty-file",
    field="空白表格",
    where="AUDIT_MATERIAL[0].FORM_GUID",
    checkpoint="G16",
    fits=has_materials,
    touches=("表格文件",),
    sentence="空白表格是 0 字节的文件",
)
def spoil_blank_empty(draft: Draft) -> None:
    replace_blank(draft, content=b"")


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
    "sample-equals-blank",
    field="示例样本",
    where="AUDIT_MATERIAL[0].EXAMPLE_GUID",
    checkpoint="G17",
    fits=has_materials,
    touches=("表格文件",),
    sentence="示例样本与空白表格是同一个文件",
)
def spoil_sample_equal(draft: Draft) -> None:
    row = draft.materials[0]
    blank = draft.files[row["FORM_GUID"][0]["ATTACHGUID"]]
    guid, name = hexadecimal("same sample", draft.plan.item_id), row["EXAMPLE_GUID"][0]["ATTACHNAME"]
    row["EXAMPLE_GUID"] = draft.attach(
        Attachment(guid=guid, name=name, content=blank.content, media_type=blank.media_type)
    )


@defect(
    "sample-not-what-it-says",
    field="示例样本",
    where="AUDIT_MATERIAL[0].EXAMPLE_GUID",
    checkpoint="G17",
    fits=has_materials,
    touches=("表格文件",),
    sentence="示例样本的内容与文件类型不符",
)
def spoil_sample_type(draft: Draft) -> None:
    row = draft.materials[0]
    old = draft.files[row["EXAMPLE_GUID"][0]["ATTACHGUID"]]
    picture = make_attachment(name=old.name, form="png", lines=(draft.plan.item_id,))
    guid = hexadecimal("wrong type", draft.plan.item_id)
    row["EXAMPLE_GUID"] = draft.attach(replace(old, guid=guid, content=picture.content))
