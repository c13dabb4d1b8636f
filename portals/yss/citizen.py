"""What a citizen does on 粤省事 with a browser."""

from portals.mobile_citizen import MobileCitizen


class YssCitizen(MobileCitizen):
    """粤省事: search, service pages, application and booking."""

    def __init__(self) -> None:
        super().__init__("yss")
