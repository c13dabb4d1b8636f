"""Accuracy of tables: no window, question or charge stands in the guide twice."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable

from crawler.rules.example_guide import CHARGE, QUESTION, WINDOW, example
from crawler.rules.materials import plain
from crawler.rules.measured import needing
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import shorten
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SOURCE = "portals.md §5（各表不重复）"


def judge_unique(name: FieldName, rows: Iterable[tuple[Hashable, str]] | None) -> Verdict:
    """Judge rows given as (what makes them equal, what a finding quotes)."""
    if rows is None:
        return not_measured(f"来源未展示{LABELS_ZH[name]}")
    keyed = list(rows)
    if not keyed:
        return not_applicable(f"没有{LABELS_ZH[name]}")
    if len(keyed) == 1:
        return passed()
    times = Counter(key for key, _ in keyed)
    twice = [shown for key, shown in keyed if times[key] > 1]
    if not twice:
        return passed(checked=len(keyed))
    reason = f"{LABELS_ZH[name]}里“{shorten(twice[0])}”列了不止一次，应只留一次。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=twice[0], checked=len(keyed), failed=len(twice))


def unique_rule(
    id: str, name: FieldName, title: str, why: str, failing: Callable[[], Guide]
) -> Callable[[Callable[[Guide], Verdict]], Callable[[Guide], Verdict]]:
    """Register a rule of this family."""
    return audit_rule(
        id,
        title=f"{title}没有重复列出",
        failure_title=f"{title}列了两次",
        why=why,
        source=SOURCE,
        applicability=f"列出了{title}的办事指南；每一栏都相同才算重复。",
        kind=RuleKind.ACCURACY,
        field=name,
        passing=example(questions=(QUESTION,), charges=(CHARGE,), windows=(WINDOW,)),
        failing=failing,
    )


@unique_rule(
    "window.unique",
    FieldName.PLACE,
    "办理窗口",
    "同一个窗口列两次，群众以为有两处可去。",
    example(windows=(WINDOW, WINDOW)),
)
@needing(FieldName.PLACE)
def check_windows(guide: Guide) -> Verdict:
    rows = None if guide.windows is None else [(window, window.name or window.address) for window in guide.windows]
    return judge_unique(FieldName.PLACE, rows)


@unique_rule(
    "question.unique",
    FieldName.QUESTIONS,
    "常见问题",
    "同一个问题答两次，群众要多翻一遍，答得不一样时更不知信哪个。",
    example(questions=(QUESTION, QUESTION.model_copy(update={"answer": "当天。"}))),
)
@needing(FieldName.QUESTIONS)
def check_questions(guide: Guide) -> Verdict:
    rows = guide.questions
    keyed = None if rows is None else [(plain(row.question), row.question) for row in rows if row.question.strip()]
    return judge_unique(FieldName.QUESTIONS, keyed)


@unique_rule(
    "charge.unique",
    FieldName.CHARGES,
    "收费项目",
    "同一笔费列两次，群众以为要交两次。",
    example(charges=(CHARGE, CHARGE)),
)
@needing(FieldName.CHARGES)
def check_charges(guide: Guide) -> Verdict:
    rows = None if guide.charges is None else [(charge, charge.name) for charge in guide.charges]
    return judge_unique(FieldName.CHARGES, rows)
