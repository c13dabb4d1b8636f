"""Accuracy of what belongs where: the body's present name, laws of this province, windows in one's own county."""

import re
import tomllib
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from crawler.rules.dates import day_of
from crawler.rules.example_guide import LAW, WINDOW, example
from crawler.rules.measured import needing
from crawler.rules.placeholder import is_filled
from crawler.rules.region import AREA_CODES, PREFIXES_BY_NAME, region_of
from crawler.rules.rule import RuleKind, audit_rule
from crawler.rules.wording import say, shorten
from domain.guide import Guide
from domain.guide_fields import FieldName, FieldState
from domain.verdict import Verdict, failed, not_applicable, not_measured, passed

NAMES_FILE = Path(__file__).with_name("department_names.toml")
PLACE = re.compile(r"^(?:广东省|[\u4e00-\u9fff]{2,4}[市县区]|[\u4e00-\u9fff]{2,12}?(?:试验区|开发区|新区|高新区))+")
OTHER_PROVINCE = re.compile(
    r"《?(北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广西|海南|四川|贵州|云南|西藏|陕西"
    r"|甘肃|青海|宁夏|新疆|内蒙古)(?:省|市|(?:壮族|回族|维吾尔)?自治区)"
)
LOCAL_LAW = re.compile(r"(?:条例|办法|规定|规则|细则|决定|标准|通知|意见)")
OTHER_CITY = re.compile(r"《?([\u4e00-\u9fff]{2})市")
COUNTIES = {"441704": "阳东区", "441721": "阳西县", "441781": "阳春市"}
"""江城区 is left out: the seat of the city, whose halls serve everybody."""


@cache
def former_names() -> dict[str, tuple[str, date]]:
    """Return name → (present name, day from which the former is wrong)."""
    rows = tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))["name"]
    return {row["former"]: (row["now"], row["ended"]) for row in rows}


@lru_cache(maxsize=4096)
def present_name(text: str, day: date) -> str:
    """Return what a department is called today, ``""`` when the name is not a former one."""
    own = PLACE.sub("", text.strip())
    now, ended = former_names().get(own, ("", date.max))
    return text.strip().removesuffix(own) + now if ended <= day else ""


@audit_rule(
    "department.current-name",
    title="实施主体用的是现在的名称",
    failure_title="实施主体用的是机构改革前的名称",
    why="机构早已改名，群众按旧名称找不到门。",
    source="portals.md §5（实施主体：不用已撤销的名称）；crawler/rules/department_names.toml",
    applicability="写了实施主体的办事指南；以采集当日为准，只判断列表中的旧名称。",
    kind=RuleKind.ACCURACY,
    field=FieldName.DEPARTMENT,
    passing=example(),
    failing=example({FieldName.DEPARTMENT: "阳江市国土资源局"}),
)
@needing(FieldName.DEPARTMENT)
def check_current_name(guide: Guide) -> Verdict:
    text = guide.text(FieldName.DEPARTMENT)
    if not is_filled(text):
        return not_applicable("实施主体空白，由完备度规则判断")
    now = present_name(text, day_of(guide))
    if not now:
        return passed()
    return failed(FieldState.INCONSISTENT, say(FieldName.DEPARTMENT, text, f"改为“{now}”"), excerpt=text)


@lru_cache(maxsize=65_536)
def foreign_place(name: str, region: str) -> str:
    """Return the other province or city whose own regulation a name is, ``""`` for any other law."""
    if not LOCAL_LAW.search(name):
        return ""
    province = OTHER_PROVINCE.match(name)
    if province is not None:
        return province[1]
    city = OTHER_CITY.match(name)
    known = city is not None and region in AREA_CODES and PREFIXES_BY_NAME.get(city[1], region) != region
    return city[1] if known and city is not None else ""


@audit_rule(
    "law.in-region",
    title="设定依据不是外省、外市的规定",
    failure_title="设定依据是外省或外市的规定",
    why="外省的条例管不到本地，多半是抄别处的指南没有改。",
    source="portals.md §5（设定依据）；立法法第八十条、第八十一条（地方性法规在本行政区域内适用）",
    applicability="列出了设定依据的办事指南；只判断以外省或广东其他城市名称开头的规定，省级列表不判断城市。",
    kind=RuleKind.ACCURACY,
    field=FieldName.LEGAL_BASIS,
    passing=example(laws=(LAW, LAW.model_copy(update={"name": "广东省公共场所卫生管理办法"}))),
    failing=example(laws=(LAW, LAW.model_copy(update={"name": "湖南省公共场所卫生管理办法"}))),
)
@needing(FieldName.LEGAL_BASIS)
def check_law_region(guide: Guide) -> Verdict:
    laws = guide.laws or ()
    if not laws:
        return not_applicable("没有列出设定依据")
    region = region_of(guide)
    wrong = [(law, place) for law in laws if (place := foreign_place(law.name, region))]
    if not wrong:
        return passed(checked=len(laws))
    law, place = wrong[0]
    reason = f"设定依据的法规名称写的是“{shorten(law.name)}”，这是{place}的规定，应改引国家、广东省或本市的依据。"
    return failed(FieldState.INCONSISTENT, reason, excerpt=law.name, checked=len(laws), failed=len(wrong))


@lru_cache(maxsize=65_536)
def other_county(address: str, area: str) -> str:
    """Return the other county of the city that an address names, ``""`` when it names none or its own as well."""
    own = COUNTIES.get(area, "")
    if own and own in address:
        return ""
    return next((name for code, name in COUNTIES.items() if code != area and name in address), "")


@audit_rule(
    "window.in-county",
    title="县区事项的办理地点在本县区",
    failure_title="县区事项的办理地点在别的县区",
    why="本县的事指到邻县去办，群众要白跑几十公里。",
    source="portals.md §5（办理地点在本地区）、§6.2（阳江各县区代码）",
    applicability="阳江各县区发布、写了办理地点的办事指南；指到市区（江城区）的不算，市级大厅可以代办。",
    kind=RuleKind.ACCURACY,
    field=FieldName.PLACE,
    passing=example(windows=(WINDOW.model_copy(update={"address": "阳春市春城街道东湖路1号"}),), area_code="441781"),
    failing=example(windows=(WINDOW.model_copy(update={"address": "阳西县织篢镇人民路1号"}),), area_code="441781"),
)
def check_county(guide: Guide) -> Verdict:
    area = guide.area_code or ""
    if guide.windows:
        addresses = [window.address for window in guide.windows if window.address]
    elif guide.measures(FieldName.PLACE):
        addresses = [text] if (text := guide.text(FieldName.PLACE)) else []
    else:
        return not_measured("来源未展示办理地点")
    if not area.startswith("4417") or area == "441700" or not addresses:
        return not_applicable("不是阳江县区的事项，或没有写办理地点")
    wrong = [(address, county) for address in addresses if (county := other_county(address, area))]
    if not wrong:
        return passed(checked=len(addresses))
    address, county = wrong[0]
    reason = say(FieldName.PLACE, address, f"写本县区的地点（{county}是别的县区）")
    return failed(FieldState.INCONSISTENT, reason, excerpt=address, checked=len(addresses), failed=len(wrong))
