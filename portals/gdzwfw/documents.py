"""The HTTP side of 广东政务服务网: pages are drawn in the browser, a guide is one JSON document (portals.md §0.1)."""

from urllib.parse import quote, urlencode

from domain.guide import Guide
from domain.unit import Unit
from portals.documents import Answer, DocumentContext, Fetch, ListedRow, ListingPage, UnitAddress, UnreadableAnswerError
from portals.gdzwfw.answers import classify, is_package, read_object
from portals.gdzwfw.directory import address_all, find_units, list_bodies
from portals.gdzwfw.item import parse_item
from portals.gdzwfw.listing import read_page, request_page
from portals.gdzwfw.package import parse_package
from portals.site import Site

FORM = "application/x-www-form-urlencoded"


class GdzwfwDocuments:
    """Endpoints and documents of 广东政务服务网 (portals.md §1.4, §1.5)."""

    parser = "gdzwfw-item/3"

    def directory(self, site: Site) -> tuple[Fetch, ...]:
        region = site.options.get("region", "")
        regions = [region] if isinstance(region, str) else list(region)
        return tuple(
            Fetch(
                method="POST",
                url=site.url("www", "directory"),
                body=urlencode({"regCode": code}).encode(),
                media_type=FORM,
            )
            for code in regions
        )

    def read_directory(self, bodies: tuple[bytes, ...], units: tuple[Unit, ...]) -> dict[str, UnitAddress]:
        return find_units(list_bodies(bodies), units)

    def read_whole_directory(self, bodies: tuple[bytes, ...]) -> dict[str, UnitAddress]:
        return address_all(list_bodies(bodies))

    def listing(self, site: Site, address: UnitAddress, page: int) -> Fetch:
        return request_page(site, address, page)

    def read_listing(self, body: bytes, page: int) -> ListingPage:
        return read_page(body)

    def detail(self, site: Site, row: ListedRow) -> Fetch:
        return Fetch(url=site.url("www", "detail", code=quote(row.code, safe="")))

    def page_url(self, site: Site, row: ListedRow) -> str:
        return site.url("www", "guide", code=quote(row.code, safe=""))

    def classify(self, status: int, body: bytes) -> Answer:
        return classify(status, body)

    def parse(self, body: bytes, context: DocumentContext) -> Guide:
        try:
            document = read_object(body)
        except UnreadableAnswerError as error:
            raise ValueError(f"document {context.document[:12]} of {context.item_id}: {error}") from error
        if is_package(document):
            return parse_package(document, context, self.parser)
        if not document.get("AUDIT_ITEM"):
            raise ValueError(f"document {context.document[:12]} of {context.item_id} has no AUDIT_ITEM")
        return parse_item(document, context, self.parser)
