"""The complete register of defect kinds: importing this module fills it."""

from sandbox.corpus.defects import (
    charges,
    contacts,
    faces,
    files,
    hours,
    identity,
    legal_basis,
    limits,
    links,
    papers,
    peers,
    place,
    procedure,
    samples,
    standing,
    texts,
)
from sandbox.corpus.defects.packages import PACKAGE_DEFECTS
from sandbox.corpus.defects.registry import DEFECTS, GROUP_DEFECTS, Defect, GroupDefect, Kind

FAMILIES = (
    charges,
    contacts,
    faces,
    files,
    hours,
    identity,
    legal_basis,
    limits,
    links,
    papers,
    peers,
    place,
    procedure,
    samples,
    standing,
    texts,
)
ALL_KINDS: dict[str, Kind] = {**DEFECTS, **GROUP_DEFECTS, **PACKAGE_DEFECTS}

__all__ = ["ALL_KINDS", "DEFECTS", "FAMILIES", "GROUP_DEFECTS", "PACKAGE_DEFECTS", "Defect", "GroupDefect", "Kind"]
