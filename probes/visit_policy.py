"""Which hosts one probe may visit: the portal's own, and the one address that the guide itself sends a citizen to."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from portals.adapter import PortalAdapter
from portals.host_policy import HostPolicy
from portals.site import Site
from probes.probe import ProbeTask


def visit_hosts(
    adapter: PortalAdapter, site: Site, task: ProbeTask, *, companions: tuple[Site, ...] = ()
) -> HostPolicy:
    """Make the host policy of one task; ``companions`` are sites on which the same item may be shown as well."""
    reading = (*adapter.read_only, *adapter.sign_in_requests)
    return HostPolicy(site, *companions, extra_hosts=declared_hosts(task, site), read_only=reading)


def declared_hosts(task: ProbeTask, site: Site) -> tuple[str, ...]:
    """Return the origin that the guide declares for 在线办理, if any.

    A guide of the sandbox may declare any address, so there it has to lie on this machine; on a live portal the host
    policy refuses addresses that are not public.
    """
    parts = urlsplit(task.online_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ()
    if site.sandbox and not is_loopback(parts.hostname):
        return ()
    return (f"{parts.scheme}://{parts.netloc}",)


def is_loopback(host: str) -> bool:
    """Say whether a host name or literal address is this machine itself."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
