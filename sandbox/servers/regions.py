"""The tree of regions and departments that `gdbsNav/current` and the region pages are made from."""

from typing import Any

from sandbox.model import Body
from sandbox.replica import Replica

PROVINCE = "440000"
REGION_NAMES = {
    "440000": "广东省",
    "440100": "广州市",
    "440200": "韶关市",
    "440300": "深圳市",
    "440400": "珠海市",
    "440500": "汕头市",
    "440600": "佛山市",
    "440700": "江门市",
    "440800": "湛江市",
    "440900": "茂名市",
    "441200": "肇庆市",
    "441300": "惠州市",
    "441400": "梅州市",
    "441500": "汕尾市",
    "441600": "河源市",
    "441700": "阳江市",
    "441800": "清远市",
    "441900": "东莞市",
    "442000": "中山市",
    "445100": "潮州市",
    "445200": "揭阳市",
    "445300": "云浮市",
}


def list_departments(replica: Replica, region: str) -> list[Body]:
    """List the departments that the portal shows in a region."""
    return [body for body in replica.corpus.bodies if body.listed and body.org_code and body.area_code == region]


def list_counties(replica: Replica, region: str) -> list[Body]:
    """List the counties that the portal shows in a city."""
    prefix = region.rstrip("0")
    bodies = [body for body in replica.corpus.bodies if body.listed and not body.org_code]
    return [body for body in bodies if body.area_code.startswith(prefix) and body.area_code != region]


def name_region(replica: Replica, region: str) -> str | None:
    """Give a region's name; None when the portal does not know the code."""
    counties = {body.area_code: body.portal_name for body in replica.corpus.bodies if not body.org_code}
    return REGION_NAMES.get(region) or counties.get(region)


def list_answering_departments(replica: Replica, region: str) -> list[dict[str, Any]]:
    """List a county's departments as far as its items name them."""
    found: dict[str, str] = {}
    for item in replica.listed_items:
        if item.area_code == region:
            found.setdefault(item.dept_code, str(item.list_record.get("DEPT_NAME", "")))
    return [{"ORGNAME": name, "ORGAREACODE": region, "ORGNUMBER": code} for code, name in found.items()]


def build_navigation(replica: Replica, region: str) -> dict[str, list[dict[str, Any]]]:
    """Build the answer of `gdbsNav/current`: a province without bodies shows its cities."""
    departments = list_departments(replica, region)
    hall: list[dict[str, Any]] = [
        {"ORGNAME": body.portal_name, "ORGAREACODE": body.area_code, "ORGNUMBER": body.org_code} for body in departments
    ]
    if not hall and region == PROVINCE:
        hall = [{"ORGNAME": name, "ORGAREACODE": code} for code, name in REGION_NAMES.items() if code != PROVINCE]
    if not hall:
        hall = list_answering_departments(replica, region)
    counties = [] if region == PROVINCE else list_counties(replica, region)
    return {
        "hall": hall,
        "country": [{"ORGNAME": body.portal_name, "ORGAREACODE": body.area_code} for body in counties],
    }
