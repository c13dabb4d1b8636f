"""Defects of basic information, codes and 办件类型 (G1, G2, G3)."""

from collections.abc import Callable
from dataclasses import replace

from sandbox.corpus.codes import break_check
from sandbox.corpus.defects.fitness import is_power
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import Facts, GuidePlan, Limit
from sandbox.model import Json

SHOWING_CODE: tuple[tuple[Callable[[Draft], Json], str], ...] = (
    (lambda draft: draft.record, "URL"),
    (lambda draft: draft.item, "TRANSACT_WEB_URL"),
    (lambda draft: draft.item, "TRANSACT_APP_URL"),
    (lambda draft: draft.extend, "APPOINTMENT_URL"),
)
"""Addresses that carry the code."""


def recode(draft: Draft, task: str) -> None:
    """Give the guide another 实施编码 everywhere it is shown: list, page address and document."""
    tail, old = draft.item["YW_CODE"][31:], draft.record["TASK_CODE"]
    draft.item["TASK_CODE"] = draft.item["NATION_TASK_CODE"] = task
    draft.item["YW_CODE"] = task + tail if tail else ""
    draft.record["TASK_CODE"] = task + tail
    for table, field in SHOWING_CODE:
        table(draft)[field] = (table(draft)[field] or "").replace(old, task + tail) or table(draft)[field]


def is_split(plan: GuidePlan) -> bool:
    """Say whether the guide is about a 业务办理项."""
    return plan.handling_code is not None


@defect(
    "credit-code-check-failed",
    field="实施编码",
    also=("实施主体编码",),
    where="AUDIT_ITEM.TASK_CODE",
    checkpoint="G3",
    touches=("编码",),
    sentence="实施编码前 18 位的统一社会信用代码校验位不符",
)
def spoil_credit_code(draft: Draft) -> None:
    broken = break_check(draft.item["TONGYI_CODE"])
    recode(draft, broken + draft.item["TASK_CODE"][18:])
    draft.item["TONGYI_CODE"] = broken


@defect(
    "code-level-mismatch",
    field="实施编码",
    also=("行使层级",),
    where="AUDIT_ITEM.TASK_CODE",
    checkpoint="G3",
    touches=("编码",),
    sentence="实施编码第 19 位与行使层级不符",
)
def spoil_code_level(draft: Draft) -> None:
    code = draft.item["TASK_CODE"]
    recode(draft, f"{code[:18]}2{code[19:]}")


@defect(
    "code-type-mismatch",
    field="实施编码",
    also=("基本编码", "事项类型"),
    where="AUDIT_ITEM.TASK_CODE",
    checkpoint="G3",
    fits=is_power,
    touches=("编码", "基本编码"),
    sentence="实施编码与基本编码中的事项类型与事项类型不符",
)
def spoil_code_type(draft: Draft) -> None:
    code, other = draft.item["TASK_CODE"], "06" if draft.item["TASK_TYPE"] != "06" else "07"
    recode(draft, f"{code[:21]}{other}{code[23:]}")
    draft.item["CATALOG_CODE"] = draft.record["CATAID"] = draft.item["TASK_CODE"][19:]


@defect(
    "basic-code-mismatch",
    field="基本编码",
    also=("实施编码",),
    where="AUDIT_ITEM.CATALOG_CODE",
    checkpoint="G3",
    touches=("编码",),
    sentence="基本编码与实施编码后 12 位不符",
)
def spoil_basic_code(draft: Draft) -> None:
    draft.item["CATALOG_CODE"] = draft.item["CATALOG_CODE"][:-1] + "9"


@defect(
    "basic-code-blank",
    field="基本编码",
    where="AUDIT_ITEM.CATALOG_CODE",
    checkpoint="G3",
    touches=("编码",),
    sentence="基本编码为空",
)
def spoil_basic_code_blank(draft: Draft) -> None:
    draft.item["CATALOG_CODE"] = ""


@defect(
    "handling-code-mismatch",
    field="业务办理项编码",
    also=("实施编码",),
    where="AUDIT_ITEM.YW_CODE",
    checkpoint="G3",
    fits=is_split,
    touches=("编码",),
    sentence="业务办理项编码前 31 位不是实施编码",
)
def spoil_handling_code(draft: Draft) -> None:
    code = draft.item["YW_CODE"]
    draft.item["YW_CODE"] = f"{code[:26]}{(int(code[26]) + 1) % 10}{code[27:]}"


@defect(
    "type-text-mismatch",
    field="事项类型",
    also=("事项类型代码", "实施编码"),
    where="AUDIT_ITEM.TASK_TYPE_TEXT",
    checkpoint="G1",
    fits=is_power,
    touches=("编码",),
    sentence="事项类型的文字与代码不符",
)
def spoil_type_text(draft: Draft) -> None:
    draft.item["TASK_TYPE_TEXT"] = "公共服务"


@defect("body-blank", field="实施主体", where="AUDIT_ITEM.DEPT_NAME", checkpoint="G1", sentence="实施主体为空")
def spoil_body(draft: Draft) -> None:
    draft.item["DEPT_NAME"] = ""


@defect(
    "served-blank",
    field="服务对象",
    also=("面向自然人事项主题分类", "面向法人事项主题分类"),
    where="AUDIT_ITEM.SERVE_TYPE_TEXT",
    checkpoint="G1",
    touches=("主题",),
    sentence="服务对象为空",
)
def spoil_served(draft: Draft) -> None:
    draft.item["SERVE_TYPE_TEXT"] = ""


@defect(
    "person-without-theme",
    field="面向自然人事项主题分类",
    also=("服务对象",),
    where="AUDIT_ITEM_EXTEND.THEME_NATURAL_TYPE_TEXT",
    checkpoint="G1",
    fits=lambda plan: plan.serves_persons,
    touches=("主题",),
    sentence="服务对象含自然人，主题分类却为空",
)
def spoil_theme(draft: Draft) -> None:
    draft.extend["THEME_NATURAL_TYPE_TEXT"] = ""


@defect(
    "delegated-without-delegate",
    field="委托部门",
    also=("实施主体性质",),
    where="AUDIT_ITEM.ENTRUST_NAME",
    checkpoint="G1",
    fits=lambda plan: plan.delegated,
    sentence="实施主体性质为受委托组织，委托部门却为空",
)
def spoil_delegate(draft: Draft) -> None:
    draft.item["ENTRUST_NAME"] = ""


@defect(
    "name-with-markup",
    field="事项名称",
    where="AUDIT_ITEM.TASK_NAME",
    checkpoint="G1",
    sentence="事项名称夹带网页标记，与列表中的名称不一致",
)
def spoil_name(draft: Draft) -> None:
    draft.item["TASK_NAME"] = f"{draft.item['TASK_NAME']}<br>&nbsp;"


@defect(
    "condition-blank",
    field="受理条件",
    where="AUDIT_ITEM.ACCEPT_CONDITION",
    checkpoint="G1",
    fits=is_power,
    sentence="受理条件为空",
)
def spoil_condition(draft: Draft) -> None:
    draft.item["ACCEPT_CONDITION"] = ""


@defect(
    "condition-placeholder",
    field="受理条件",
    where="AUDIT_ITEM.ACCEPT_CONDITION",
    checkpoint="G1",
    fits=is_power,
    sentence="受理条件只写了套话",
)
def spoil_condition_placeholder(draft: Draft) -> None:
    draft.item["ACCEPT_CONDITION"] = "按规定执行"


@defect(
    "condition-with-tags",
    field="受理条件",
    where="AUDIT_ITEM.ACCEPT_CONDITION",
    checkpoint="G1",
    fits=is_power,
    sentence="受理条件露出网页标记",
)
def spoil_condition_tags(draft: Draft) -> None:
    draft.item["ACCEPT_CONDITION"] = f'<p style="text-indent:2em">{draft.item["ACCEPT_CONDITION"]}</p><br/>'


@defect(
    "condition-double-encoded",
    field="受理条件",
    where="AUDIT_ITEM.ACCEPT_CONDITION",
    checkpoint="G1",
    fits=is_power,
    sentence="受理条件中的实体被重复编码",
)
def spoil_condition_entities(draft: Draft) -> None:
    draft.item["ACCEPT_CONDITION"] = (
        f"&amp;amp;nbsp;&amp;lt;p&amp;gt;{draft.item['ACCEPT_CONDITION']}&amp;lt;/p&amp;gt;"
    )


@defect(
    "project-type-blank",
    field="办件类型",
    where="AUDIT_ITEM.PROJECT_TYPE_TEXT",
    checkpoint="G2",
    claim=lambda facts: replace(facts, instant=False),
    sentence="办件类型为空",
)
def spoil_project_type(draft: Draft) -> None:
    draft.item["PROJECT_TYPE"] = draft.item["PROJECT_TYPE_TEXT"] = ""


def claim_instant(facts: Facts) -> Facts:
    """State 即办件 together with twenty days."""
    return replace(facts, instant=True, promise=Limit(days=20))


def allows_twenty(plan: GuidePlan) -> bool:
    """Say whether twenty promised days stay within the legal limit."""
    return is_power(plan) and plan.facts.legal is not None and plan.facts.legal.days >= 20


@defect(
    "instant-with-many-days",
    field="办件类型",
    also=("承诺办结时限",),
    where="AUDIT_ITEM.PROJECT_TYPE_TEXT",
    checkpoint="G2",
    fits=allows_twenty,
    claim=claim_instant,
    touches=("承诺办结时限", "法定办结时限"),
    sentence="办件类型为即办件，承诺办结时限却为 20 个工作日",
)
def spoil_instant(draft: Draft) -> None:
    draft.item.update(
        {
            "PROJECT_TYPE": "1",
            "PROJECT_TYPE_TEXT": "即办件",
            "PROMISE_DAY": "20",
            "CRBJSXSM": "自受理之日起20个工作日内办结",
        }
    )
