"""What a citizen does on 粤商通 with a browser."""

from portals.citizen import CitizenBrowser, NotOffered, SlotDay
from portals.mobile_citizen import MobileCitizen
from portals.site import Site


class YstCitizen(MobileCitizen):
    """粤商通: search, service pages and application; it takes no bookings."""

    def __init__(self) -> None:
        super().__init__("yst")

    def open_booking(self, browser: CitizenBrowser, site: Site, code: str) -> tuple[SlotDay, ...]:
        """Raise ``NotOffered``."""
        raise NotOffered("粤商通不提供预约")
