"""What a portal is called, independent of where it is served."""

from domain.frozen import Frozen


class Portal(Frozen):
    """A government service portal that a citizen visits."""

    id: str
    title: str  # Chinese name, as evaluators know it
    channel: str  # the methodology's channel code: ZWFW, YSS, YST (methodology.md §3.6)
    mobile: bool = False
