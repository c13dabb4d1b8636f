"""Judges a web address that a guide gives to citizens: whole, and reachable from outside the office."""

import ipaddress
import re
from functools import lru_cache
from urllib.parse import urlsplit

SCHEME = re.compile(r"https?://", re.I)
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+|\[[0-9a-f:]+\]|localhost", re.I)
INTRANET_SUFFIXES = (".local", ".lan", ".intranet", ".internal", ".corp", ".home")


def address_fault(url: str, page: str) -> str:
    """Return what is wrong with an address as a Chinese phrase, ``""`` when nothing is.

    ``page`` is the guide's own address: where the portal itself is served on the loopback host, so may its links be.
    """
    if not SCHEME.match(url):
        return "不是以 http 或 https 开头的完整地址"
    host = host_of(url)
    if not HOST.fullmatch(host) or " " in url.strip():
        return "地址不成形"
    return (
        "是内网地址，公众打不开" if is_intranet(host) and not (is_loopback(host) and is_loopback(host_of(page))) else ""
    )


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """Return an address's host in lower case, ``""`` when it has none."""
    try:
        return urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def is_loopback(host: str) -> bool:
    """Say whether a host is this machine itself."""
    address = parse_ip(host)
    return host == "localhost" or (address is not None and address.is_loopback)


@lru_cache(maxsize=4096)
def is_intranet(host: str) -> bool:
    """Say whether a host can only be reached inside an office."""
    address = parse_ip(host)
    if address is not None:
        return not address.is_global
    return host == "localhost" or host.endswith(INTRANET_SUFFIXES)


@lru_cache(maxsize=4096)
def parse_ip(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Return a host as an IP address; ``None`` for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
