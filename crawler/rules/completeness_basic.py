"""Completeness of the item's own facts: checkpoints G1 to G10 and G15, each exactly one rule."""

from collections.abc import Iterable

from crawler.rules.applicability import is_bound
from crawler.rules.example_guide import example
from crawler.rules.handling import NO_WINDOW, has_window, visits_of
from crawler.rules.placeholder import is_empty, state_of
from crawler.rules.rule import Check, RuleKind, audit_rule
from crawler.rules.wording import say, shorten
from domain.guide import Guide
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

NOTICE = "评估指标“依申请事项办事指南完备度、准确性”评估要点；guide_checkpoints.yaml {}；portals.md §5"
BASIC_FIELDS = (
    FieldName.NAME,
    FieldName.ITEM_TYPE,
    FieldName.DEPARTMENT,
    FieldName.LEVEL,
    FieldName.AUDIENCE,
    FieldName.CONDITION,
)
CODE_FIELDS = (FieldName.TASK_CODE, FieldName.BASIC_CODE)
FLOW_FIELDS = (FieldName.ONLINE_FLOW, FieldName.WINDOW_FLOW)
LEFT_OUT = frozenset({FieldState.NOT_MEASURED, FieldState.NOT_APPLICABLE})
WAIVED = "非依申请事项，此项空白不作要求"


def judge_fields(guide: Guide, names: Iterable[FieldName], *, waived: frozenset[FieldName] = frozenset()) -> Verdict:
    """Judge several fields as places of one checkpoint; a waived field counts only when it is filled."""
    fields = guide.fields
    states = {
        name: state_of(field.value)
        for name in names
        if (field := fields.get(name)) is not None and field.state is not FieldState.NOT_MEASURED
    }
    shown = {name: state for name, state in states.items() if not (name in waived and state is FieldState.BLANK)}
    if not shown:
        return not_applicable(WAIVED) if states else not_measured("来源未展示这些内容")
    faults = {name: state for name, state in shown.items() if state is not FieldState.OK}
    if not faults:
        return passed(checked=len(shown))
    said = "、".join(describe(LABELS_ZH[name], guide.text(name)) for name in faults)
    first = next(iter(faults))
    return failed(
        faults[first],
        f"{said}，应写明具体内容。",
        field=first,
        excerpt=guide.text(first),
        checked=len(shown),
        failed=len(faults),
    )


def describe(label: str, text: str) -> str:
    """Say what stands in a field that is not filled."""
    return f"{label}写的是“{shorten(text)}”" if text.strip() else f"{label}空白"


def waive(guide: Guide, *names: FieldName) -> frozenset[FieldName]:
    """Return the fields that only 依申请 items must fill, when this item is none or its type is unknown."""
    return frozenset() if is_bound(guide) else frozenset(names)


def filled_if_bound(name: FieldName) -> Check:
    """Make a check that a field is filled on items that citizens apply for."""

    def check(guide: Guide) -> Verdict:
        return judge_fields(guide, (name,), waived=waive(guide, name))

    return check


@audit_rule(
    "complete.basic-facts",
    title="办事指南基本信息齐全",
    failure_title="办事指南基本信息不齐全",
    why="名称、类型、实施主体、层级、服务对象和受理条件缺一，群众就无法判断这件事归谁办、自己能不能办。",
    source=NOTICE.format("G1"),
    applicability="所有办事指南；受理条件空白只对依申请事项算缺项，写了占位语的一律判断。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.CONDITION,
    checkpoint="G1",
    passing=example(),
    failing=example({FieldName.CONDITION: "无"}),
)
def check_basic_facts(guide: Guide) -> Verdict:
    return judge_fields(guide, BASIC_FIELDS, waived=waive(guide, FieldName.CONDITION))


@audit_rule(
    "complete.handling-type",
    title="已注明办件类型",
    failure_title="未注明办件类型",
    why="即办件当场办结，承诺件需要等待，群众据此安排时间。",
    source=NOTICE.format("G2"),
    applicability="来源展示办件类型的所有办事指南。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.HANDLING_TYPE,
    checkpoint="G2",
    passing=example(),
    failing=example({FieldName.HANDLING_TYPE: ""}),
)
def check_handling_type(guide: Guide) -> Verdict:
    return judge_fields(guide, (FieldName.HANDLING_TYPE,))


@audit_rule(
    "complete.codes",
    title="事项编码齐全",
    failure_title="事项编码不齐全",
    why="编码是各平台核对同一事项的唯一依据，缺编码就无法查询、比对和监督。",
    source=NOTICE.format("G3"),
    applicability="来源展示实施编码或基本编码的所有办事指南。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.TASK_CODE,
    checkpoint="G3",
    passing=example(),
    failing=example({FieldName.BASIC_CODE: ""}),
)
def check_codes(guide: Guide) -> Verdict:
    return judge_fields(guide, CODE_FIELDS)


@audit_rule(
    "complete.legal-limit",
    title="已注明法定办结时限",
    failure_title="未注明法定办结时限",
    why="法定时限是群众判断是否超期、能否投诉的依据。",
    source=NOTICE.format("G4"),
    applicability="依申请事项（01、05、07—10、20）；写了无法定时限及理由的算已注明；公共服务（21）空白不作要求。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.LEGAL_LIMIT,
    checkpoint="G4",
    passing=example({FieldName.LEGAL_LIMIT: "", FieldName.LEGAL_LIMIT_NOTE: "法律法规未规定办结时限"}),
    failing=example({FieldName.LEGAL_LIMIT: "无"}),
)
def check_legal_limit(guide: Guide) -> Verdict:
    verdict = filled_if_bound(FieldName.LEGAL_LIMIT)(guide)
    if verdict.failed and is_empty(guide.text(FieldName.LEGAL_LIMIT)):
        note = guide.field(FieldName.LEGAL_LIMIT_NOTE)
        if not note.measured:
            return not_measured("法定时限空白，而来源未展示时限说明")
        return passed() if not is_empty(note.value) else verdict
    return verdict


@audit_rule(
    "complete.promise-limit",
    title="已注明承诺办结时限",
    failure_title="未注明承诺办结时限",
    why="承诺时限告诉群众最迟哪天能拿到结果。",
    source=NOTICE.format("G5"),
    applicability="依申请事项（01、05、07—10、20）；公共服务（21）空白不作要求。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.PROMISE_LIMIT,
    checkpoint="G5",
    passing=example(),
    failing=example({FieldName.PROMISE_LIMIT: "视情况而定"}),
)
def check_promise_limit(guide: Guide) -> Verdict:
    return filled_if_bound(FieldName.PROMISE_LIMIT)(guide)


def judge_window_fact(guide: Guide, name: FieldName, of_windows: tuple[str, ...] | None) -> Verdict:
    """Judge a fact that is due as soon as somebody has to come: the field itself, or else the windows' column."""
    field = guide.field(name)
    texts = (field.value, *(of_windows or ()))
    if any(state_of(text) is FieldState.OK and not NO_WINDOW.match(text) for text in texts):
        return passed()
    if not field.measured:
        return not_measured(f"来源未展示{LABELS_ZH[name]}")
    if state_of(field.value) is FieldState.PLACEHOLDER:
        return failed(FieldState.PLACEHOLDER, say(name, field.value, "写明具体内容"), excerpt=field.value)
    return judge_need(guide, name, field.value)


def judge_need(guide: Guide, name: FieldName, text: str) -> Verdict:
    """Decide whether a blank place or hours is a fault: only if a citizen has to come."""
    visits = visits_of(guide)
    if visits:
        return failed(FieldState.BLANK, say(name, text, f"写明（须到现场 {visits} 次）"), excerpt=text)
    window = has_window(guide)
    if window:
        return failed(FieldState.BLANK, say(name, text, "写明（设有办理窗口）"), excerpt=text)
    if window is None and visits is None:
        return not_measured("无法判断是否需要到窗口")
    return not_applicable("零跑动且不设窗口")


@audit_rule(
    "complete.place",
    title="已注明办理地点",
    failure_title="未注明办理地点",
    why="需要到现场却不写地点，群众只能白跑或打电话问。",
    source=NOTICE.format("G6"),
    applicability="须到现场或设有办理窗口的办事指南；零跑动且不设窗口的不适用。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.PLACE,
    checkpoint="G6",
    passing=example(),
    failing=example({FieldName.PLACE: ""}, windows=()),
)
def check_place(guide: Guide) -> Verdict:
    windows = guide.windows
    return judge_window_fact(guide, FieldName.PLACE, tuple(w.address for w in windows) if windows else None)


@audit_rule(
    "complete.hours",
    title="已注明办理时间",
    failure_title="未注明办理时间",
    why="不写办公时间，群众可能在休息时间白跑一趟。",
    source=NOTICE.format("G7"),
    applicability="须到现场或设有办理窗口的办事指南；零跑动且不设窗口的不适用。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.HOURS,
    checkpoint="G7",
    passing=example(),
    failing=example({FieldName.HOURS: "另行通知"}, windows=()),
)
def check_hours(guide: Guide) -> Verdict:
    windows = guide.windows
    return judge_window_fact(guide, FieldName.HOURS, tuple(w.hours for w in windows) if windows else None)


@audit_rule(
    "complete.enquiry",
    title="已注明咨询方式",
    failure_title="未注明咨询方式",
    why="指南没有看懂的地方，群众要有地方问。",
    source=NOTICE.format("G8"),
    applicability="依申请事项（01、05、07—10、20）；公共服务（21）空白不作要求。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.ENQUIRY_PHONE,
    checkpoint="G8",
    passing=example(),
    failing=example({FieldName.ENQUIRY_PHONE: "无"}),
)
def check_enquiry(guide: Guide) -> Verdict:
    return filled_if_bound(FieldName.ENQUIRY_PHONE)(guide)


@audit_rule(
    "complete.legal-basis",
    title="已注明设定依据",
    failure_title="未注明设定依据",
    why="没有法律依据，群众无从知道这件事凭什么要办、凭什么要交这些材料。",
    source=NOTICE.format("G9"),
    applicability="来源展示设定依据的所有办事指南。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.LEGAL_BASIS,
    checkpoint="G9",
    passing=example(),
    failing=example({FieldName.LEGAL_BASIS: ""}, laws=()),
)
def check_legal_basis(guide: Guide) -> Verdict:
    if any(state_of(law.name or law.content) is FieldState.OK for law in guide.laws or ()):
        return passed()
    return judge_fields(guide, (FieldName.LEGAL_BASIS,))


@audit_rule(
    "complete.intermediary",
    title="已说明中介服务或特殊环节",
    failure_title="中介服务或特殊环节只写了占位语",
    why="中介服务和特殊环节要花钱、花时间，有没有都应当明说；写“无”也算说明。",
    source=NOTICE.format("G10"),
    applicability="来源展示中介服务或特别程序的办事指南；空白和“无”都算说明，只判断占位语。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.INTERMEDIARY,
    checkpoint="G10",
    passing=example(),
    failing=example({FieldName.INTERMEDIARY: "视情况而定"}),
)
def check_intermediary(guide: Guide) -> Verdict:
    shown = [
        field for name in (FieldName.INTERMEDIARY, FieldName.SPECIAL_PROCEDURE) if (field := guide.field(name)).measured
    ]
    if not shown:
        return not_measured("来源未展示中介服务和特别程序")
    evasive = next((field for field in shown if state_of(field.value) is FieldState.PLACEHOLDER), None)
    if evasive is not None:
        return failed(
            FieldState.PLACEHOLDER,
            f"中介服务或特别程序写的是“{shorten(evasive.value)}”，应写明有哪些，没有的写“无”。",
            excerpt=evasive.value,
        )
    return passed()


@audit_rule(
    "complete.flow",
    title="已说明办理流程和到办事现场次数",
    failure_title="办理流程或到办事现场次数未填写",
    why="流程和跑动次数决定群众要准备几趟、先做什么后做什么。",
    source=NOTICE.format("G15"),
    applicability="依申请事项须有办理流程；到办事现场次数对所有事项都要求。",
    kind=RuleKind.COMPLETENESS,
    field=FieldName.VISITS,
    checkpoint="G15",
    passing=example(),
    failing=example(dict.fromkeys(FLOW_FIELDS, "")),
)
def check_flow(guide: Guide) -> Verdict:
    visits, flow = state_of_visits(guide), state_of_flow(guide)
    if flow is FieldState.BLANK and not is_bound(guide):
        flow = FieldState.NOT_APPLICABLE
    states = {"到办事现场次数": visits, "办理流程": flow}
    judged = {name: state for name, state in states.items() if state not in LEFT_OUT}
    if not judged:
        return not_measured("来源未展示办理流程和到办事现场次数")
    faults = {name: state for name, state in judged.items() if state is not FieldState.OK}
    if not faults:
        return passed(checked=len(judged))
    said = "、".join(
        f"{name}{'空白' if state is FieldState.BLANK else '只写了占位语'}" for name, state in faults.items()
    )
    first = next(iter(faults.values()))
    field = FieldName.VISITS if "到办事现场次数" in faults else FieldName.ONLINE_FLOW
    return failed(first, f"{said}，应写明具体内容。", field=field, checked=len(judged), failed=len(faults))


def state_of_visits(guide: Guide) -> FieldState:
    """Return the state of 到办事现场次数, which every type states (portals.md §6.3)."""
    field = guide.field(FieldName.VISITS)
    return state_of(field.value) if field.measured else FieldState.NOT_MEASURED


def state_of_flow(guide: Guide) -> FieldState:
    """Return the state of the flow: one description, online or at the window, is enough."""
    fields = [guide.field(name) for name in FLOW_FIELDS]
    states = [state_of(field.value) for field in fields if field.measured]
    if FieldState.OK in states:
        return FieldState.OK
    if FieldState.PLACEHOLDER in states:
        return FieldState.PLACEHOLDER
    return FieldState.BLANK if len(states) == len(FLOW_FIELDS) else FieldState.NOT_MEASURED
