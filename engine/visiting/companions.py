"""Which other portals may show the same items as the main one, so that a probe can look at them as well."""

from collections.abc import Mapping

from portals.adapter import PortalAdapter, adapters
from portals.site import Overlay
from probes.journey import OtherPortal


def companions_of(
    adapter: PortalAdapter, origins: dict[str, str] | None, overlays: Mapping[str, Overlay] | None = None
) -> tuple[OtherPortal, ...]:
    """Return the mobile portals that can be reached; none for a mobile portal itself."""
    if adapter.portal.mobile:
        return ()
    others = (
        (other, other.site(origins, (overlays or {}).get(other.id))) for other in adapters.all() if other.portal.mobile
    )
    return tuple(
        OtherPortal(id=other.id, title=other.portal.title, citizen=other.citizen, site=site)
        for other, site in others
        if site.hosts.get(other.id)
    )
