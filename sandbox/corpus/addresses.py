"""Addresses that guides point to, on the sandbox's own hosts; the servers answer at these paths."""

from sandbox.model import Origins


def address_booking(origins: Origins, code: str) -> str:
    """在线预约地址 of an item (portals.md §1.2 ``/rmpc/qsyy/index``)."""
    return f"{origins.www}/rmpc/qsyy/index?code={code}"


DEPARTMENT_PATHS = {"external": "/start", "login_other": "/login", "external_login": "/desk"}
"""Kind of service → where it begins in the department's own system (servers/dept.py)."""


def address_application(origins: Origins, kind: str, code: str) -> str:
    """网办地址 of an item: the unified application, or a page of the department's own system."""
    own = DEPARTMENT_PATHS.get(kind)
    return f"{origins.dept}{own}?code={code}" if own else f"{origins.bsxt}/apprUnionApply?code={code}"


def address_file(origins: Origins, guid: str) -> str:
    """Protocol-relative FILEPATH of an attachment (portals.md §1.5)."""
    return f"//{origins.static.partition('://')[2]}/guide/files/{guid}"


DEAD_PATHS = {"not_found": "/moved/away", "server_error": "/broken", "loop": "/round", "gone_page": "/retired"}
"""Paths of the application host that lead nowhere, by how (servers/dead_links.py)."""


def address_dead(origins: Origins, fault: str, code: str) -> str:
    """Address of a service that a citizen cannot reach; ``fault`` is one of ``DEAD_PATHS``, closed or unknown_host."""
    if fault == "closed":
        return f"{origins.closed}/apprUnionApply?code={code}"
    if fault == "unknown_host":
        return f"http://wsbs-yangjiang.invalid/apprUnionApply?code={code}"
    return f"{origins.bsxt}{DEAD_PATHS[fault]}?code={code}"
