"""An evaluator's word on a finding, an observation, a score or a run; only ever added to, never changed."""

from enum import StrEnum

from pydantic import AwareDatetime

from domain.frozen import Frozen


class ReviewVerdict(StrEnum):
    """What the evaluator says."""

    AGREE = "agree"
    DISPUTE = "dispute"
    RELEASE = "release"  # about a run: the instrument was right, its quarantine is lifted


class Review(Frozen):
    """One remark on one thing."""

    about: str  # id of a finding, an observation, a score or a run
    reviewer: str
    verdict: ReviewVerdict
    note: str
    at: AwareDatetime
