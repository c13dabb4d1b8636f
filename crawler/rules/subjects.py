"""Accuracy of whom and what an item concerns: audience and theme, delegate, status, version, result and condition."""

import re
from functools import lru_cache

from crawler.rules.applicability import is_bound
from crawler.rules.dates import day_of, read_day
from crawler.rules.example_guide import example
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled, strip_text
from crawler.rules.rule import Check, RuleKind, audit_rule
from crawler.rules.wording import say, shorten
from domain.guide import Guide, Question
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

PERSON = re.compile(r"自然人|个人")
ORGANISATION = re.compile(r"法人|企业|组织|机关")
DELEGATED = re.compile(r"受委托|^3$")
IN_USE = re.compile(r"在用|启用|正常|已发布|有效|^1$")
VACUOUS = re.compile(
    r"(?:(?:凡|申请人|单位|个人)?(?:须|需|应|应当)?(?:符合|具备|满足|按照|根据|依据|依照)?(?:国家|有关|相关|本|法定|规定|法律|法规|规章|政策|文件|条件|要求|的|、|和|及|所|等|申请)*"
    r"(?:即可|均可|可以|方可|可)?(?:提出)?(?:申请|办理|受理)?)"
)
POINTER = re.compile(r"按照?.{0,20}(?:执行|办理)")


def theme_agrees(audience: re.Pattern[str], theme: FieldName, whom: str) -> Check:
    """Make a check that an audience has a theme and a theme an audience."""

    def check(guide: Guide) -> Verdict:
        served, themed = guide.text(FieldName.AUDIENCE), is_filled(guide.text(theme))
        if not is_filled(served):
            return not_applicable("服务对象空白，由完备度规则判断")
        serves = bool(audience.search(served))
        if serves is themed:
            return passed()
        reason = (
            f"服务对象写的是“{served}”，{LABELS_ZH[theme]}空白，应补上主题。"
            if serves
            else f"服务对象写的是“{served}”，不含{whom}，却有{LABELS_ZH[theme]}“{guide.text(theme)}”，应改其中一处。"
        )
        return failed(FieldState.INCONSISTENT, reason, excerpt=served)

    return needing(FieldName.AUDIENCE, theme)(check)


for THEME, SLUG, WHOM, PATTERN in (
    (FieldName.THEME_NATURAL, "natural", "自然人", PERSON),
    (FieldName.THEME_LEGAL, "legal", "法人", ORGANISATION),
):
    audit_rule(
        f"audience.{SLUG}-theme",
        title=f"服务对象与{LABELS_ZH[THEME]}一致",
        failure_title=f"服务对象与{LABELS_ZH[THEME]}不一致",
        why="按主题找事项的群众会找不到它，或者找到与自己无关的事项。",
        source="portals.md §5（服务对象、主题分类）",
        applicability=f"写了服务对象，且来源展示{LABELS_ZH[THEME]}的办事指南；主题为“其他”不算错。",
        kind=RuleKind.ACCURACY,
        field=THEME,
        passing=example(),
        failing=example({THEME: ""}),
    )(theme_agrees(PATTERN, THEME, WHOM))


@audit_rule(
    "department.delegate-named",
    title="受委托组织写明了委托部门",
    failure_title="实施主体是受委托组织，却没有写委托部门",
    why="受托办事要说明替谁办，出了问题才知道找谁。",
    source="portals.md §5（实施主体性质、委托部门）",
    applicability="实施主体性质为受委托组织的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ENTRUSTED_BY,
    passing=example({FieldName.DEPARTMENT_NATURE: "受委托组织", FieldName.ENTRUSTED_BY: "阳江市示例局"}),
    failing=example({FieldName.DEPARTMENT_NATURE: "受委托组织"}),
)
@needing(FieldName.DEPARTMENT_NATURE, FieldName.ENTRUSTED_BY)
def check_delegate(guide: Guide) -> Verdict:
    if not DELEGATED.search(guide.text(FieldName.DEPARTMENT_NATURE)):
        return not_applicable("不是受委托组织")
    text = guide.text(FieldName.ENTRUSTED_BY)
    return (
        passed()
        if is_filled(text)
        else failed(FieldState.BLANK, say(FieldName.ENTRUSTED_BY, text, "写明委托它办理的部门"), excerpt=text)
    )


@audit_rule(
    "item.in-use",
    title="公开的事项处于在用状态",
    failure_title="公开的事项不在用",
    why="已停用的事项还挂在网上，群众会白忙一场。",
    source="portals.md §5（事项状态：列出即在用）",
    applicability="写了事项状态的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.STATUS,
    passing=example(),
    failing=example({FieldName.STATUS: "已取消"}),
)
@needing(FieldName.STATUS)
def check_in_use(guide: Guide) -> Verdict:
    text = guide.text(FieldName.STATUS)
    if not is_filled(text):
        return not_applicable("没有写事项状态")
    return (
        passed()
        if IN_USE.search(text)
        else failed(FieldState.INCONSISTENT, say(FieldName.STATUS, text, "为“在用”，否则下架这一事项"), excerpt=text)
    )


@audit_rule(
    "item.version-date",
    title="版本日期不在将来",
    failure_title="版本日期在将来",
    why="日期在将来，说明版本信息录错，群众无从判断内容新旧。",
    source="portals.md §5（版本、发布日期）",
    applicability="写了版本日期的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.VERSION_DATE,
    passing=example(),
    failing=example({FieldName.VERSION_DATE: "2096-01-01"}),
)
@needing(FieldName.VERSION_DATE)
def check_version_date(guide: Guide) -> Verdict:
    text = guide.text(FieldName.VERSION_DATE)
    day = read_day(text)
    if day is None:
        return not_applicable("没有写版本日期")
    if day <= day_of(guide):
        return passed()
    return failed(FieldState.INCONSISTENT, say(FieldName.VERSION_DATE, text, "不晚于今天"), excerpt=text)


@lru_cache(maxsize=65_536)
def says_nothing(text: str) -> bool:
    """Say whether a short text of conditions names no condition at all."""
    core = strip_text(text) if len(text) <= 60 else ""
    return bool(core) and any(pattern.fullmatch(core) for pattern in (VACUOUS, POINTER))


@audit_rule(
    "condition.specific",
    title="受理条件写明了具体条件",
    failure_title="受理条件只有“符合规定即可”之类的空话",
    why="条件等于没写，群众无法判断自己够不够格。",
    source="portals.md §5（受理条件：不能只写“符合法律规定”）",
    applicability="写了受理条件的依申请事项；只判断全文都是空话的短句。",
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    passing=example(),
    failing=example({FieldName.CONDITION: "符合有关法律法规规定的条件"}),
)
@needing(FieldName.CONDITION)
def check_condition(guide: Guide) -> Verdict:
    text = guide.text(FieldName.CONDITION)
    if not is_filled(text) or not is_bound(guide):
        return not_applicable("受理条件空白，或非依申请事项")
    if not says_nothing(text):
        return passed()
    should = "写明具体条件，不能只写“符合规定”"
    return failed(FieldState.PLACEHOLDER, say(FieldName.CONDITION, text, should), excerpt=text)


def is_answered(question: Question) -> bool:
    """Say whether a question has an answer of its own."""
    return (
        is_filled(question.question)
        and is_filled(question.answer)
        and question.answer.strip() != question.question.strip()
    )


@audit_rule(
    "question.answered",
    title="常见问题都有回答",
    failure_title="有常见问题没有回答",
    why="只有问没有答，等于没有写。",
    source="portals.md §5（常见问题：问与答不同且不空白）",
    applicability="列出了常见问题的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.QUESTIONS,
    passing=example(),
    failing=example(questions=(Question(question="多久能拿到证？", answer=""),)),
)
@needing(FieldName.QUESTIONS)
def check_questions(guide: Guide) -> Verdict:
    if guide.questions is None:
        return not_measured("来源未展示常见问题")
    if not guide.questions:
        return not_applicable("没有常见问题")
    wrong = [question for question in guide.questions if not is_answered(question)]
    if not wrong:
        return passed(checked=len(guide.questions))
    return failed(
        FieldState.BLANK,
        f"常见问题“{shorten(wrong[0].question)}”没有答，或答的就是问题本身，应写明答案。",
        excerpt=wrong[0].question,
        checked=len(guide.questions),
        failed=len(wrong),
    )
