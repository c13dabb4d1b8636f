"""Accuracy of the legal basis: each law can be looked up, down to the clause, and is already in force."""

import re
from collections.abc import Callable

from crawler.rules.dates import day_of
from crawler.rules.example_guide import LAW, example
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled, state_of
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import shorten
from domain.guide import Guide, Law
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, passed

SOURCE = "portals.md §1.5（LAW[]）、§5（设定依据）"
NUMBER = re.compile(r"[〔（(\[［【]\s*\d{4}\s*[〕）)\]］】]|第\s*[\d一二三四五六七八九十百零〇两]+\s*号|\d+\s*号")
GENERIC = re.compile(
    r"(?:国家|有关|相关|现行|本省|本市|上级|的|和|及|、)*(?:法律|法规|规章|政策|文件|规定|规范性)+(?:文件|规定)?"
)
EDITION = re.compile(r"[（(]\s*(?:19|20)\d{2}\s*年?.{0,8}(?:修订|修正|公布|发布|施行|版)")
CLAUSE = re.compile(
    r"第\s*[\d一二三四五六七八九十百千零〇两]+\s*[条款项章节点部]|附件|全文|目录|附表|[一二三四五六七八九十]+、|^\s*[（(]?[一二三四五六七八九十\d]+[）).、]"
)


def judge_laws(guide: Guide, sound: Callable[[Law], bool], fault: str, state: FieldState) -> Verdict:
    """Judge every legal basis that has a name or a text."""
    laws = [law for law in guide.laws or () if is_filled(law.name or law.content)]
    if not laws:
        return not_applicable("没有列出设定依据")
    wrong = [law for law in laws if not sound(law)]
    if not wrong:
        return passed(checked=len(laws))
    name = shorten(wrong[0].name) or f"（无名称）{shorten(wrong[0].content, 20)}"
    more = f"等 {len(wrong)} 条" if len(wrong) > 1 else ""
    reason = f"设定依据“{name}”{more}{fault}。"
    return failed(state, reason, excerpt=name, checked=len(laws), failed=len(wrong))


def is_named(law: Law) -> bool:
    """Say whether a name names a document, not "the laws concerned"."""
    return is_filled(law.name) and not GENERIC.fullmatch(law.name.strip("《》 "))


def is_identified(law: Law) -> bool:
    """Say whether the edition of a document can be told: by its number, or by the edition behind its name."""
    return is_filled(law.number) or bool(NUMBER.search(law.name) or EDITION.search(law.name))


@audit_rule(
    "law.named",
    title="每条设定依据都写明法律法规名称",
    failure_title="有设定依据没有法律法规名称",
    why="没有名称，群众查不到是哪部法。",
    source=SOURCE,
    applicability="列出了设定依据的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(),
    failing=example(laws=(LAW.model_copy(update={"name": ""}),)),
)
@needing(FieldName.LEGAL_BASIS)
def check_named(guide: Guide) -> Verdict:
    return judge_laws(guide, is_named, "没有写出法律法规的名称，应写全称", FieldState.BLANK)


@audit_rule(
    "law.numbered",
    title="每条设定依据都写明文号",
    failure_title="有设定依据没有文号",
    why="同名法规有多个版本，没有文号不知道是哪一版。",
    source=SOURCE,
    applicability="列出了设定依据的办事指南；名称里写着文号，或写明“（2020年修订）”一类版本的，不要求文号。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(),
    failing=example(laws=(LAW.model_copy(update={"name": "广东省公共场所卫生管理办法", "number": ""}),)),
    version=2,
)
@needing(FieldName.LEGAL_BASIS)
def check_numbered(guide: Guide) -> Verdict:
    return judge_laws(guide, is_identified, "没有依据文号，应补上发布它的文号", FieldState.BLANK)


@audit_rule(
    "law.clause-given",
    title="每条设定依据都写明条款",
    failure_title="有设定依据没有写明条款",
    why="一部法有上百条，不写第几条等于没有依据。",
    source=SOURCE,
    applicability="列出了设定依据的办事指南；条款内容或名称里写明第几条的也算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(),
    failing=example(laws=(LAW.model_copy(update={"clause": "", "content": "公共场所实行卫生许可证制度。"}),)),
)
@needing(FieldName.LEGAL_BASIS)
def check_clause(guide: Guide) -> Verdict:
    def sound(law: Law) -> bool:
        return is_filled(law.clause) or bool(CLAUSE.search(law.content) or CLAUSE.search(law.name))

    return judge_laws(guide, sound, "没有写明第几条，应补上条款号", FieldState.BLANK)


@audit_rule(
    "law.content-given",
    title="设定依据的条款内容不是套话",
    failure_title="设定依据的条款内容只写了套话",
    why="条款内容是群众核对办事要求的原文。",
    source=SOURCE,
    applicability="列出了设定依据的办事指南；条款内容空白的不判断，只判断套话。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(),
    failing=example(laws=(LAW.model_copy(update={"content": "详见法律原文"}),)),
)
@needing(FieldName.LEGAL_BASIS)
def check_content(guide: Guide) -> Verdict:
    def sound(law: Law) -> bool:
        return state_of(law.content) is not FieldState.PLACEHOLDER

    return judge_laws(guide, sound, "的条款内容只写了套话，应写条文原文", FieldState.PLACEHOLDER)


@audit_rule(
    "law.in-force",
    title="设定依据的实施日期不在将来",
    failure_title="设定依据的实施日期在将来",
    why="还没有施行的法不能作为今天办事的依据，多半是日期录错。",
    source=SOURCE + "；methodology.md §3.7",
    applicability="设定依据写了实施日期的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(),
    failing=example(laws=(LAW.model_copy(update={"effective": LAW.effective and LAW.effective.replace(year=2096)}),)),
)
@needing(FieldName.LEGAL_BASIS)
def check_in_force(guide: Guide) -> Verdict:
    today = day_of(guide)
    if not any(law.effective for law in guide.laws or ()):
        return not_applicable("没有写实施日期")
    return judge_laws(
        guide,
        lambda law: law.effective is None or law.effective <= today,
        "的实施日期在将来，应核对日期或改引现行依据",
        FieldState.INCONSISTENT,
    )
