"""Accuracy of the codes: the 31-digit 实施编码 checks itself and the rest of the guide (portals.md §0.6, §3.2)."""

import re
from functools import lru_cache

from stdnum.cn import uscc

from crawler.rules.applicability import type_of
from crawler.rules.example_guide import BASIC_CODE, CREDIT_CODE, TASK_CODE, example
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_empty
from crawler.rules.rule import RuleKind, audit_rule
from domain.guide import Guide
from domain.guide_fields import FieldName, FieldState
from domain.item_type import GUANGDONG_ITEM_TYPES
from domain.verdict import Verdict, failed, not_applicable, passed

SOURCE = "portals.md §3.2、§5（GB/T 39554.1 编码结构，GB 32100-2015 校验）"
TASK_FORM = re.compile(r"[0-9A-Z]{18}[1-7](?:44|00)\d{2}[0-9A-Z]{8}(?:\d{2})?")
BASIC_FORM = re.compile(r"(?:44|00)\d{2}[0-9A-Z]{8}")
HANDLING_FORM = re.compile(r"[0-9A-Z]{31}\d{2}")
TEMPORARY = "TE"  # a temporary code has no check character (portals.md §3.2)
LEVELS = {"社": "6", "国": "1", "省": "2", "市": "3", "县": "4", "区": "4", "镇": "5", "乡": "5", "街": "5", "村": "6"}
"""In this order: 社区 is no 区."""
NO_CODE = not_applicable("实施编码空白或不成形，另有规则判断")


def code_of(guide: Guide) -> str:
    """Return the well-formed 实施编码, ``""`` when it is blank or malformed."""
    return well_formed(guide.text(FieldName.TASK_CODE))


@lru_cache(maxsize=4096)
def well_formed(code: str) -> str:
    """Return a code that has the right form, ``""`` for any other."""
    return code if TASK_FORM.fullmatch(code) else ""


@lru_cache(maxsize=16_384)
def is_credit_code(code: str) -> bool:
    """Ask whether the check character is right; one body's code comes with every item it has."""
    return bool(uscc.is_valid(code))


def level_of(text: str) -> str:
    """Return 行使层级 as its digit; ``""`` when unreadable (portals.md §3.3)."""
    if text[:1] in "1234567":
        return text[:1]
    return next((digit for char, digit in LEVELS.items() if char in text[:2]), "")


def fault_of_form(code: str) -> str:
    """Say which part of a malformed 实施编码 is wrong."""
    if len(code) not in (31, 33):
        return f"实施编码写的是“{code}”，共 {len(code)} 位，应为 31 位（业务办理项 33 位）。"
    part = "第 19 位（行使层级）" if code[18] not in "1234567" else "第 20、21 位（省级行政区）"
    wrong = part if not re.match(r".{18}[1-7](?:44|00)", code) else "所用的字符"
    return f"实施编码写的是“{code}”，{wrong}不对，应按编码规则核对。"


@audit_rule(
    "code.task-form",
    title="实施编码为 31 位（业务办理项 33 位）并符合编码结构",
    failure_title="实施编码的位数或结构不符合编码规则",
    why="编码不成形，国家、省、市三级平台就对不上同一事项。",
    source=SOURCE,
    applicability="写了实施编码的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.TASK_CODE,
    passing=example(),
    failing=example({FieldName.TASK_CODE: TASK_CODE[:-1]}),
)
@needing(FieldName.TASK_CODE)
def check_task_form(guide: Guide) -> Verdict:
    code = guide.text(FieldName.TASK_CODE)
    if is_empty(code):
        return not_applicable("实施编码空白，由完备度规则判断")
    if TASK_FORM.fullmatch(code):
        return passed()
    return failed(FieldState.MALFORMED, fault_of_form(code), excerpt=code)


@audit_rule(
    "code.credit-check",
    title="实施编码前 18 位的统一社会信用代码校验正确",
    failure_title="实施编码前 18 位的统一社会信用代码校验不通过",
    why="校验位不符说明编码录入有误，查不到真正的实施主体。",
    source=SOURCE,
    applicability="实施编码成形的办事指南；TE 开头的临时代码没有校验位，不适用。",
    kind=RuleKind.ACCURACY,
    field=FieldName.TASK_CODE,
    passing=example(),
    failing=example({FieldName.TASK_CODE: "11440100MB2C91012X4442131001001"}),
)
@needing(FieldName.TASK_CODE)
def check_credit(guide: Guide) -> Verdict:
    code = code_of(guide)
    if not code:
        return NO_CODE
    if code.startswith(TEMPORARY):
        return not_applicable("临时代码没有校验位")
    if is_credit_code(code[:18]):
        return passed()
    reason = f"实施编码前 18 位“{code[:18]}”的校验位不对，应核对统一社会信用代码。"
    return failed(FieldState.MALFORMED, reason, excerpt=code)


@audit_rule(
    "code.level",
    title="实施编码第 19 位与行使层级一致",
    failure_title="实施编码第 19 位与行使层级不一致",
    why="层级错了，事项会被归到别的层级去统计和监督。",
    source=SOURCE,
    applicability="实施编码成形并写了行使层级的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEVEL,
    passing=example(),
    failing=example({FieldName.LEVEL: "省级"}),
)
@needing(FieldName.TASK_CODE, FieldName.LEVEL)
def check_level(guide: Guide) -> Verdict:
    code, level = code_of(guide), level_of(guide.text(FieldName.LEVEL))
    if not code or not level:
        return NO_CODE
    if code[18] == level:
        return passed()
    level_text = guide.text(FieldName.LEVEL)
    reason = f"行使层级写的是“{level_text}”，实施编码第 19 位却是“{code[18]}”，应使两处一致。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=code)


@audit_rule(
    "code.basic-part",
    title="实施编码第 20 至 31 位就是基本编码",
    failure_title="实施编码第 20 至 31 位与基本编码不一致",
    why="基本编码把同一事项在各地的办理项连在一起，不一致就无法横向比对。",
    source=SOURCE,
    applicability="实施编码成形并写了基本编码的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.BASIC_CODE,
    passing=example(),
    failing=example({FieldName.BASIC_CODE: "440112034009"}),
)
@needing(FieldName.TASK_CODE, FieldName.BASIC_CODE)
def check_basic_part(guide: Guide) -> Verdict:
    code, basic = code_of(guide), guide.text(FieldName.BASIC_CODE)
    if not code or is_empty(basic):
        return NO_CODE
    if code[19:31] == basic:
        return passed()
    return failed(
        FieldState.INCONSISTENT,
        f"基本编码写的是“{basic}”，实施编码中却是“{code[19:31]}”，应使两处一致。",
        excerpt=basic,
    )


@audit_rule(
    "code.basic-form",
    title="基本编码为 12 位并以 44 或 00 开头",
    failure_title="基本编码的位数或开头不对",
    why="基本编码不成形，就找不到它在国家或省目录里的条目。",
    source=SOURCE,
    applicability="写了基本编码的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.BASIC_CODE,
    passing=example(),
    failing=example({FieldName.BASIC_CODE: "4401120340"}),
)
@needing(FieldName.BASIC_CODE)
def check_basic_form(guide: Guide) -> Verdict:
    basic = guide.text(FieldName.BASIC_CODE)
    if is_empty(basic):
        return NO_CODE
    return (
        passed()
        if BASIC_FORM.fullmatch(basic)
        else failed(FieldState.MALFORMED, f"基本编码写的是“{basic}”，应为 12 位，以 44 或 00 开头。", excerpt=basic)
    )


@audit_rule(
    "code.item-type",
    title="实施编码中的事项类型与事项类型一致",
    failure_title="实施编码中的事项类型与事项类型不一致",
    why="类型决定能否行政复议、要不要法定时限，错了会误导群众。",
    source=SOURCE,
    applicability="实施编码成形并写了事项类型的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ITEM_TYPE,
    passing=example(),
    failing=example({FieldName.ITEM_TYPE_CODE: "21", FieldName.ITEM_TYPE: "公共服务"}),
)
@needing(FieldName.TASK_CODE)
def check_item_type(guide: Guide) -> Verdict:
    code, kind = code_of(guide), type_of(guide)
    if not code or not kind:
        return NO_CODE
    if code[21:23] == kind:
        return passed()
    said = guide.text(FieldName.ITEM_TYPE)
    reason = f"事项类型写的是“{said}”（{kind}），实施编码中却是“{code[21:23]}”，应使两处一致。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=code)


@audit_rule(
    "code.type-text",
    title="事项类型的文字与代码一致（按广东省类型表）",
    failure_title="事项类型的文字与代码不一致",
    why="同一份指南不能既说是行政许可又说是公共服务。",
    source=SOURCE,
    applicability="同时写了事项类型文字和代码的办事指南；按广东省类型表（20 其他行政权力、21 公共服务）。",
    kind=RuleKind.ACCURACY,
    field=FieldName.ITEM_TYPE,
    passing=example(),
    failing=example({FieldName.ITEM_TYPE: "公共服务"}),
)
@needing(FieldName.ITEM_TYPE, FieldName.ITEM_TYPE_CODE)
def check_type_text(guide: Guide) -> Verdict:
    code, text = guide.text(FieldName.ITEM_TYPE_CODE), guide.text(FieldName.ITEM_TYPE)
    expected = GUANGDONG_ITEM_TYPES.get(code, "")
    if is_empty(text) or not code:
        return not_applicable("事项类型空白")
    if expected and expected[-4:] in text.replace("类别", "行政权力"):
        return passed()
    return failed(
        FieldState.INCONSISTENT,
        f"事项类型写的是“{text}”，代码 {code} 却是“{expected or '（没有这个代码）'}”，应使两处一致。",
        excerpt=text,
    )


@audit_rule(
    "code.handling-prefix",
    title="业务办理项编码由实施编码加两位顺序号组成",
    failure_title="业务办理项编码的前 31 位不是实施编码",
    why="办理项编码错位，申请会挂到别的事项名下。",
    source=SOURCE,
    applicability="写了业务办理项编码的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.HANDLING_CODE,
    passing=example({FieldName.HANDLING_CODE: f"{TASK_CODE}01"}),
    failing=example({FieldName.HANDLING_CODE: f"{CREDIT_CODE}3{BASIC_CODE[:-1]}201"}),
)
@needing(FieldName.TASK_CODE, FieldName.HANDLING_CODE)
def check_handling_prefix(guide: Guide) -> Verdict:
    code, handling = code_of(guide), guide.text(FieldName.HANDLING_CODE)
    if not code or is_empty(handling):
        return not_applicable("没有业务办理项编码")
    if not HANDLING_FORM.fullmatch(handling):
        return failed(
            FieldState.MALFORMED,
            f"业务办理项编码写的是“{handling}”，应为实施编码加两位顺序号，共 33 位。",
            excerpt=handling,
        )
    if handling[:31] == code[:31]:
        return passed()
    return failed(
        FieldState.INCONSISTENT,
        f"业务办理项编码“{handling}”的前 31 位与实施编码“{code[:31]}”不同，应使两处一致。",
        excerpt=handling,
    )


@audit_rule(
    "code.department-part",
    title="实施编码中的机构代码与实施主体编码一致",
    failure_title="实施编码中的机构代码与实施主体编码不一致",
    why="编码里的机构与署名的机构不同，群众不知道该找谁。",
    source=SOURCE,
    applicability="实施编码成形，并写了 9 位或 18 位实施主体编码的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.DEPARTMENT_CODE,
    passing=example(),
    failing=example({FieldName.DEPARTMENT_CODE: "11440000006939756B"}),
)
@needing(FieldName.TASK_CODE, FieldName.DEPARTMENT_CODE)
def check_department_part(guide: Guide) -> Verdict:
    code, department = code_of(guide), guide.text(FieldName.DEPARTMENT_CODE)
    if not code or len(department) not in (9, 18):
        return NO_CODE
    inside = code[:18] if len(department) == 18 else code[8:17]
    if inside == department:
        return passed()
    return failed(
        FieldState.INCONSISTENT,
        f"实施主体编码写的是“{department}”，实施编码中却是“{inside}”，应使两处一致。",
        excerpt=department,
    )
