"""Addresses that guides point to, on the sandbox's own hosts; the servers answer at these paths."""

from urllib.parse import quote

from sandbox.model import Origins


def address_booking(origins: Origins, item_id: str) -> str:
    """在线预约地址 of an item (portals.md §1.2 ``/rmpc/qsyy/index``)."""
    return f"{origins.www}/rmpc/qsyy/index?itemId={item_id}"


def address_application(origins: Origins, kind: str, item_id: str) -> str:
    """网办地址 of an item: what 在线办理 leads to, by kind of ``model.Application``."""
    inside = f"{origins.bsxt}/apprUnionApply?itemId={item_id}"
    if kind == "login_only":
        return f"{origins.tyrz}/pscp/sso/static/?client_id=gdbsTYSB&redirect_uri={quote(inside, safe='')}"
    return {"external": f"{origins.dept}/apply/{item_id}", "app_only": f"{origins.yss}/guide/{item_id}"}.get(
        kind, inside
    )


def address_file(origins: Origins, guid: str) -> str:
    """Protocol-relative FILEPATH of an attachment (portals.md §1.5)."""
    return f"//{origins.static.partition('://')[2]}/guide/files/{guid}"
