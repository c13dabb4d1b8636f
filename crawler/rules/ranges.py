"""Accuracy of 通办范围: a range beyond one's own office names the places that take part."""

import re

from crawler.rules.example_guide import RANGE, example
from crawler.rules.measured import needing
from crawler.rules.region import NAMES, region_of
from crawler.rules.rule import RuleKind, audit_rule
from domain.guide import Guide, RangeScope
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

SOURCE = "portals.md §1.5（SCOPES：类型、形式、区域）、§3.3、§5（通办范围与区域清单一致）"
ACROSS_PROVINCES = re.compile(r"跨省|全国|跨境")
WITHIN_CITY = re.compile(r"^(?:市内|全市|市域)")
WITHIN_PROVINCE = re.compile(r"^(?:省内|全省)")
CITIES = re.compile("|".join(NAMES.values()))
OUTSIDE = re.compile(
    r"北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|内蒙古|香港|澳门|台湾"
)


@audit_rule(
    "range.divisions-given",
    title="通办范围列明了参加的地区",
    failure_title="声明了通办范围，却没有列出参加的地区",
    why="不写哪些地方能办，群众不知道就近去哪里。",
    source=SOURCE,
    applicability="声明了跨域通办，且来源展示通办区域清单的办事指南。",
    kind=RuleKind.ACCURACY,
    field=FieldName.RANGE,
    passing=example(),
    failing=example(ranges=(RANGE.model_copy(update={"divisions": ()}),)),
)
@needing(FieldName.RANGE)
def check_divisions(guide: Guide) -> Verdict:
    if guide.ranges is None:
        return not_measured("来源未展示通办区域")
    shown = [scope for scope in guide.ranges if scope.range and scope.divisions is not None]
    if not shown:
        return not_applicable("没有声明跨域通办")
    wrong = [scope for scope in shown if not scope.divisions]
    if not wrong:
        return passed(checked=len(shown))
    reason = f"通办范围写的是“{wrong[0].range}”，通办区域空白，应列出参加通办的地区。"
    return failed(FieldState.BLANK, reason, excerpt=wrong[0].range, checked=len(shown), failed=len(wrong))


def contradiction(scope: RangeScope, home: str) -> str:
    """Return the division that cannot belong to a range, ``""`` when none is certain.

    Judged only where a name tells: a foreign province or nothing but one's own city in 省内 and 跨市, another city in
    市内, and nothing but Guangdong in 跨省.
    """
    divisions = scope.divisions or ()
    if WITHIN_PROVINCE.search(scope.range) or scope.range.startswith("跨市"):
        only_home = bool(home) and all(name.startswith(home) for name in divisions)
        return next((name for name in divisions if OUTSIDE.match(name) or only_home), "")
    if WITHIN_CITY.search(scope.range) and home:
        foreign = (name for name in divisions if OUTSIDE.match(name) or CITIES.match(name))
        return next((name for name in foreign if not name.startswith(home)), "")
    if ACROSS_PROVINCES.search(scope.range) and divisions:
        only_here = all(name.startswith("广东") or CITIES.match(name) for name in divisions)
        return divisions[0] if only_here else ""
    return ""


@audit_rule(
    "range.divisions-fit",
    title="通办区域与通办类型相符",
    failure_title="通办区域与通办类型不符",
    why="说跨省通办却只列本省的地方，外省的群众会白跑。",
    source=SOURCE,
    applicability="声明了跨域通办并列出了区域的办事指南；只判断地名一望而知的。",
    kind=RuleKind.ACCURACY,
    field=FieldName.RANGE,
    passing=example(),
    failing=example(ranges=(RangeScope(range="跨省", divisions=("阳江市",)),)),
)
@needing(FieldName.RANGE)
def check_divisions_fit(guide: Guide) -> Verdict:
    scopes = [scope for scope in guide.ranges or () if scope.range and scope.divisions]
    if not scopes:
        return not_applicable("没有声明跨域通办，或没有列出区域")
    home = NAMES.get(region_of(guide), "")
    wrong = [(scope, name) for scope in scopes if (name := contradiction(scope, home))]
    if not wrong:
        return passed(checked=len(scopes))
    scope, name = wrong[0]
    reason = f"通办范围写的是“{scope.range}”，区域却列了“{name}”，应使类型与区域一致。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=name, checked=len(scopes), failed=len(wrong))
