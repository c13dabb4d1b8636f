"""Accuracy of the materials list: nothing open-ended, nothing twice, counts and files that can be true."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from crawler.rules.example_guide import APPLICATION_FORM, FLOOR_PLAN, example, example_material
from crawler.rules.flag import read_flag
from crawler.rules.link_address import address_fault
from crawler.rules.material_rows import judge_materials
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import RuleKind, audit_rule
from domain.guide import AttachmentLink, Guide, Material
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, not_applicable

SOURCE = "portals.md §5（申请材料各项）；methodology.md §2.2（兜底材料）、§3.7"
CATCH_ALL = re.compile(
    r"(?:(?:根据|按照|依照|符合)?(?:国家|有关|相关|现行)?(?:法律|法规|规章|政策|规定|部门|机关|单位)+(?:规定|要求|认为)?(?:需要|应当|应|须|必须)?(?:提交|提供|补充)?的?)?"
    r"(?:其他|其它|其余|有关|相关)+(?:的)?(?:有关|相关|必要|所需|申请|证明|辅助|补充|佐证|应提交|需要提交|需提交|须提交|需提供)*的?(?:材料|资料|文件|证明|证件|手续)(?:和?(?:材料|资料|文件))?"
    r"|.{0,12}(?:法律|法规|规章).{0,12}规定(?:的|需要提交的|应当提交的|需提交的)其[他它](?:相关|有关)?(?:材料|资料|文件|条件)"
    r"|.{0,12}(?:机关|部门|单位|窗口)(?:认为|要求|规定).{0,8}其[他它].{0,4}(?:材料|资料|文件)"
)
EDGE = re.compile(r"^[\W\d_]+|[\W_]+$")
WELL_KNOWN = re.compile(
    r"身份证|户口[簿本]|居住证|营业执照|结婚证|离婚证|出生(?:医学)?证明?|护照|驾驶证|行驶证|不动产权证|房产证|毕业证|学位证"
    r"|社会保障卡|社保卡|残疾人证|统一社会信用代码证|通行证"
)
ISSUER = re.compile(
    r"(?:局|厅|委员会|公安机关|法院|检察院|医院|派出所|居委会|村委会|街道办|政府|部门|机构|单位|学校|银行)(?:出具|核发|颁发|开具|签发|印发|批准)"
)
PAPER = ("纸质", "1")
ISSUED = ("政府部门核发", "20")


@lru_cache(maxsize=65_536)
def is_catch_all(name: str) -> bool:
    """Say whether a name asks for whatever else may be wanted, naming no document."""
    return bool(CATCH_ALL.fullmatch(EDGE.sub("", unicodedata.normalize("NFKC", name)).replace(" ", "")))


def plain_name(material: Material) -> str:
    """Return a name without white space and width differences, for comparing."""
    return plain(material.name)


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """Drop white space and width differences."""
    return "".join(unicodedata.normalize("NFKC", name).split())


@audit_rule(
    "material.no-catch-all",
    title="申请材料中没有兜底条款",
    failure_title="申请材料以“其他相关材料”之类兜底",
    why="兜底材料让群众永远不知道材料齐没齐，国家明令清理。",
    source=SOURCE,
    applicability="列出了申请材料的办事指南；只判断整个名称都是兜底说法的。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example(),
    failing=example_material(name="法律法规规定的其他相关材料"),
)
@needing(FieldName.MATERIALS)
def check_catch_all(guide: Guide) -> Verdict:
    def state(material: Material) -> FieldState:
        return FieldState.PLACEHOLDER if is_catch_all(material.name) else FieldState.OK

    return judge_materials(guide, state, "是兜底说法，应写明具体是什么材料，或删去")


@audit_rule(
    "material.unique",
    title="申请材料没有重复列出",
    failure_title="同一份申请材料列了两次",
    why="重复的材料让群众多准备一份。",
    source=SOURCE,
    applicability="列出了申请材料的办事指南；全角半角和空格的差别不算不同。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example(),
    failing=example(materials=(APPLICATION_FORM, FLOOR_PLAN, FLOOR_PLAN)),
)
@needing(FieldName.MATERIALS)
def check_unique(guide: Guide) -> Verdict:
    times = Counter(plain_name(material) for material in guide.materials or ())

    def state(material: Material) -> FieldState:
        name = plain_name(material)
        return FieldState.INCONSISTENT if name and times[name] > 1 else FieldState.OK

    return judge_materials(guide, state, "列了不止一次，应只留一次")


@audit_rule(
    "material.count-positive",
    title="纸质材料的份数大于 0",
    failure_title="纸质材料的原件和复印件都是 0 份",
    why="列为必交的纸质材料却要 0 份，群众不知道带不带。",
    source=SOURCE,
    applicability="只收纸质、不免提交的材料；逐项计。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example(),
    failing=example_material(medium="纸质", originals="0", copies="0"),
)
@needing(FieldName.MATERIALS)
def check_count(guide: Guide) -> Verdict:
    def state(material: Material) -> FieldState:
        if (material.medium or "").strip() not in PAPER or read_flag(material.exempt or "") is True:
            return FieldState.NOT_APPLICABLE
        if material.originals is None or material.copies is None:
            return FieldState.NOT_MEASURED
        zero = material.originals.strip() == "0" and material.copies.strip() in ("", "0")
        return FieldState.INCONSISTENT if zero else FieldState.OK

    return judge_materials(guide, state, "是纸质材料，原件和复印件却都是 0 份，应写明要交几份")


@lru_cache(maxsize=65_536)
def names_issuer(name: str) -> bool:
    """Say whether a material's name tells by itself where to get it."""
    return bool(WELL_KNOWN.search(name) or ISSUER.search(name))


@audit_rule(
    "material.issuer-named",
    version=2,
    title="政府部门核发的材料写明了由谁出具",
    failure_title="政府部门核发的材料没有写明由谁出具",
    why="只写“政府部门核发”，群众不知道该去哪个部门开。",
    source=SOURCE,
    applicability="来源渠道为政府部门核发、不免提交的材料；名称本身说明了出具单位，或是人人知道去哪里办的常用证照，不作要求。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example_material(source="政府部门核发", source_note="公安机关"),
    failing=example_material(source="政府部门核发", source_note="", licence="否"),
)
@needing(FieldName.MATERIALS)
def check_issuer(guide: Guide) -> Verdict:
    def state(material: Material) -> FieldState:
        if material.source is None or material.source_note is None or material.licence is None:
            return FieldState.NOT_MEASURED
        if material.source.strip() not in ISSUED or read_flag(material.exempt or "") is True:
            return FieldState.NOT_APPLICABLE
        if names_issuer(material.name):
            return FieldState.NOT_APPLICABLE
        linked = is_filled(material.licence) and read_flag(material.licence) is not False
        return FieldState.OK if linked or is_filled(material.source_note) else FieldState.BLANK

    return judge_materials(guide, state, "来源渠道是政府部门核发，却没有写明由谁出具，应补出具单位或关联电子证照")


@audit_rule(
    "material.sample-differs",
    title="示例样表与空白表格是两个文件",
    failure_title="示例样表就是空白表格",
    why="拿空白表充当样表，群众还是不会填。",
    source=SOURCE,
    applicability="同时提供空白表格和样表的材料。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example(),
    failing=example_material(samples=APPLICATION_FORM.forms),
)
@needing(FieldName.MATERIALS)
def check_sample_differs(guide: Guide) -> Verdict:
    def state(material: Material) -> FieldState:
        if material.forms is None or material.samples is None:
            return FieldState.NOT_MEASURED
        if not material.forms or not material.samples:
            return FieldState.NOT_APPLICABLE
        same = {link.url for link in material.samples} <= {link.url for link in material.forms}
        return FieldState.INCONSISTENT if same else FieldState.OK

    return judge_materials(guide, state, "样表与空白表格链接到同一个文件，应上传填好的样表")


def links_of(material: Material) -> tuple[AttachmentLink, ...]:
    """Return every file offered with a material."""
    return (*(material.forms or ()), *(material.samples or ()))


def unsound_file(guide: Guide) -> str:
    """Say whether the first unsound file is a blank form or a sample."""
    forms = (link for row in guide.materials or () for link in row.forms or ())
    return "空白表格" if any(address_fault(link.url, guide.url) for link in forms) else "示例样表"


@audit_rule(
    "material.link-sound",
    title="表格下载地址公众可以访问",
    failure_title="表格下载地址不完整或是内网地址",
    why="内网地址的表格群众下载不到。",
    source="portals.md §1.5（neiwang_url 对外展示即为缺陷）、§5",
    applicability="提供了空白表格或样表的材料；公网 IP 地址和 http 地址不算错。",
    kind=RuleKind.ACCURACY,
    field=FieldName.MATERIALS,
    passing=example(),
    failing=example_material(forms=(AttachmentLink(name="申请表.doc", url="http://192.168.1.9/申请表.doc"),)),
)
@needing(FieldName.MATERIALS)
def check_links(guide: Guide) -> Verdict:
    if guide.materials is not None and not any(map(links_of, guide.materials)):
        return not_applicable("没有提供文件")

    def state(material: Material) -> FieldState:
        links = links_of(material)
        if not links:
            return FieldState.NOT_APPLICABLE
        return FieldState.MALFORMED if any(address_fault(link.url, guide.url) for link in links) else FieldState.OK

    return judge_materials(guide, state, f"的{unsound_file(guide)}地址不完整或是内网地址，应改为公众可以下载的地址")
