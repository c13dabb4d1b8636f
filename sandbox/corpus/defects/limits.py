"""Defects of legal and promised limits and of intermediary or special steps (G4, G5, G10)."""

from dataclasses import replace

from sandbox.corpus.defects.fitness import is_power, is_timed
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import Facts, GuidePlan, Limit

EXCESS_DAYS = 15


def without_legal(facts: Facts) -> Facts:
    """State no legal limit."""
    return replace(facts, legal=None)


def without_promise(facts: Facts) -> Facts:
    """State no promised limit."""
    return replace(facts, promise=None)


def exceed(facts: Facts) -> Facts:
    """Promise fifteen days more than the law allows."""
    return replace(facts, promise=Limit(days=(facts.legal or Limit(days=0)).days + EXCESS_DAYS))


@defect(
    "legal-limit-blank",
    field="法定办结时限",
    also=("法定办结时限说明",),
    where="AUDIT_ITEM.ANTICIPATE_DAY",
    checkpoint="G4",
    fits=is_power,
    claim=without_legal,
    touches=("承诺办结时限",),
    sentence="法定办结时限为空，也没有说明",
)
def spoil_legal(draft: Draft) -> None:
    draft.item.update(dict.fromkeys(("ANTICIPATE_DAY", "ANTICIPATE_TYPE", "ANTICIPATE_TYPE_TEXT", "FDBLSXSM"), ""))


@defect(
    "legal-limit-placeholder",
    field="法定办结时限",
    also=("法定办结时限说明",),
    where="AUDIT_ITEM.ANTICIPATE_DAY",
    checkpoint="G4",
    fits=is_power,
    claim=without_legal,
    touches=("承诺办结时限",),
    sentence="法定办结时限只写了套话",
)
def spoil_legal_placeholder(draft: Draft) -> None:
    draft.item.update({"ANTICIPATE_DAY": "按规定执行", "FDBLSXSM": "按规定执行"})


@defect(
    "promise-blank",
    field="承诺办结时限",
    where="AUDIT_ITEM.PROMISE_DAY",
    checkpoint="G5",
    fits=is_timed,
    claim=without_promise,
    touches=("办件类型",),
    sentence="承诺办结时限为空",
)
def spoil_promise(draft: Draft) -> None:
    draft.item.update(dict.fromkeys(("PROMISE_DAY", "PROMISE_TYPE", "PROMISE_TYPE_TEXT", "CRBJSXSM"), ""))


@defect(
    "promise-placeholder",
    field="承诺办结时限",
    where="AUDIT_ITEM.PROMISE_DAY",
    checkpoint="G5",
    fits=is_timed,
    claim=without_promise,
    touches=("办件类型",),
    sentence="承诺办结时限写作待定",
)
def spoil_promise_placeholder(draft: Draft) -> None:
    draft.item.update({"PROMISE_DAY": "待定", "CRBJSXSM": "待定"})


@defect(
    "promise-without-unit",
    field="承诺办结时限",
    where="AUDIT_ITEM.PROMISE_TYPE_TEXT",
    checkpoint="G5",
    fits=is_timed,
    claim=without_promise,
    touches=("办件类型",),
    sentence="承诺办结时限没有写工作日还是自然日",
)
def spoil_promise_unit(draft: Draft) -> None:
    draft.item.update(dict.fromkeys(("PROMISE_TYPE", "PROMISE_TYPE_TEXT", "CRBJSXSM"), ""))


@defect(
    "promise-exceeds-legal",
    field="承诺办结时限",
    also=("法定办结时限",),
    where="AUDIT_ITEM.PROMISE_DAY",
    checkpoint="G5",
    fits=is_timed,
    claim=exceed,
    touches=("法定办结时限", "办件类型"),
    sentence="承诺办结时限长于法定办结时限",
)
def spoil_promise_excess(draft: Draft) -> None:
    days = int(draft.item["ANTICIPATE_DAY"]) + EXCESS_DAYS
    draft.item.update({"PROMISE_DAY": str(days), "CRBJSXSM": f"自受理之日起{days}个工作日内办结"})


@defect(
    "steps-exceed-promise",
    field="办理环节",
    also=("承诺办结时限",),
    where="AUDIT_ITEM_FLOWSHEET[].TRANSACT_TIME_LIMIT",
    checkpoint="G15",
    fits=is_timed,
    touches=("承诺办结时限", "办件类型"),
    sentence="各办理环节时限之和超过承诺办结时限",
)
def spoil_steps(draft: Draft) -> None:
    for row in draft.document["AUDIT_ITEM_FLOWSHEET"]:
        row["TRANSACT_TIME_LIMIT"] = f"{draft.item['PROMISE_DAY']}个工作日"


def has_intermediary(plan: GuidePlan) -> bool:
    """Say whether the guide names an intermediary service."""
    return bool(plan.intermediary)


@defect(
    "intermediary-placeholder",
    field="中介服务",
    where="ZHONGJIE_SERVICE[].INTERMEDIARYSERVICES",
    checkpoint="G10",
    fits=has_intermediary,
    sentence="中介服务名称只写了套话",
)
def spoil_intermediary(draft: Draft) -> None:
    draft.document["ZHONGJIE_SERVICE"][0] |= {"INTERMEDIARYSERVICES": "详见有关规定", "INTERMEDIARYSERVICESCODE": ""}


@defect(
    "special-procedure-without-limit",
    field="特别程序",
    where="AUDIT_SPECIAL_TIME[].SHIXIAN",
    checkpoint="G10",
    fits=lambda plan: plan.special_days > 0,
    sentence="特别程序没有写时限",
)
def spoil_special(draft: Draft) -> None:
    draft.document["AUDIT_SPECIAL_TIME"][0] |= dict.fromkeys(("SHIXIAN", "SX", "SXDW", "SXDW_TEXT"), "")


@defect(
    "promise-zero-days",
    field="承诺办结时限",
    also=("办件类型",),
    where="AUDIT_ITEM.PROMISE_DAY",
    checkpoint="G5",
    fits=is_timed,
    claim=lambda facts: replace(facts, promise=Limit(days=0)),
    touches=("法定办结时限", "办理环节"),
    sentence="承诺件的承诺办结时限是 0 个工作日",
)
def spoil_promise_zero(draft: Draft) -> None:
    draft.item.update({"PROMISE_DAY": "0", "CRBJSXSM": ""})
    for row in draft.document["AUDIT_ITEM_FLOWSHEET"]:
        row["TRANSACT_TIME_LIMIT"] = "0个工作日"


@defect(
    "promise-note-contradicts",
    field="承诺办结时限",
    also=("承诺办结时限说明",),
    where="AUDIT_ITEM.CRBJSXSM",
    checkpoint="G5",
    fits=is_timed,
    touches=("办件类型", "法定办结时限"),
    sentence="承诺办结时限与它自己的说明不是同一个天数",
)
def spoil_promise_note(draft: Draft) -> None:
    draft.item["CRBJSXSM"] = f"自受理之日起{int(draft.item['PROMISE_DAY']) + 7}个工作日内办结"


@defect(
    "legal-note-contradicts",
    field="法定办结时限",
    also=("法定办结时限说明",),
    where="AUDIT_ITEM.FDBLSXSM",
    checkpoint="G4",
    fits=is_timed,
    touches=("承诺办结时限",),
    sentence="法定办结时限与它自己的说明不是同一个天数",
)
def spoil_legal_note(draft: Draft) -> None:
    draft.item["FDBLSXSM"] = f"自受理之日起{int(draft.item['ANTICIPATE_DAY']) + 25}个工作日内办结"


@defect(
    "step-limit-placeholder",
    field="办理环节",
    where="AUDIT_ITEM_FLOWSHEET[].TRANSACT_TIME_LIMIT",
    checkpoint="G15",
    fits=is_timed,
    sentence="办理环节的时限写作“按规定时限”",
)
def spoil_step_limit(draft: Draft) -> None:
    draft.document["AUDIT_ITEM_FLOWSHEET"][2]["TRANSACT_TIME_LIMIT"] = "按规定时限"


@defect(
    "intermediary-unnamed",
    field="中介服务",
    where="ZHONGJIE_SERVICE[].INTERMEDIARYSERVICES",
    checkpoint="G10",
    fits=has_intermediary,
    sentence="列了中介服务，却没有写是什么服务",
)
def spoil_intermediary_name(draft: Draft) -> None:
    draft.document["ZHONGJIE_SERVICE"][0]["INTERMEDIARYSERVICES"] = ""


@defect(
    "special-procedure-unnamed",
    field="特别程序",
    where="AUDIT_SPECIAL_TIME[].SPECIALNAME",
    checkpoint="G10",
    fits=lambda plan: plan.special_days > 0,
    sentence="特别程序有 30 天时限，却没有写是什么程序",
)
def spoil_special_name(draft: Draft) -> None:
    draft.document["AUDIT_SPECIAL_TIME"][0]["SPECIALNAME"] = ""
