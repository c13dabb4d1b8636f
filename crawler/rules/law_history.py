"""Accuracy of the legal basis over time: not repealed, not run out, well numbered, each law once."""

import re
from collections import Counter
from datetime import date, timedelta

from crawler.rules.dates import day_of
from crawler.rules.example_guide import LAW, example
from crawler.rules.law import judge_laws
from crawler.rules.law_numeral import clause_fault, number_fault
from crawler.rules.law_register import SupersededLaw, superseded_by_day
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import shorten
from domain.guide import Guide, Law
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, passed

SOURCE = "portals.md §1.5（LAW[]）、§5（设定依据须现行有效）；methodology.md §3.7"
LISTED = "列出了设定依据的办事指南。"
CITED = re.compile(r"(原|已废止的?|旧)?\s*《([^《》]{2,60})》\s*(?:[（(]([^（）()]{0,30})[)）])?")
HISTORY = re.compile(r"废止|失效|原")
PROSE = (
    FieldName.CONDITION,
    FieldName.ONLINE_FLOW,
    FieldName.WINDOW_FLOW,
    FieldName.VISIT_REASON,
    FieldName.OFFLINE_REASON,
)
UNTIL = re.compile(
    r"(?:有效期|试行期|试行|暂行|施行期)(?:限)?(?:截?至|到|截止到?|为自.{0,20}至)\s*(\d{4})\s*年(?:\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?)?"
)
EXTENDED = re.compile(r"延长|顺延|延续|继续有效|继续执行")


def title_of(law: Law) -> str:
    """Return a law's name for use between book marks."""
    return shorten(law.name, 30).strip("《》")


def cited_in_prose(guide: Guide, day: date) -> tuple[FieldName, SupersededLaw] | None:
    """Return the first repealed law that a running text cites as its basis, not as history."""
    for name in PROSE:
        text = guide.text(name)
        if "《" not in text:
            continue
        for before, law, after in CITED.findall(text):
            entry = superseded_by_day(law, day)
            if entry is not None and not before and not HISTORY.search(after):
                return name, entry
    return None


def word_repeal(entry: SupersededLaw) -> str:
    """Say when a law ended and what to cite now."""
    now = f"，应改引《{entry.replaced_by}》" if entry.replaced_by else "，应删去或改引现行依据"
    return f"《{entry.name}》已于 {entry.repealed.isoformat()} 废止（{entry.source}）{now}。"


@audit_rule(
    "law.superseded",
    title="引用的法律法规没有被废止",
    failure_title="引用了已经废止的法律法规",
    why="按废止的法办事没有效力，群众据此准备的材料可能是错的。",
    source=SOURCE + "；crawler/rules/law_register.toml（可用 YUECE_LAW_REGISTER 补充）",
    applicability="列出了设定依据，或在条件、流程中以书名号引用法律的办事指南；以采集当日是否已废止为准，标明“原”或“废止”的沿革不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(laws=(LAW, LAW.model_copy(update={"name": "原《中华人民共和国合同法》（已废止）"}))),
    failing=example(laws=(LAW, LAW.model_copy(update={"name": "中华人民共和国合同法"}))),
)
def check_superseded(guide: Guide) -> Verdict:
    day = day_of(guide)
    laws = guide.laws or ()
    found = [entry for law in laws if (entry := superseded_by_day(law.name, day)) and not HISTORY.search(law.name)]
    if found:
        reason = f"{LABELS_ZH[FieldName.LEGAL_BASIS]}{word_repeal(found[0])}"
        return failed(FieldState.INCONSISTENT, reason, excerpt=found[0].name, checked=len(laws), failed=len(found))
    cited = cited_in_prose(guide, day)
    if cited is not None:
        name, entry = cited
        reason = f"{LABELS_ZH[name]}引用的{word_repeal(entry)}"
        return failed(FieldState.INCONSISTENT, reason, excerpt=entry.name, field=name)
    return passed(checked=len(laws)) if laws else needing(FieldName.LEGAL_BASIS)(nothing_listed)(guide)


def nothing_listed(guide: Guide) -> Verdict:
    return not_applicable("没有列出设定依据")


@audit_rule(
    "law.number-form",
    title="设定依据的文号写法正确",
    failure_title="设定依据的文号缺年份、缺序号或年份不对",
    why="文号写错一个字，群众就查不到那份文件。",
    source=SOURCE + "；党政机关公文格式 GB/T 9704-2012（发文字号：代字〔年份〕序号）",
    applicability="设定依据写了文号的办事指南；各种括号都可以，只判断缺漏、不成对和不可能的年份。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(laws=(LAW.model_copy(update={"number": "粤府办[2019]12号"}),)),
    failing=example(laws=(LAW.model_copy(update={"number": "粤府〔〕12号"}),)),
)
@needing(FieldName.LEGAL_BASIS)
def check_number_form(guide: Guide) -> Verdict:
    year = day_of(guide).year
    numbered = [law for law in guide.laws or () if is_filled(law.number)]
    if not numbered:
        return not_applicable("没有写文号")
    wrong = [(law, fault) for law in numbered if (fault := number_fault(law.number, year))]
    if not wrong:
        return passed(checked=len(numbered))
    law, fault = wrong[0]
    should = "按发布文件写全，如“国发〔2019〕12号”"
    reason = f"设定依据《{title_of(law)}》的文号写的是“{law.number}”，{fault}，应{should}。"
    return failed(FieldState.MALFORMED, reason, excerpt=law.number, checked=len(numbered), failed=len(wrong))


@audit_rule(
    "law.clause-form",
    title="设定依据的条款号写法正确",
    failure_title="设定依据的条款号缺序号或不是数字",
    why="“第条”“第二十十条”指不到任何一条，群众无从核对。",
    source=SOURCE,
    applicability="设定依据写了条款号的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(laws=(LAW.model_copy(update={"clause": "第一百零五条第二款"}),)),
    failing=example(laws=(LAW.model_copy(update={"clause": "第条第二款"}),)),
)
@needing(FieldName.LEGAL_BASIS)
def check_clause_form(guide: Guide) -> Verdict:
    given = [law for law in guide.laws or () if is_filled(law.clause)]
    if not given:
        return not_applicable("没有写条款号")
    wrong = [(law, fault) for law in given if (fault := clause_fault(law.clause))]
    if not wrong:
        return passed(checked=len(given))
    law, fault = wrong[0]
    reason = f"设定依据《{title_of(law)}》的条款号写的是“{shorten(law.clause)}”，{fault}，应写明第几条。"
    return failed(FieldState.MALFORMED, reason, excerpt=law.clause, checked=len(given), failed=len(wrong))


def expiry_of(law: Law) -> date | None:
    """Return the day until which a document says it is valid; ``None`` when it says nothing or was extended."""
    text = f"{law.name}\n{law.content}"
    match = UNTIL.search(text)
    if match is None or EXTENDED.search(text):
        return None
    year, month, day = int(match[1]), int(match[2] or 12), int(match[3] or 0)
    try:
        return date(year, month, day) if day else (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))
    except ValueError:
        return None


@audit_rule(
    "law.unexpired",
    title="设定依据没有超过自己写明的有效期",
    failure_title="设定依据已超过自己写明的有效期",
    why="过了有效期的文件不能再作为办事的依据。",
    source=SOURCE,
    applicability="设定依据的名称或条款内容写明了有效期截止日的办事指南；写明延长的不算。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(laws=(LAW.model_copy(update={"content": "第八条：……本办法有效期至2090年12月31日。"}),)),
    failing=example(laws=(LAW.model_copy(update={"name": "某办法（试行至2019年12月31日）"}),)),
)
@needing(FieldName.LEGAL_BASIS)
def check_unexpired(guide: Guide) -> Verdict:
    day = day_of(guide)
    ends = [(law, end) for law in guide.laws or () if (end := expiry_of(law))]
    if not ends:
        return not_applicable("没有写明有效期")
    wrong = [(law, end) for law, end in ends if end < day]
    if not wrong:
        return passed(checked=len(ends))
    law, end = wrong[0]
    reason = f"设定依据“{shorten(law.name)}”写明有效期至 {end.isoformat()}，已经过期，应改为现行有效的文件。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=law.name, checked=len(ends), failed=len(wrong))


@audit_rule(
    "law.unique",
    title="设定依据没有重复列出",
    failure_title="同一条设定依据列了两次",
    why="重复的条文使真正要看的依据淹没在里面。",
    source=SOURCE,
    applicability=LISTED,
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(laws=(LAW, LAW.model_copy(update={"clause": "第九条", "content": "第九条：另一条。"}))),
    failing=example(laws=(LAW, LAW)),
)
@needing(FieldName.LEGAL_BASIS)
def check_unique(guide: Guide) -> Verdict:
    laws = guide.laws or ()
    if len(laws) < 2:
        return passed() if laws else not_applicable("没有列出设定依据")
    times = Counter(laws)
    return judge_laws(guide, lambda law: times[law] == 1, "列了不止一次，应只留一条", FieldState.INCONSISTENT)
