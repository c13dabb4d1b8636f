"""Accuracy of the conditions: what a citizen must fulfil, not the law that says so."""

import re

from crawler.rules.applicability import is_bound
from crawler.rules.example_guide import LAW, example
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import say
from domain.guide import Guide, Law
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, passed

COPY_CHARACTERS_MIN = 20
QUOTATION = re.compile(
    r"(?:根据|依据|按照)?《[^》]{2,40}》(?:[（(][^）)]*[）)])?第[^，。；]{1,12}条[^，。；：:]{0,8}规定[:：]"
)
DEMAND = re.compile(r"申请|具备|应当|须|提交|取得|年满|持有|符合下列|满足|可以从事")


def is_copied(condition: str, laws: tuple[Law, ...]) -> bool:
    """Say whether a condition is nothing but a clause: the one printed as the legal basis, or one that asks nothing."""
    text = "".join(condition.split())
    quoted = QUOTATION.match(text)
    if quoted is not None and not DEMAND.search(text, quoted.end()):
        return True
    return len(text) >= COPY_CHARACTERS_MIN and any(text in "".join(law.content.split()) for law in laws)


@audit_rule(
    "condition.not-the-law",
    title="受理条件不是照抄的法律条文",
    failure_title="受理条件只是照抄了设定依据的条文",
    why="条文是写给机关的，群众要的是自己要满足哪几条。",
    source="portals.md §5（受理条件：法律条文不是条件）",
    applicability="写了受理条件并列出设定依据的依申请事项；全文与一条依据的内容相同，或只引一条没有提出要求的法律条文，才算照抄。",
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    passing=example(),
    failing=example({FieldName.CONDITION: LAW.content}),
)
@needing(FieldName.CONDITION, FieldName.LEGAL_BASIS)
def check_copied(guide: Guide) -> Verdict:
    text = guide.text(FieldName.CONDITION)
    if not is_filled(text) or not guide.laws or not is_bound(guide):
        return not_applicable("没有受理条件或设定依据，或非依申请事项")
    if not is_copied(text, guide.laws):
        return passed()
    return failed(FieldState.INCONSISTENT, say(FieldName.CONDITION, text, "逐条写明申请人要满足的条件"), excerpt=text)
