"""Which hosts one probe may visit: the portal's own, and those to which the guide itself sends a citizen."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from portals.adapter import PortalAdapter
from portals.host_policy import HostPolicy
from portals.site import Site
from probes.probe import ProbeTask
from probes.services.mobile_entry import read_declaration


def visit_hosts(
    adapter: PortalAdapter, site: Site, task: ProbeTask, *, companions: tuple[Site, ...] = ()
) -> HostPolicy:
    """Make the host policy of one task; ``companions`` are sites on which the same item may be shown as well."""
    reading = (*adapter.read_only, *adapter.sign_in_requests)
    return HostPolicy(site, *companions, extra_hosts=declared_hosts(task, site), read_only=reading)


def declared_hosts(task: ProbeTask, site: Site) -> tuple[str, ...]:
    """Return the origins that the guide declares for 在线办理 and for telephones, if any.

    A guide of the sandbox may declare any address, so there it has to lie on this machine; on a live portal the host
    policy refuses addresses that are not public.
    """
    declared = (task.online_url, read_declaration(task.known).url)
    return tuple(dict.fromkeys(filter(None, (origin_to_visit(url, site) for url in declared))))


def origin_to_visit(url: str, site: Site) -> str:
    """Return the origin of an address that may be visited, "" for any other text."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    if site.sandbox and not is_loopback(parts.hostname):
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def is_loopback(host: str) -> bool:
    """Say whether a host name or literal address is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
