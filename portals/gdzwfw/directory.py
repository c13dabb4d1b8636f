"""Reads the portal's directory of regions and departments, and finds the evaluated bodies in it by name."""

from collections.abc import Iterable, Iterator

from domain.failure import FailureReason
from domain.unit import Table, Unit
from portals.documents import UnitAddress, UnreadableAnswerError
from portals.gdzwfw.answers import Json, read_object
from portals.names import name_key


def list_bodies(answers: Iterable[bytes]) -> tuple[Json, ...]:
    """Return every body that the directory names; raise ``UnreadableAnswerError`` when there is none."""
    bodies = tuple(body for answer in answers for body in walk(read_object(answer)))
    if not bodies:
        raise UnreadableAnswerError(FailureReason.LAYOUT_CHANGED, "the directory names no body (no ORGNAME)")
    return bodies


def walk(value: object) -> Iterator[Json]:
    """Yield every object with an ORGNAME: ``hall`` and ``country`` today, ``data.data.department`` in 2021 (§1.4a)."""
    if isinstance(value, dict) and value.get("ORGNAME"):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from walk(child)
    elif isinstance(value, list):
        for child in value:
            yield from walk(child)


def address_of(body: Json, unit: str, *, county: bool) -> UnitAddress:
    """Build a listing address: a department by area and organisation, a county by its area alone."""
    org = "" if county else str(body.get("ORGNUMBER") or "")
    return UnitAddress(unit=unit, area_code=str(body.get("ORGAREACODE") or ""), org_code=org)


def find_units(bodies: Iterable[Json], units: Iterable[Unit]) -> dict[str, UnitAddress]:
    """Map unit ids to addresses; a unit that the directory does not name is missing."""
    shown = tuple(bodies)
    departments = {name_key(str(body["ORGNAME"])): body for body in reversed(shown) if body.get("ORGNUMBER")}
    areas = {name_key(str(body["ORGNAME"])): body for body in reversed(shown) if body.get("ORGAREACODE")}
    found: dict[str, UnitAddress] = {}
    for unit in units:
        county = unit.table is Table.COUNTIES
        pool = areas if county else departments
        body = next((pool[key] for key in map(name_key, unit.portal_names) if key in pool), None)
        if body is not None:
            found[unit.id] = address_of(body, unit.id, county=county)
    return found


def address_all(bodies: Iterable[Json]) -> dict[str, UnitAddress]:
    """Address every department of the directory under an id made of its organisation code, areas where it has none."""
    shown = tuple(bodies)
    departments = [body for body in shown if body.get("ORGNUMBER")]
    found = [address_of(body, f"org-{body['ORGNUMBER']}", county=False) for body in departments]
    if not found:
        found = [address_of(body, f"area-{body.get('ORGAREACODE', '')}", county=True) for body in shown]
    return {address.unit: address for address in found}
