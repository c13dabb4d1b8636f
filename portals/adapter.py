"""One portal as a plug-in: what it is called, where it is, how it is read and how a citizen uses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.portal import Portal
from domain.registry import Registry
from portals.citizen import CitizenSite
from portals.documents import DocumentSource
from portals.site import Overlay, Site, load_site


@dataclass(frozen=True, kw_only=True)
class ReadOnlyRequest:
    """A request other than GET or HEAD that the portal needs for reading, and that changes nothing."""

    method: str
    role: str  # host role
    path: str  # exact path
    media_type: str  # required body type
    body_bytes_max: int = 4096


@dataclass(frozen=True, kw_only=True)
class PortalAdapter:
    """Everything that differs from portal to portal."""

    portal: Portal
    site_file: Path
    documents: DocumentSource
    citizen: CitizenSite
    read_only: tuple[ReadOnlyRequest, ...] = ()
    sign_in_requests: tuple[ReadOnlyRequest, ...] = ()  # let out only while a test account signs in
    title: str
    why: str
    source: str
    version: int = 1

    @property
    def id(self) -> str:
        return self.portal.id

    def site(self, origins: Mapping[str, str] | None = None, overlay: Overlay | None = None) -> Site:
        """Return the portal's hosts, the real ones or the sandbox's; ``overlay`` is the owner's own site file."""
        return load_site(self.site_file, origins=origins, overlay=overlay)


adapters: Registry[PortalAdapter] = Registry("portal", "portals")
