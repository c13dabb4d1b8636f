"""Asks for and reads one page of the portal's item list (portals.md §1.4, §1.4a)."""

import orjson

from domain.failure import FailureReason, reason_on_page
from portals.documents import Fetch, ListedRow, ListingPage, UnitAddress, UnreadableAnswerError
from portals.gdzwfw.answers import Json, read_object
from portals.site import Site

EDITION = ("TASK_VERSION", "VERSION_DATE")
"""What a row may say about the guide's edition, named as in the document (portals.md §1.5)."""


def request_page(site: Site, address: UnitAddress, page: int) -> Fetch:
    """Build the POST for page 1, 2, …; ``IS_ZERO_SECNE`` is the portal's own spelling."""
    body = {
        "PAGENO": str(page),
        "PAGESIZE": int(site.options.get("page_size", 100)),
        "TASK_TYPE": "",
        "DEPT_CODE": address.org_code,
        "AREA_CODE": address.area_code,
        "ISLOCALLEVEL": 0,
        "KEY_WORD": "",
        "TYPE": site.options.get("listing_type", ""),
        "IS_ONLINE": "",
        "TASKTAG": 1,
        "LIMIT_SCENE_SUM": 0,
        "IS_ZERO_SECNE": "",
    }
    return Fetch(method="POST", url=site.url("www", "listing"), body=orjson.dumps(body), media_type="application/json")


def read_page(body: bytes) -> ListingPage:
    """Read one page; raise ``UnreadableAnswerError`` when it has not the documented shape."""
    answer = read_object(body)
    try:
        custom = answer["CUSTOM"]
        paging, records = custom["PAGEINFO"], custom["AUDIT_ITEMLIST"] or []
        total, number, size = (int(paging[key]) for key in ("TOTALNUM", "CURRENTPAGEINDEX", "PAGESIZE"))
        rows = tuple(read_row(record) for record in records)
    except (KeyError, TypeError, ValueError) as error:
        reason = reason_on_page(str(answer.get("msg", ""))) or FailureReason.LAYOUT_CHANGED
        raise UnreadableAnswerError(reason, f"the listing lacks its documented shape ({error!r})") from None
    return ListingPage(total=total, rows=rows, last=not rows or number * size >= total)


def read_row(record: Json) -> ListedRow:
    """Read one record; older lists carry no ITEM_ID, and there the code is the only key."""
    code = str(record["TASK_CODE"])
    title = str(record.get("TASK_NAME") or record.get("CATANAME") or "")
    edition = [str(record.get(key) or "") for key in EDITION]
    return ListedRow(
        item_id=str(record.get("ITEM_ID") or code), code=code, title=title, version=" ".join(filter(None, edition))
    )
