"""Accuracy of what is said about each material: necessity and kind stated, counts possible, exemption backed."""

import re
from functools import lru_cache

from crawler.rules.example_guide import APPLICATION_FORM, FLOOR_PLAN, example, example_material
from crawler.rules.flag import read_flag
from crawler.rules.handling import read_depth
from crawler.rules.material_rows import judge_materials, names_source, says_none, state_of_part
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import RuleKind, audit_rule
from domain.guide import Guide, Material
from domain.guide_fields import FieldName, FieldState, MaterialPart
from domain.verdict import Verdict, failed, not_applicable, passed

SOURCE = "portals.md §1.5、§3.3（材料必要性、类型、形式）、§5（申请材料各项）"
EACH = "列出了申请材料，且来源展示这一项的办事指南。"
COUNT = re.compile(r"\d{1,4}")
COPIES_MAX = 50  # more than any authority asks for; 15 copies for a panel of experts do occur
CARD = re.compile(
    r"(?:居民)?(?:身份证|户口簿|户口本|结婚证|离婚证|营业执照|护照|驾驶证|行驶证|出生医学证明|毕业证书?|学位证书?|不动产权证书?)"
    r"(?:原件|复印件|正反面|（原件）|（复印件）|\(原件\)|\(复印件\))*"
)
FORM_NAME = re.compile(r"[^、，和及与或]{2,40}(?:申请表|申报表|报名表|申请书)(?:[（(][^）)]*[）)])?")
CARD_KIND = ("证件证书证明", "1")
FORM_KIND = ("申请表格文书", "2")
PAPER = ("纸质", "1")
ISSUED = ("政府部门核发", "20")
UNNEEDED = ("非必要", "2", "容缺后补", "3")
FULL_ONLINE = 4


@audit_rule(
    "material.necessity-given",
    title="申请材料逐项写明是否必要",
    failure_title="有申请材料没有写明是否必要",
    why="不写必要与否，群众不知道哪些非带不可。",
    source=SOURCE,
    applicability=EACH,
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example(),
    failing=example_material(necessity=""),
)
@needing(FieldName.MATERIALS)
def check_necessity(guide: Guide) -> Verdict:
    def state(material: Material) -> FieldState:
        return state_of_part(material, MaterialPart.NECESSITY)

    return judge_materials(guide, state, "材料必要性空白，应写明必要、非必要或容缺后补")


@audit_rule(
    "material.kind-given",
    title="申请材料逐项写明类型",
    failure_title="有申请材料没有写明类型",
    why="是证件还是要填的表格，群众要先分清才知道怎么准备。",
    source=SOURCE,
    applicability=EACH,
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example(),
    failing=example_material(kind=""),
)
@needing(FieldName.MATERIALS)
def check_kind_given(guide: Guide) -> Verdict:
    def state(material: Material) -> FieldState:
        return state_of_part(material, MaterialPart.KIND)

    return judge_materials(guide, state, "材料类型空白，应写明证件证书证明、申请表格文书或其他")


@lru_cache(maxsize=65_536)
def kind_by_name(name: str) -> tuple[str, ...]:
    """Return the kind that a name leaves no doubt about as (word, code); empty otherwise."""
    plain = "".join(name.split())
    if CARD.fullmatch(plain):
        return CARD_KIND
    return FORM_KIND if FORM_NAME.fullmatch(plain) else ()


@audit_rule(
    "material.kind-fits",
    title="申请材料的类型与名称相符",
    failure_title="有申请材料的类型与名称不符",
    why="把身份证当成要填的表格，群众会去找一张不存在的空白表。",
    source=SOURCE,
    applicability="写明了材料类型的办事指南；只判断名称一望而知的证件和表格。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example(),
    failing=example_material(name="居民身份证", kind="申请表格文书"),
)
@needing(FieldName.MATERIALS)
def check_kind_fits(guide: Guide) -> Verdict:
    def state(material: Material) -> FieldState:
        kind, expected = (material.kind or "").strip(), kind_by_name(material.name)
        if not expected or kind not in (*CARD_KIND, *FORM_KIND):
            return FieldState.NOT_APPLICABLE
        return FieldState.OK if kind in expected else FieldState.INCONSISTENT

    return judge_materials(guide, state, "材料类型与名称不符，证件应为“证件证书证明”，表格应为“申请表格文书”")


@lru_cache(maxsize=4096)
def state_of_copies(text: str | None) -> FieldState:
    """Judge one number of originals or copies; a blank is another rule's."""
    if text is None:
        return FieldState.NOT_MEASURED
    plain = text.strip().removesuffix("份")
    if not is_filled(plain) or not plain:
        return FieldState.NOT_APPLICABLE
    if not COUNT.fullmatch(plain):
        return FieldState.MALFORMED
    return FieldState.OK if int(plain) <= COPIES_MAX else FieldState.INCONSISTENT


@audit_rule(
    "material.count-possible",
    title="申请材料的份数是合理的数字",
    failure_title="有申请材料的份数不是数字或多得不合理",
    why="份数写成“若干”或 99，群众不知道到底要几份。",
    source=SOURCE,
    applicability="写了原件或复印件份数的办事指南；不超过 50 份都视为合理。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example_material(copies="15"),
    failing=example_material(copies="99"),
)
@needing(FieldName.MATERIALS)
def check_count_possible(guide: Guide) -> Verdict:
    def state(material: Material) -> FieldState:
        states = {state_of_copies(material.originals), state_of_copies(material.copies)}
        faults = states & {FieldState.MALFORMED, FieldState.INCONSISTENT}
        if faults:
            return faults.pop()
        return next(
            (one for one in (FieldState.OK, FieldState.NOT_APPLICABLE) if one in states), FieldState.NOT_MEASURED
        )

    return judge_materials(guide, state, f"份数不是数字，或超过 {COPIES_MAX} 份，应写明实际需要的份数")


@audit_rule(
    "material.exemption-backed",
    title="免提交的材料写明了凭什么免",
    failure_title="材料标为免提交，却没有关联电子证照，也没有写数据来源",
    why="窗口查不到电子证照，说好的免提交还是要补。",
    source=SOURCE + "（免提交 ⇒ 关联电子证照或写明数据来源）；methodology.md §3.7（四免）",
    applicability="有材料标为免提交，且来源展示关联电子证照的办事指南；来源说明写“申请人自备”不算数据来源。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example_material(exempt="是", licence="是"),
    failing=example_material(exempt="是", licence="否", source_note=""),
)
@needing(FieldName.MATERIALS)
def check_exemption(guide: Guide) -> Verdict:
    def state(material: Material) -> FieldState:
        if read_flag(material.exempt or "") is not True:
            return FieldState.NOT_APPLICABLE
        if material.licence is None or material.source_note is None:
            return FieldState.NOT_MEASURED
        linked = is_filled(material.licence) and read_flag(material.licence) is not False
        return FieldState.OK if linked or names_source(material.source_note) else FieldState.BLANK

    return judge_materials(guide, state, "标为免提交，却没有关联电子证照，也没有写数据来源，应补其中一项")


@audit_rule(
    "material.source-agrees",
    title="申请材料的来源渠道与来源渠道说明一致",
    failure_title="来源渠道写政府部门核发，说明却写申请人自备",
    why="一处说政府发，一处说自己备，群众不知道该去哪里开。",
    source=SOURCE + "（来源渠道、来源渠道说明）",
    applicability="来源渠道为政府部门核发，并写了来源渠道说明的材料；逐项计。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example_material(source="政府部门核发", source_note="公安机关"),
    failing=example_material(source="政府部门核发", source_note="由申请人自行准备"),
)
@needing(FieldName.MATERIALS)
def check_source_agrees(guide: Guide) -> Verdict:
    def state(material: Material) -> FieldState:
        if material.source is None or material.source_note is None:
            return FieldState.NOT_MEASURED
        if material.source.strip() not in ISSUED or not is_filled(material.source_note):
            return FieldState.NOT_APPLICABLE
        return FieldState.OK if names_source(material.source_note) else FieldState.INCONSISTENT

    return judge_materials(guide, state, "来源渠道写的是政府部门核发，来源渠道说明却写申请人自备，应使两处一致")


@audit_rule(
    "material.none-alone",
    title="写明无需材料的事项没有再列材料",
    failure_title="写着无需提交材料，又列了别的材料",
    why="两处说法相反，群众不知道带还是不带。",
    source=SOURCE,
    applicability="材料清单里有一行写明“无需提交材料”的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example(materials=(Material(name="无需提交材料"),)),
    failing=example(materials=(Material(name="无需提交材料"), APPLICATION_FORM)),
)
@needing(FieldName.MATERIALS)
def check_none_alone(guide: Guide) -> Verdict:
    rows = [row for row in guide.materials or () if row.name.strip()]
    if not any(says_none(row.name) and len(row.name) <= 12 for row in rows):
        return not_applicable("没有写无需材料")
    others = [row.name for row in rows if not says_none(row.name)]
    if not others:
        return passed()
    reason = f"申请材料写着“无需提交材料”，又列了“{others[0]}”，应删去其中一行。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=others[0])


@audit_rule(
    "material.electronic-at-depth-four",
    title="全程网办的事项没有只收纸质的材料",
    failure_title="网办深度为Ⅳ级，却有材料只收纸质",
    why="全程网办却要交纸，群众还得跑一趟或寄一次。",
    source="measurement_plan.yaml（全程网办率：材料只能交纸质的不算Ⅳ级）；portals.md §3.3（材料形式）",
    applicability="网办深度为Ⅳ级、列出了材料形式的办事指南；免提交、非必要和容缺后补的材料不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_DEPTH,
    passing=example({FieldName.ONLINE_DEPTH: "Ⅳ级"}, materials=(APPLICATION_FORM,)),
    failing=example({FieldName.ONLINE_DEPTH: "Ⅳ级"}, materials=(APPLICATION_FORM, FLOOR_PLAN)),
)
@needing(FieldName.ONLINE_DEPTH, FieldName.MATERIALS)
def check_electronic(guide: Guide) -> Verdict:
    if read_depth(guide.text(FieldName.ONLINE_DEPTH)) != FULL_ONLINE:
        return not_applicable("网办深度不是Ⅳ级")

    def state(material: Material) -> FieldState:
        if material.medium is None:
            return FieldState.NOT_MEASURED
        waived = read_flag(material.exempt or "") is True or (material.necessity or "").strip() in UNNEEDED
        if waived or not material.medium.strip():
            return FieldState.NOT_APPLICABLE
        return FieldState.INCONSISTENT if material.medium.strip() in PAPER else FieldState.OK

    return judge_materials(guide, state, "网办深度为Ⅳ级，却只收纸质，应改为可以提交电子材料，或更正网办深度")
