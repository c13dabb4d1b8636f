"""Completeness of the materials table: checkpoints G11 to G14, G16 and G17, each over every material."""

from crawler.rules.applicability import is_bound
from crawler.rules.example_guide import example, example_material
from crawler.rules.flag import read_flag
from crawler.rules.material_rows import any_part, judge_materials, says_none, state_of_part
from crawler.rules.placeholder import state_of
from crawler.rules.rule import RuleKind, audit_rule
from domain.guide import Guide, Material
from domain.guide_fields import FieldName, FieldState, MaterialPart
from domain.verdict import Verdict, failed, not_applicable, not_measured

NOTICE = "评估指标“依申请事项办事指南完备度、准确性”评估要点；guide_checkpoints.yaml {}；portals.md §5"
FORM_KINDS = ("申请表格文书", "申请表格", "表格", "2")
ELECTRONIC = ("电子化", "电子", "2")


def is_form(material: Material) -> bool | None:
    """Say whether a material is a form to be filled in and handed in; ``None`` if the source does not show its kind."""
    if material.kind is None:
        return None
    return material.kind.strip() in FORM_KINDS and read_flag(material.exempt or "") is not True


def state_of_files(material: Material, part: MaterialPart) -> FieldState:
    """Return whether a form's files are offered."""
    form = is_form(material)
    if form is False:
        return FieldState.NOT_APPLICABLE
    files = material.forms if part is MaterialPart.FORMS else material.samples
    if form is None or files is None:
        return FieldState.NOT_MEASURED
    return FieldState.OK if files else FieldState.BLANK


def state_of_count(material: Material) -> FieldState:
    """Return whether a number of originals or copies is stated; an electronic material needs none."""
    if (material.medium or "").strip() in ELECTRONIC:
        return FieldState.NOT_APPLICABLE
    return any_part(material, MaterialPart.ORIGINALS, MaterialPart.COPIES)


@audit_rule(
    "complete.material-name",
    title="申请材料逐项写明名称",
    failure_title="申请材料缺失或有材料没有名称",
    why="材料清单是群众准备的依据；没有材料也要明说“无需材料”。",
    source=NOTICE.format("G11"),
    applicability="依申请事项；写明“无需材料”的不适用，公共服务（21）没有材料不作要求。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.MATERIALS,
    checkpoint="G11",
    passing=example(),
    failing=example({FieldName.MATERIALS: ""}, materials=()),
)
def check_material_name(guide: Guide) -> Verdict:
    if guide.materials is None or not guide.measures(FieldName.MATERIALS):
        return not_measured("来源未展示申请材料")
    if guide.materials:
        return judge_materials(guide, lambda material: state_of(material.name), "没有写明名称，应逐项写出")
    text = guide.text(FieldName.MATERIALS)
    if says_none(text) or not is_bound(guide):
        return not_applicable("无需材料，或非依申请事项")
    reason = "申请材料空白，应列出材料，不需要的写明“无需提交材料”。"
    return failed(FieldState.BLANK, reason, excerpt=text)


@audit_rule(
    "complete.material-source",
    title="申请材料逐项写明来源或出具单位",
    failure_title="有申请材料没有写明来源或出具单位",
    why="不写来源，群众不知道该自己准备还是找哪个部门开。",
    source=NOTICE.format("G12"),
    applicability="列出了申请材料，且来源展示来源渠道的办事指南；逐项计。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.MATERIALS,
    checkpoint="G12",
    passing=example(),
    failing=example_material(source=""),
)
def check_material_source(guide: Guide) -> Verdict:
    return judge_materials(
        guide, lambda material: state_of_part(material, MaterialPart.SOURCE), "没有写明来源渠道，应写自备或由谁出具"
    )


@audit_rule(
    "complete.material-count",
    title="申请材料逐项写明数量",
    failure_title="有申请材料没有写明数量",
    why="不写份数，群众到窗口才发现少带了复印件。",
    source=NOTICE.format("G13"),
    applicability="列出了申请材料，且来源展示份数的办事指南；只收电子材料的不适用。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.MATERIALS,
    checkpoint="G13",
    passing=example(),
    failing=example_material(originals="", copies=""),
)
def check_material_count(guide: Guide) -> Verdict:
    return judge_materials(guide, state_of_count, "没有写明原件和复印件的份数，应写出")


@audit_rule(
    "complete.material-medium",
    title="申请材料逐项写明介质",
    failure_title="有申请材料没有写明介质",
    why="纸质还是电子决定群众能不能在网上办完。",
    source=NOTICE.format("G14"),
    applicability="列出了申请材料，且来源展示材料形式的办事指南；逐项计。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.MATERIALS,
    checkpoint="G14",
    passing=example(),
    failing=example_material(medium=""),
)
def check_material_medium(guide: Guide) -> Verdict:
    return judge_materials(
        guide, lambda material: state_of_part(material, MaterialPart.MEDIUM), "没有写明材料形式，应写纸质、电子化或都可"
    )


@audit_rule(
    "complete.blank-form",
    title="表格类材料提供空白表格下载",
    failure_title="有表格类材料没有提供空白表格",
    why="要交的表格下载不到，群众只能到窗口领。",
    source=NOTICE.format("G16"),
    applicability="材料类型为申请表格文书、不免提交的材料；逐项计。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.MATERIALS,
    checkpoint="G16",
    passing=example(),
    failing=example_material(forms=()),
)
def check_blank_form(guide: Guide) -> Verdict:
    return judge_materials(
        guide, lambda material: state_of_files(material, MaterialPart.FORMS), "没有空白表格，应上传供下载"
    )


@audit_rule(
    "complete.sample-form",
    title="表格类材料提供示例样表下载",
    failure_title="有表格类材料没有提供示例样表",
    why="没有填写样例，群众容易填错而被退回。",
    source=NOTICE.format("G17"),
    applicability="材料类型为申请表格文书、不免提交的材料；逐项计。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.MATERIALS,
    checkpoint="G17",
    passing=example(),
    failing=example_material(samples=()),
)
def check_sample_form(guide: Guide) -> Verdict:
    return judge_materials(
        guide, lambda material: state_of_files(material, MaterialPart.SAMPLES), "没有示例样表，应上传填写样例"
    )
