"""Defects of what a guide is: state, version, body, audience and range (G1 and beyond the seventeen)."""

from dataclasses import replace

from sandbox.corpus.defects.fitness import is_power
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import Facts, GuidePlan

FORMER_NAMES = {
    "市场监督管理局": "工商行政管理局",
    "自然资源局": "国土资源局",
    "卫生健康局": "卫生和计划生育局",
    "生态环境局": "环境保护局",
    "应急管理局": "安全生产监督管理局",
    "农业农村局": "农业局",
    "文化广电旅游体育局": "文化广电新闻出版局",
}
"""Bodies before the reform of 2018/19."""


def find_former(plan: GuidePlan) -> str:
    """Return the former name of the body, "" where it has none here."""
    return next(
        (plan.office.name.replace(new, old) for new, old in FORMER_NAMES.items() if new in plan.office.name), ""
    )


@defect(
    "body-former-name",
    field="实施主体",
    where="AUDIT_ITEM.DEPT_NAME",
    checkpoint="G1",
    fits=lambda plan: bool(find_former(plan)),
    sentence="实施主体是机构改革前的旧名称",
)
def spoil_body_name(draft: Draft) -> None:
    draft.item["DEPT_NAME"] = find_former(draft.plan)


@defect(
    "body-code-mismatch",
    field="实施主体编码",
    also=("实施编码",),
    where="AUDIT_ITEM.TONGYI_CODE",
    checkpoint="G3",
    touches=("编码",),
    sentence="实施主体编码与实施编码前 18 位不是同一个单位",
)
def spoil_body_code(draft: Draft) -> None:
    draft.item["TONGYI_CODE"] = "11441700MB2C912265"  # a real body's code, but another one's (portals.md §6.2)


@defect(
    "status-stopped",
    field="事项状态",
    where="AUDIT_ITEM.TASK_STATE_TEXT",
    checkpoint="G1",
    sentence="事项已经暂停，却仍在列表中",
)
def spoil_status(draft: Draft) -> None:
    draft.item.update({"TASK_STATE": "2", "TASK_STATE_TEXT": "暂停"})


@defect(
    "version-in-future",
    field="版本日期",
    also=("发布日期",),
    where="AUDIT_ITEM.VERSION_DATE",
    checkpoint="G1",
    sentence="版本日期和发布日期在未来",
)
def spoil_version(draft: Draft) -> None:
    future = "2094-03-01 09:00:00"
    draft.item.update({"VERSION_DATE": future, "PUBLISHDATE": future})
    draft.record["VERSION_DATE"] = future


@defect(
    "everyday-name-repeats",
    field="日常用语",
    also=("事项名称",),
    where="AUDIT_ITEM_EXTEND.COMMONEXPRESSION",
    fits=lambda plan: bool(plan.entry.stem.everyday),
    sentence="日常用语只是把事项名称又写了一遍",
)
def spoil_everyday(draft: Draft) -> None:
    draft.extend["COMMONEXPRESSION"] = draft.item["TASK_NAME"]


@defect(
    "organisation-without-theme",
    field="面向法人事项主题分类",
    also=("服务对象",),
    where="AUDIT_ITEM_EXTEND.THEME_LEGAL_TYPE_TEXT",
    checkpoint="G1",
    fits=lambda plan: plan.serves_organisations,
    touches=("主题",),
    sentence="服务对象含法人，法人主题分类却为空",
)
def spoil_legal_theme(draft: Draft) -> None:
    draft.extend["THEME_LEGAL_TYPE_TEXT"] = ""


@defect(
    "theme-for-others",
    field="面向自然人事项主题分类",
    also=("服务对象",),
    where="AUDIT_ITEM_EXTEND.THEME_NATURAL_TYPE_TEXT",
    checkpoint="G1",
    fits=lambda plan: not plan.serves_persons,
    touches=("主题",),
    sentence="只服务法人的事项，挂着面向自然人的主题分类",
)
def spoil_theme_audience(draft: Draft) -> None:
    draft.extend["THEME_NATURAL_TYPE_TEXT"] = "生育收养"


def names_range(plan: GuidePlan) -> bool:
    """Say whether the guide states a 通办范围."""
    return int(plan.item_id[:2], 16) >= 54


@defect(
    "range-without-divisions",
    field="通办范围",
    also=("通办区域", "跨域通办"),
    where="AUDIT_ITEM.SCOPES[].DIVISIONS",
    fits=names_range,
    sentence="写了通办范围，却没有写哪些地区",
)
def spoil_range(draft: Draft) -> None:
    set_range(draft, "市内", [])


@defect(
    "range-wider-than-divisions",
    field="通办范围",
    also=("通办区域", "跨域通办"),
    where="AUDIT_ITEM.SCOPES[].DIVISIONS",
    fits=names_range,
    sentence="写着省内通办，列出的却只有阳江市",
)
def spoil_range_width(draft: Draft) -> None:
    set_range(draft, "省内", [{"DIVISION_NAME": "阳江市"}])
    draft.extend["HANDLE_AREA_TEXT"] = "全省"


def set_range(draft: Draft, text: str, divisions: list[dict[str, str]]) -> None:
    """Write 跨域通办 in both its fields."""
    shape = draft.item["SCOPES"][0]["SCOPESHAPE_TEXT"]
    row = {"SCOPERANGE_TEXT": text, "SCOPESHAPE_TEXT": shape, "DIVISIONS": divisions}
    draft.item["SCOPES"] = draft.item["NEW_SCOPES"] = [row]


@defect(
    "remedies-blank",
    field="法律救济",
    also=("行政复议", "行政诉讼", "复议部门", "诉讼部门"),
    where="AUDIT_ITEM_EXTEND.XZFYBM",
    fits=is_power,
    sentence="行政权力事项没有写向谁申请复议、到哪里诉讼",
)
def spoil_remedies(draft: Draft) -> None:
    draft.extend.update(dict.fromkeys(("XZFYBM", "XZFYDH", "XZFYDZ", "XZSSBM", "XZSSDH", "XZSSDZ"), ""))


@defect(
    "question-without-answer",
    field="常见问题",
    where="AUDIT_QA[].ANSWER",
    fits=lambda plan: plan.entry.stem.task_type == "01",
    sentence="常见问题只有问题，没有解答",
)
def spoil_answer(draft: Draft) -> None:
    draft.document["AUDIT_QA"][0]["ANSWER"] = ""


@defect(
    "answer-repeats-question",
    field="常见问题",
    where="AUDIT_QA[].ANSWER",
    fits=lambda plan: plan.entry.stem.task_type == "01",
    sentence="常见问题的解答只是把问题又写了一遍",
)
def spoil_answer_repeat(draft: Draft) -> None:
    row = draft.document["AUDIT_QA"][0]
    row["ANSWER"] = row["QUESTION"]


def is_offline(plan: GuidePlan) -> bool:
    """Say whether the item can only be handled at a window, with no post."""
    return is_power(plan) and not plan.facts.online and not plan.express and plan.facts.visits == 1


@defect(
    "offline-without-reason",
    field="不可网办原因",
    also=("是否网办",),
    where="AUDIT_ITEM.UNONLINEREASONOTHER",
    fits=is_offline,
    sentence="不能网上办理，却没有写原因",
)
def spoil_offline_reason(draft: Draft) -> None:
    draft.item["UNONLINEREASONOTHER"] = draft.extend["UNONLINEREASON"] = ""


def claim_no_visit(facts: Facts) -> Facts:
    """State that nobody need come."""
    return replace(facts, visits=0)


@defect(
    "no-visit-and-no-way",
    field="到办事现场次数",
    also=("办理形式", "是否网办", "是否支持物流快递"),
    where="AUDIT_ITEM_EXTEND.LIMIT_SCENE_NUM",
    checkpoint="G15",
    fits=is_offline,
    claim=claim_no_visit,
    touches=("必须现场办理原因",),
    sentence="到办事现场 0 次，却既不能网办也不能邮寄",
)
def spoil_visits_zero(draft: Draft) -> None:
    draft.extend.update({"LIMIT_SCENE_NUM": "0", "LIMIT_SCENE_NUM_TEXT": "0次"})
    draft.extend["LIMIT_SCENE_EXPLAIN"] = draft.extend["SCENE_REASON"] = ""
    draft.record["LIMIT_SCENE_NUM"] = "0"


@defect(
    "depth-without-online",
    field="网办深度",
    also=("是否网办",),
    where="AUDIT_ITEM.WBSD_LEVEL_TEXT",
    fits=is_offline,
    claim=lambda facts: replace(facts, depth="III"),
    sentence="不能网上办理，网办深度却是 III 级",
)
def spoil_depth(draft: Draft) -> None:
    draft.item["WBSD_LEVEL_TEXT"] = "III级"


@defect(
    "visits-placeholder",
    field="到办事现场次数",
    where="AUDIT_ITEM_EXTEND.LIMIT_SCENE_NUM",
    checkpoint="G15",
    fits=lambda plan: is_power(plan) and plan.facts.visits == 0,
    claim=lambda facts: replace(facts, visits=None),
    touches=("必须现场办理原因", "网办深度"),
    sentence="到办事现场次数写作“视情况而定”",
)
def spoil_visits_words(draft: Draft) -> None:
    draft.extend["LIMIT_SCENE_NUM"] = draft.extend["LIMIT_SCENE_NUM_TEXT"] = "视情况而定"
    draft.record["LIMIT_SCENE_NUM"] = "视情况而定"


@defect(
    "courier-without-way",
    field="是否支持物流快递",
    also=("办理形式",),
    where="AUDIT_ITEM_EXTEND.IS_EXPRESS_TEXT",
    fits=lambda plan: is_power(plan) and plan.facts.online and plan.has_window and not plan.express,
    touches=("是否网办", "办理环节"),
    sentence="写着支持物流快递，办理形式和送达方式里却都没有",
)
def spoil_courier(draft: Draft) -> None:
    draft.extend["IS_EXPRESS_TEXT"] = "是"


@defect(
    "window-flow-missing",
    field="窗口办理流程",
    also=("办理流程",),
    where="AUDIT_ITEM.CKBLLC",
    checkpoint="G15",
    fits=lambda plan: is_power(plan) and plan.has_window and plan.facts.online,
    sentence="办理形式有窗口办理，却没有窗口办理流程",
)
def spoil_window_flow(draft: Draft) -> None:
    draft.item["CKBLLC"] = ""


@defect(
    "steps-out-of-order",
    field="办理环节",
    where="AUDIT_ITEM_FLOWSHEET[].STEP",
    checkpoint="G15",
    fits=lambda plan: is_power(plan) and plan.facts.promise is not None,
    sentence="办理环节先决定后受理，次序颠倒",
)
def spoil_step_order(draft: Draft) -> None:
    rows = draft.document["AUDIT_ITEM_FLOWSHEET"]
    rows[1], rows[3] = rows[3], rows[1]
