"""The HTTP side of 粤省事 and 粤商通 as mobile web pages; neither has a known public web host (portals.md §1.7)."""

from urllib.parse import parse_qs, quote, urlsplit

from parsel import Selector

from domain.crawl import GuideOutcome
from domain.failure import FailureReason, reason_for_status, reason_on_page
from domain.guide import Field, Guide, Material
from domain.guide_fields import FieldName
from domain.unit import Table, Unit
from portals.citizen import NotOffered
from portals.documents import Answer, DocumentContext, Fetch, ListedRow, ListingPage, UnitAddress, UnreadableAnswerError
from portals.fields import JOINT, filled, make_field
from portals.labels import FIELDS_BY_PRINTED_LABEL
from portals.limits import tidy_limit
from portals.names import name_key
from portals.site import Site
from portals.text import plain_text

NO_MATERIALS = "无需提交材料"
GONE = ("不存在", "已下线")
LIMITS = (FieldName.PROMISE_LIMIT, FieldName.LEGAL_LIMIT)


class MobileDocuments:
    """Lists and service pages of one mobile platform, whose host role equals its portal id."""

    def __init__(self, portal: str) -> None:
        self.portal = portal
        self.parser = f"{portal}-mobile/1"

    def directory(self, site: Site) -> tuple[Fetch, ...]:
        return (Fetch(url=self._url(site, "directory")),)

    def read_directory(self, bodies: tuple[bytes, ...], units: tuple[Unit, ...]) -> dict[str, UnitAddress]:
        shown = {name_key(name): address for name, address in self._list_bodies(bodies)}
        found: dict[str, UnitAddress] = {}
        for unit in units:
            address = next((shown[key] for key in map(name_key, unit.portal_names) if key in shown), None)
            if address is not None and (unit.table is Table.COUNTIES) == (not address.org_code):
                found[unit.id] = address.model_copy(update={"unit": unit.id})
        return found

    def read_whole_directory(self, bodies: tuple[bytes, ...]) -> dict[str, UnitAddress]:
        return {address.unit: address for _, address in self._list_bodies(bodies)}

    def listing(self, site: Site, address: UnitAddress, page: int) -> Fetch:
        scope = f"org={address.org_code}" if address.org_code else f"area={address.area_code}"
        return Fetch(url=self._url(site, "listing", page=page, scope=scope))

    def read_listing(self, body: bytes, page: int) -> ListingPage:
        selector = read_html(body)
        total = selector.css("#services::attr(data-total)").get("")
        if not total.isdecimal():
            raise UnreadableAnswerError(reason_of(body), "the page has no #services with a data-total")
        rows = tuple(read_row(link) for link in selector.css("#services li a"))
        return ListingPage(total=int(total), rows=rows, last=not rows or not selector.css('a[rel="next"]'))

    def detail(self, site: Site, row: ListedRow) -> Fetch:
        return Fetch(url=self.page_url(site, row))

    def page_url(self, site: Site, row: ListedRow) -> str:
        return self._url(site, "guide", code=quote(row.code, safe=""))

    def classify(self, status: int, body: bytes) -> Answer:
        failure = reason_for_status(status)
        if failure is None and read_html(body).css(".service-name"):
            return Answer(outcome=GuideOutcome.MEASURED)
        text = plain_text(body.decode("utf-8", "replace"))
        if status == 404 and any(word in text for word in GONE):
            return Answer(outcome=GuideOutcome.ABSENT, failure=FailureReason.ABSENT)
        return Answer(outcome=GuideOutcome.NOT_MEASURED, failure=failure or reason_of(body))

    def parse(self, body: bytes, context: DocumentContext) -> Guide:
        page = read_html(body)
        title = plain_text(page.css(".service-name").xpath("string()").get(""))
        if not page.css(".service-name"):
            raise ValueError(f"document {context.document[:12]} of {context.item_id} has no .service-name")
        materials = read_materials(page)
        fields = read_facts(page) | {FieldName.NAME: filled(title, title)}
        if materials is not None:
            names = JOINT.join(material.name for material in materials)
            fields[FieldName.MATERIALS] = filled(names, names)
        return Guide(
            portal=self.portal,
            unit=context.unit,
            item_id=context.item_id,
            code=context.code or context.item_id,
            title=title,
            listed_title=context.listed_title,
            url=context.url,
            document=context.document,
            captured_at=context.captured_at,
            parser=self.parser,
            kind="mobile",
            fields=fields,
            materials=materials,
        )

    def _url(self, site: Site, path: str, **values: object) -> str:
        if not site.hosts.get(self.portal):
            raise NotOffered(f"{self.portal} has no public web address (portals.md §1.7)")
        return site.url(self.portal, path, **values)

    def _list_bodies(self, bodies: tuple[bytes, ...]) -> list[tuple[str, UnitAddress]]:
        links = [link for body in bodies for link in read_html(body).css('.m-tags a[href*="/h5/services?"]')]
        if not links:
            raise UnreadableAnswerError(
                reason_of(bodies[0] if bodies else b""), "the start page links no department and no county"
            )
        return [(link.xpath("string()").get(""), read_address(link.attrib["href"])) for link in links]


def read_html(body: bytes) -> Selector:
    """Parse a page; lxml never raises on broken HTML."""
    return Selector(text=body.decode("utf-8", "replace") or "<html></html>")


def reason_of(body: bytes) -> FailureReason:
    """Name what a page is when it is not the one that was asked for."""
    return reason_on_page(plain_text(body.decode("utf-8", "replace"))) or FailureReason.LAYOUT_CHANGED


def read_address(href: str) -> UnitAddress:
    """Read "?org=" or "?area=" of a list's link."""
    query = parse_qs(urlsplit(href).query)
    org, area = query.get("org", [""])[0], query.get("area", [""])[0]
    return UnitAddress(unit=f"org-{org}" if org else f"area-{area}", area_code=area, org_code=org)


def read_row(link: Selector) -> ListedRow:
    """Read one service of the list; its code is its only key."""
    code = urlsplit(link.attrib.get("href", "")).path.rstrip("/").rpartition("/")[2]
    return ListedRow(item_id=code, code=code, title=plain_text(link.xpath("string()").get("")))


def read_facts(page: Selector) -> dict[FieldName, Field]:
    """Read the label–value pairs that the page shows; every other field stays unseen."""
    fields: dict[FieldName, Field] = {}
    for label in page.css(".m-facts dt"):
        name = FIELDS_BY_PRINTED_LABEL.get(plain_text(label.xpath("string()").get("")))
        if name is not None:
            value = label.xpath("string(following-sibling::dd[1])").get("")
            field = make_field(name, value)
            fields[name] = filled(value, tidy_limit(field.value)) if name in LIMITS else field
    return fields


def read_materials(page: Selector) -> tuple[Material, ...] | None:
    """Read the list of materials: names only; ``None`` where it has no list and does not say that none is needed."""
    names = [plain_text(entry.xpath("string()").get("")) for entry in page.css(".m-materials li")]
    if not names and not page.xpath(f'//p[contains(., "{NO_MATERIALS}")]'):
        return None
    return tuple(Material(name=name) for name in names)
