"""Accuracy of the result: it is named, what is named can be seen as a sample, and its kind fits its name."""

import re

from crawler.rules.applicability import is_bound, is_permit
from crawler.rules.example_guide import RESULT, example
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import say
from domain.guide import Guide, HandlingResult
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SOURCE = "portals.md §5（结果名称、类型、样本：有名称须有样本；XX证为证照，批复为批文）；methodology.md §3.7"
PAPER = re.compile(
    r"(?:证|证书|执照|批复|批文|决定书|通知书|许可书|证明|备案表|登记表|回执|意见书|报告书|凭证)(?:[（(][^）)]*[）)])?$"
)
LICENCE = re.compile(r"(?:许可证|资格证|登记证|合格证|证书|执照|身份证|居住证)(?:[（(][^）)]*[）)])?$")
REPLY = re.compile(r"(?:批复|批文|批复文件)(?:[（(][^）)]*[）)])?$")


@audit_rule(
    "result.named",
    title="行政许可写明了办理结果",
    failure_title="行政许可没有写明办理结果",
    why="群众要知道办完拿到的是什么证、什么批文。",
    source="portals.md §5（结果名称）",
    applicability="行政许可（01）。",
    kind=RuleKind.ACCURACY,
    field=FieldName.RESULT_NAME,
    passing=example(),
    failing=example({FieldName.RESULT_NAME: "", FieldName.RESULTS: ""}),
)
@needing(FieldName.RESULT_NAME, FieldName.RESULTS)
def check_result(guide: Guide) -> Verdict:
    if is_filled(guide.text(FieldName.RESULT_NAME)) or is_filled(guide.text(FieldName.RESULTS)):
        return passed()
    if not is_permit(guide):
        return not_applicable("不是行政许可")
    text = guide.text(FieldName.RESULT_NAME)
    reason = say(FieldName.RESULT_NAME, text, "写明办完后得到的证照或批文")
    return failed(FieldState.BLANK, reason, excerpt=text)


def name_of(guide: Guide, result: HandlingResult) -> str:
    """Return a result's own name, or the guide's when the table has only one row."""
    return result.name or (guide.text(FieldName.RESULT_NAME) if len(guide.results or ()) == 1 else "")


@audit_rule(
    "result.sample-given",
    title="办理结果提供了样本",
    failure_title="写明了办理结果，却没有结果样本",
    why="看得到样本，群众才知道拿到的证对不对、假不假。",
    source=SOURCE,
    applicability="依申请事项中，结果名称是证照、批文、决定书等文书，且来源展示结果样本的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.RESULTS,
    passing=example(),
    failing=example(results=(RESULT.model_copy(update={"samples": ()}),)),
)
@needing(FieldName.RESULTS)
def check_sample(guide: Guide) -> Verdict:
    if guide.results is None:
        return not_measured("来源未展示审批结果")
    papers = [row for row in guide.results if PAPER.search(name_of(guide, row))]
    if not papers or not is_bound(guide):
        return not_applicable("结果不是证照或文书，或非依申请事项")
    shown = [row for row in papers if row.samples is not None]
    if not shown:
        return not_measured("来源未展示结果样本")
    wrong = [row for row in shown if not row.samples]
    if not wrong:
        return passed(checked=len(shown))
    name = name_of(guide, wrong[0])
    reason = f"审批结果“{name}”没有样本，应上传这种证照或文书的样本。"
    return failed(FieldState.BLANK, reason, excerpt=name, checked=len(shown), failed=len(wrong))


def kind_by_name(name: str) -> str:
    """Return the kind of document that a name leaves no doubt about, ``""`` otherwise."""
    return "证照" if LICENCE.search(name) else "批文" if REPLY.search(name) else ""


@audit_rule(
    "result.kind-fits",
    title="办理结果的类型与名称相符",
    failure_title="办理结果的类型与名称不符",
    why="证照和批文在电子证照库里分开存放，类型填错，群众用不了电子证照。",
    source=SOURCE,
    applicability="写明了结果名称和结果文书类型（证照、批文）的办事指南；只判断名称一望而知的。",
    kind=RuleKind.ACCURACY,
    field=FieldName.RESULTS,
    passing=example(),
    failing=example(results=(RESULT.model_copy(update={"document": "批文"}),)),
)
@needing(FieldName.RESULTS)
def check_kind(guide: Guide) -> Verdict:
    if guide.results is None:
        return not_measured("来源未展示审批结果")
    expected = [(row, kind_by_name(row.name)) for row in guide.results]
    judged = [(row, kind) for row, kind in expected if kind and row.document in ("证照", "批文")]
    if not judged:
        return not_applicable("结果名称看不出类型，或没有写类型")
    wrong = [(row, kind) for row, kind in judged if row.document != kind]
    if not wrong:
        return passed(checked=len(judged))
    row, kind = wrong[0]
    reason = f"审批结果“{row.name}”的类型写的是“{row.document}”，应为“{kind}”。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=row.name, checked=len(judged), failed=len(wrong))
