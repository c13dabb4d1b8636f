"""An evaluator's word on a finding, an observation or a score; only ever added to, never changed."""

from enum import StrEnum

from pydantic import AwareDatetime

from domain.frozen import Frozen


class ReviewVerdict(StrEnum):
    """What the evaluator says."""

    AGREE = "agree"
    DISPUTE = "dispute"


class Review(Frozen):
    """One remark on one thing."""

    about: str  # id of a finding, an observation or a score
    reviewer: str
    verdict: ReviewVerdict
    note: str
    at: AwareDatetime
