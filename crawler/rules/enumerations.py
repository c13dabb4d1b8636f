"""Accuracy of words from fixed lists: kind, depth and level are words that the list has, limits and visits are sane."""

import re
from decimal import Decimal

from crawler.rules.applicability import is_bound
from crawler.rules.codes import level_of
from crawler.rules.example_guide import example
from crawler.rules.flag import flag_of
from crawler.rules.handling import read_depth, read_limit, visits_of
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import say
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, passed

SOURCE = "portals.md §3.3（取值表）、§5"
KINDS = re.compile(r"(?:即办|承诺|其他|上报|转报)")
VISITS_MAX = 5  # the list ends at 3; who asks for more has mistyped
DAYS_MAX = Decimal(3650)  # ten years
PERSONS_ONLY = frozenset(
    {"生育收养", "婚姻登记", "户籍办理", "入伍服役", "离职退休", "死亡殡葬", "优待抚恤", "生小孩", "退休", "老年人"}
)
COMPANIES_ONLY = frozenset(
    {"法人注销", "年检年审", "招标拍卖", "海关口岸", "融资信贷", "投资审批", "税收财务", "资质认证"}
)
SEPARATORS = re.compile(r"[、，,；;\s^|/]+")


def listed(name: FieldName, text: str, known: bool, should: str) -> Verdict:
    """Fail when a filled field holds a word that the list does not have."""
    if not is_filled(text):
        return not_applicable(f"{LABELS_ZH[name]}空白")
    return passed() if known else failed(FieldState.MALFORMED, say(name, text, should), excerpt=text)


@audit_rule(
    "handling.type-known",
    title="办件类型是即办件或承诺件",
    failure_title="办件类型不是即办件或承诺件",
    why="只有这两种说法，群众才知道是当场办结还是要等。",
    source=SOURCE,
    applicability="写了办件类型的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.HANDLING_TYPE,
    passing=example(),
    failing=example({FieldName.HANDLING_TYPE: "网办件"}),
)
@needing(FieldName.HANDLING_TYPE)
def check_kind(guide: Guide) -> Verdict:
    text = guide.text(FieldName.HANDLING_TYPE)
    known = bool(KINDS.search(text)) or text.strip() in ("1", "2", "9")
    return listed(FieldName.HANDLING_TYPE, text, known, "写“即办件”或“承诺件”")


@audit_rule(
    "online.depth-known",
    title="网办深度是Ⅰ至Ⅳ级",
    failure_title="网办深度不是Ⅰ至Ⅳ级",
    why="网办深度告诉群众能在网上办到哪一步，写成别的谁也看不懂。",
    source=SOURCE,
    applicability="写了网办深度的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_DEPTH,
    passing=example(),
    failing=example({FieldName.ONLINE_DEPTH: "Ⅴ级"}),
)
@needing(FieldName.ONLINE_DEPTH)
def check_depth(guide: Guide) -> Verdict:
    text = guide.text(FieldName.ONLINE_DEPTH)
    return listed(FieldName.ONLINE_DEPTH, text, read_depth(text) is not None, "写Ⅰ级、Ⅱ级、Ⅲ级或Ⅳ级")


@audit_rule(
    "online.depth-given",
    title="可网办的事项写明了网办深度",
    failure_title="可以网办，却没有写网办深度",
    why="群众要知道网上能办到哪一步，还要不要去现场。",
    source=SOURCE + "（网办深度：可网办的必填）",
    applicability="写明可以网办的依申请事项。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_DEPTH,
    passing=example(),
    failing=example({FieldName.ONLINE_DEPTH: ""}),
)
@needing(FieldName.ONLINE, FieldName.ONLINE_DEPTH)
def check_depth_given(guide: Guide) -> Verdict:
    if flag_of(guide, FieldName.ONLINE) is not True or not is_bound(guide):
        return not_applicable("不可网办，或非依申请事项")
    text = guide.text(FieldName.ONLINE_DEPTH)
    if is_filled(text):
        return passed()
    return failed(FieldState.BLANK, say(FieldName.ONLINE_DEPTH, text, "写明Ⅰ至Ⅳ级中的一级"), excerpt=text)


@audit_rule(
    "department.level-known",
    title="行使层级是国家、省、市、县、镇或村级",
    failure_title="行使层级不是规定的层级",
    why="层级写错，群众不知道该找哪一级办。",
    source=SOURCE,
    applicability="写了行使层级的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEVEL,
    passing=example(),
    failing=example({FieldName.LEVEL: "甲等"}),
)
@needing(FieldName.LEVEL)
def check_level(guide: Guide) -> Verdict:
    text = guide.text(FieldName.LEVEL)
    known = bool(level_of(text)) or "分级" in text
    return listed(FieldName.LEVEL, text, known, "写国家级、省级、市级、县级、镇（乡、街道）级或村（社区）级")


@audit_rule(
    "visits.possible",
    title="到办事现场次数不超过五次",
    failure_title="到办事现场次数多得不合理",
    why="没有哪件事要跑这么多趟，多半是录错了。",
    source=SOURCE + "（到办事现场次数取值 0—3）",
    applicability="到办事现场次数是数字的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.VISITS,
    passing=example(),
    failing=example({FieldName.VISITS: "12"}),
)
@needing(FieldName.VISITS)
def check_visits(guide: Guide) -> Verdict:
    visits = visits_of(guide)
    if visits is None:
        return not_applicable("到办事现场次数空白或不是数字")
    if visits <= VISITS_MAX:
        return passed()
    text = guide.text(FieldName.VISITS)
    reason = say(FieldName.VISITS, text, "按实际填写，一般为 0 到 3 次")
    return failed(FieldState.INCONSISTENT, reason, excerpt=text)


@audit_rule(
    "limit.possible",
    title="办结时限是合理的天数",
    failure_title="办结时限为 0 天或超过十年",
    why="0 天的法定时限和几千天的承诺都不可能是真的。",
    source=SOURCE + "（法定时限大于 0，即办件除外）",
    applicability="写了法定或承诺办结时限的办事指南；即办件可以为 0。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_LIMIT,
    passing=example(),
    failing=example({FieldName.LEGAL_LIMIT: "0个工作日"}),
)
@needing(FieldName.HANDLING_TYPE)
def check_limits(guide: Guide) -> Verdict:
    names = (FieldName.LEGAL_LIMIT, FieldName.PROMISE_LIMIT)
    limits = [(name, limit) for name in names if (limit := read_limit(guide.text(name))) is not None]
    if not limits:
        return not_applicable("没有写时限")
    waits = "承诺" in guide.text(FieldName.HANDLING_TYPE)
    zero: list[FieldName] = [FieldName.LEGAL_LIMIT] if waits and is_zero(guide, FieldName.LEGAL_LIMIT) else []
    wrong = zero or [name for name, limit in limits if limit.working_days > DAYS_MAX]
    if not wrong:
        return passed(checked=len(limits))
    text = guide.text(wrong[0])
    reason = say(wrong[0], text, "写明法律规定或承诺的天数")
    return failed(FieldState.INCONSISTENT, reason, excerpt=text, field=wrong[0], checked=len(limits), failed=len(wrong))


def is_zero(guide: Guide, name: FieldName) -> bool:
    """Say whether a limit is printed as the number 0, not as 当场."""
    return bool(re.match(r"\s*0(?:\.0+)?\D", guide.text(name)))


def misplaced(guide: Guide) -> tuple[FieldName, str] | None:
    """Return the first theme that belongs to the other kind of audience beyond doubt."""
    for name, foreign in ((FieldName.THEME_NATURAL, COMPANIES_ONLY), (FieldName.THEME_LEGAL, PERSONS_ONLY)):
        found = next((theme for theme in SEPARATORS.split(guide.text(name)) if theme in foreign), None)
        if found is not None:
            return name, found
    return None


@audit_rule(
    "audience.theme-fits",
    title="主题分类与自然人、法人相称",
    failure_title="主题分类放错了自然人或法人",
    why="婚姻登记放在企业主题下，找它的人永远找不到。",
    source="portals.md §5（主题分类在门户主题树中）；GB/T 39046-2020 附录（主题分类）",
    applicability="写了主题分类的办事指南；只判断一望而知的主题，“其他”不算错。",
    kind=RuleKind.ACCURACY,
    field=FieldName.THEME_LEGAL,
    passing=example(),
    failing=example({FieldName.THEME_LEGAL: "婚姻登记"}),
)
@needing(FieldName.THEME_NATURAL)
def check_theme(guide: Guide) -> Verdict:
    if not is_filled(guide.text(FieldName.THEME_NATURAL)) and not is_filled(guide.text(FieldName.THEME_LEGAL)):
        return not_applicable("没有写主题分类")
    found = misplaced(guide)
    if found is None:
        return passed()
    name, theme = found
    whom = "自然人" if name is FieldName.THEME_LEGAL else "法人"
    reason = f"{LABELS_ZH[name]}写的是“{theme}”，这是{whom}的主题，应移到{whom}主题分类。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=theme, field=name)
