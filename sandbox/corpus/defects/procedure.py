"""Defects of procedure, visits, charges, booking and online handling (G15 and beyond the seventeen)."""

from dataclasses import replace

from sandbox.corpus.defects.fitness import is_online, is_power, must_come, need_not_come
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import Facts, GuidePlan

REASON = "需现场核验原件"


def is_depth_four(plan: GuidePlan) -> bool:
    """Say whether the guide declares 全程网办 of an item that also has a window."""
    return plan.facts.depth == "IV" and plan.has_window


def is_free_permit(plan: GuidePlan) -> bool:
    """Say whether a permit is free of charge."""
    return is_power(plan) and not plan.facts.charged


def come_once(facts: Facts) -> Facts:
    """State one visit."""
    return replace(facts, visits=1)


def without_visits(facts: Facts) -> Facts:
    """State no number of visits."""
    return replace(facts, visits=None)


@defect(
    "zero-visits-with-reason",
    field="必须现场办理原因",
    also=("到办事现场次数",),
    where="AUDIT_ITEM_EXTEND.LIMIT_SCENE_EXPLAIN",
    checkpoint="G15",
    fits=need_not_come,
    touches=("到办事现场次数",),
    sentence="到办事现场次数为 0，却写了必须现场办理原因",
)
def spoil_reason(draft: Draft) -> None:
    draft.extend["LIMIT_SCENE_EXPLAIN"] = draft.extend["SCENE_REASON"] = REASON


@defect(
    "visits-without-reason",
    field="必须现场办理原因",
    also=("到办事现场次数",),
    where="AUDIT_ITEM_EXTEND.LIMIT_SCENE_EXPLAIN",
    checkpoint="G15",
    fits=must_come,
    touches=("到办事现场次数",),
    sentence="须到现场，却没有写必须现场办理原因",
)
def spoil_no_reason(draft: Draft) -> None:
    draft.extend["LIMIT_SCENE_EXPLAIN"] = draft.extend["SCENE_REASON"] = ""


@defect(
    "visits-blank",
    field="到办事现场次数",
    where="AUDIT_ITEM_EXTEND.LIMIT_SCENE_NUM",
    checkpoint="G15",
    fits=need_not_come,
    claim=without_visits,
    touches=("必须现场办理原因", "网办深度"),
    sentence="到办事现场次数为空",
)
def spoil_visits(draft: Draft) -> None:
    draft.extend["LIMIT_SCENE_NUM"] = draft.extend["LIMIT_SCENE_NUM_TEXT"] = draft.record["LIMIT_SCENE_NUM"] = ""


@defect(
    "depth-four-with-visits",
    field="网办深度",
    also=("到办事现场次数",),
    where="AUDIT_ITEM.WBSD_LEVEL_TEXT",
    checkpoint=None,
    fits=is_depth_four,
    claim=come_once,
    touches=("到办事现场次数", "必须现场办理原因"),
    sentence="网办深度为 IV 级，却须到现场一次",
)
def spoil_depth(draft: Draft) -> None:
    draft.extend.update(
        {
            "LIMIT_SCENE_NUM": "1",
            "LIMIT_SCENE_NUM_TEXT": "1次",
            "LIMIT_SCENE_EXPLAIN": REASON,
            "SCENE_REASON": REASON,
        }
    )
    draft.record["LIMIT_SCENE_NUM"] = "1"


@defect(
    "flow-blank",
    field="办理流程",
    also=("网上办理流程", "窗口办理流程"),
    where="AUDIT_ITEM.WSBLLC",
    checkpoint="G15",
    fits=is_power,
    sentence="网上和窗口办理流程都为空",
)
def spoil_flow(draft: Draft) -> None:
    draft.item["WSBLLC"] = draft.item["CKBLLC"] = ""


@defect(
    "flow-placeholder",
    field="办理流程",
    also=("网上办理流程", "窗口办理流程"),
    where="AUDIT_ITEM.WSBLLC",
    checkpoint="G15",
    fits=is_power,
    sentence="办理流程只写了套话",
)
def spoil_flow_placeholder(draft: Draft) -> None:
    for field in ("WSBLLC", "CKBLLC"):
        draft.item[field] = "详见流程图" if draft.item[field] else ""


@defect(
    "permit-with-few-steps",
    field="办理环节",
    where="AUDIT_ITEM_FLOWSHEET",
    checkpoint="G15",
    fits=lambda plan: plan.entry.stem.task_type == "01",
    sentence="行政许可的办理环节少于五步",
)
def spoil_step_count(draft: Draft) -> None:
    del draft.document["AUDIT_ITEM_FLOWSHEET"][2:]


@defect(
    "charged-without-rows",
    field="是否收费",
    also=("收费项目信息", "收费项目", "收费标准", "收费依据"),
    where="AUDIT_CHARGE",
    checkpoint=None,
    fits=is_free_permit,
    claim=lambda facts: replace(facts, charged=True),
    sentence="是否收费为是，却没有收费项目、标准和依据",
)
def spoil_charge(draft: Draft) -> None:
    draft.item.update({"IS_FEE": "1", "IS_FEE_TEXT": "是"})


@defect(
    "booking-without-address",
    field="在线预约地址",
    also=("是否支持预约办理",),
    where="AUDIT_ITEM_EXTEND.APPOINTMENT_URL",
    checkpoint=None,
    fits=lambda plan: plan.facts.bookable,
    touches=("是否支持预约办理",),
    sentence="支持预约办理，在线预约地址却为空",
)
def spoil_booking(draft: Draft) -> None:
    draft.extend["APPOINTMENT_URL"] = ""


@defect(
    "online-without-address",
    field="网办地址",
    also=("是否网办",),
    where="AUDIT_ITEM.TRANSACT_WEB_URL",
    checkpoint=None,
    fits=is_online,
    touches=("是否网办",),
    sentence="是否网办为是，网办地址却为空",
)
def spoil_address(draft: Draft) -> None:
    draft.item["TRANSACT_WEB_URL"] = draft.item["LOGIN_URL"] = ""
    draft.record["URL"] = None


@defect(
    "way-contradicts-online",
    field="办理形式",
    also=("是否网办",),
    where="AUDIT_ITEM.HANDLE_TYPE_TEXT",
    checkpoint=None,
    fits=lambda plan: is_online(plan) and plan.has_window,
    touches=("是否网办",),
    sentence="是否网办为是，办理形式却没有网上办理",
)
def spoil_ways(draft: Draft) -> None:
    ways = [way for way in draft.item["HANDLE_TYPE_TEXT"].split(",") if way != "网上办理"]
    draft.item["HANDLE_TYPE_TEXT"] = ",".join(ways)


@defect(
    "result-without-sample",
    field="结果样本",
    also=("办理结果名称", "审批结果", "审批结果名称"),
    where="AUDIT_ITEM_RESULT[].RESULT_SAMPLE",
    checkpoint=None,
    fits=lambda plan: is_power(plan) and bool(plan.entry.stem.result),
    sentence="写了结果名称，却没有结果样本",
)
def spoil_result(draft: Draft) -> None:
    draft.document["AUDIT_ITEM_RESULT"][0]["RESULT_SAMPLE"] = []
