"""Knows which region publishes a guide and which telephone area codes belong there."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from crawler.rules.guide_text import remember
from domain.guide import Guide
from domain.guide_fields import FieldName

CITIES: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("guangdong_cities.toml").read_text(encoding="utf-8")
)
NAMES: dict[str, str] = {prefix: name for prefix, (name, _) in CITIES.items()}
AREA_CODES: dict[str, str] = {prefix: area for prefix, (_, area) in CITIES.items()}
PREFIXES_BY_NAME = {name: prefix for prefix, name in NAMES.items()}
ALL_AREA_CODES = frozenset(AREA_CODES.values())
PROVINCE = "4400"
CAPITAL = "4401"
CITY_NAME = re.compile(rf"({'|'.join(PREFIXES_BY_NAME)})市")


@remember
def region_of(guide: Guide) -> str:
    """Return the first four digits of the publishing region, ``""`` when unknown.

    A list's own region comes first; the credit code's only helps when there is none, because national bodies carry
    100000 and a branch may be registered elsewhere (portals.md §5).
    """
    code = guide.area_code or guide.text(FieldName.TASK_CODE)[2:8]
    return code[:4] if code[:2] == "44" and (code[:4] == PROVINCE or code[:4] in CITIES) else ""


@lru_cache(maxsize=65_536)
def cities_in(text: str) -> frozenset[str]:
    """Return the region prefixes of the Guangdong cities that an address names with 市."""
    return frozenset(PREFIXES_BY_NAME[name] for name in CITY_NAME.findall(text))


@lru_cache(maxsize=65_536)
def area_codes_for(region: str, place: str) -> frozenset[str]:
    """Return the area codes that a guide of this region may print; empty when nothing can be said.

    A city's guide prints the city's. A province's may print any of Guangdong, but once it names a place, only the
    place's or the capital's.
    """
    if region in AREA_CODES:
        return frozenset({AREA_CODES[region]})
    if region != PROVINCE:
        return frozenset()
    named = cities_in(place)
    return frozenset(AREA_CODES[prefix] for prefix in {*named, CAPITAL}) if named else ALL_AREA_CODES
