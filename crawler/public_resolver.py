"""Resolves names to public addresses only, at the moment of connecting: no name can change its mind after the check."""

import ipaddress
from collections.abc import Sequence

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError


class PublicResolver(CachingThreadedResolver):
    """Refuses private, loopback and link-local addresses that a name resolves to."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802 - Twisted's name
        return super().getHostByName(name, timeout).addCallback(keep_public)


def keep_public(address: str) -> str:
    """Return a public address; raise ``DNSLookupError`` for any other."""
    if not ipaddress.ip_address(address).is_global:
        raise DNSLookupError(f"{address} is no public address")
    return address
