"""The 48 evaluated bodies and the offices that answer for their items, with invented but valid codes."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sandbox.corpus.codes import make_org, make_uscc
from sandbox.corpus.stems import FAMILIES
from sandbox.corpus.tables import read_table
from sandbox.model import Body

CITY_AREA = "441700"
CITY_LEVEL = "3"  # 行使层级 市级, portals.md §3.3
COUNTY_LEVEL = "4"
CITY_HALL_ROAD = "江城区东风二路60号"


@dataclass(frozen=True, kw_only=True)
class Office:
    """Who answers for an item: a department itself, or one of a county's own offices."""

    name: str
    family: str  # key of stems.toml
    area: str
    area_text: str  # AREA_CODE_TEXT
    level: str  # 3 市级, 4 县级
    org: str
    uscc: str
    road: str  # street and number of its hall
    hall: str  # name of its hall
    town: str  # a town or quarter of the same region, for addresses of sub-offices


@dataclass(frozen=True, kw_only=True)
class Place:
    """A body together with its offices and, where the notice's case needs it, a fixed number of items."""

    body: Body
    offices: tuple[Office, ...]
    quota: int | None = None


def make_department(position: int, row: dict[str, Any]) -> Place:
    """Build a department of the city; its only office is itself."""
    org = make_org(row["name"])
    uscc = make_uscc(kind=row["kind"], area=CITY_AREA, org=org)
    body = Body(
        key=f"dept-{position:02d}",
        notice_name=row["notice"],
        portal_name=row["name"],
        area_code=CITY_AREA,
        org_code=org,
        uscc=uscc,
        listed=row.get("listed", True),
    )
    office = Office(
        name=row["name"],
        family=row["family"],
        area=CITY_AREA,
        area_text="广东省阳江市",
        level=CITY_LEVEL,
        org=org,
        uscc=uscc,
        road=f"阳江市{CITY_HALL_ROAD}",
        hall="阳江市政务服务中心",
        town="江城区城西街道",
    )
    return Place(body=body, offices=(office,), quota=row.get("quota"))


def make_county_office(row: dict[str, Any], family: str) -> Office:
    """Build one of a county's offices, e.g. 阳春市教育局."""
    name = row["prefix"] + FAMILIES[family].office
    org = make_org(name)
    return Office(
        name=name,
        family=family,
        area=row["area"],
        area_text=f"广东省阳江市{row['name']}",
        level=COUNTY_LEVEL,
        org=org,
        uscc=make_uscc(kind="11", area=row["area"], org=org),
        road=row["road"] if row["road"].startswith("阳江") else f"阳江市{row['road']}",
        hall=f"{row['prefix']}政务服务中心",
        town=row["town"],
    )


def make_county(position: int, row: dict[str, Any]) -> Place:
    """Build a county with all its offices."""
    body = Body(
        key=f"county-{position}",
        notice_name=row["notice"],
        portal_name=row["name"],
        area_code=row["area"],
        org_code=None,
        uscc=None,
    )
    families = (key for key, family in FAMILIES.items() if family.office)
    return Place(body=body, offices=tuple(make_county_office(row, family) for family in families))


@cache
def make_places() -> tuple[Place, ...]:
    """Build all 48 bodies in the order of the notice."""
    table = read_table("bodies")
    departments = (make_department(position, row) for position, row in enumerate(table["departments"], 1))
    counties = (make_county(position, row) for position, row in enumerate(table["counties"], 1))
    return (*departments, *counties)
