"""The complete register of defect kinds: importing this module fills it."""

from sandbox.corpus.defects import identity, legal_basis, limits, papers, place, procedure
from sandbox.corpus.defects.registry import DEFECTS, Defect

FAMILIES = (identity, legal_basis, limits, papers, place, procedure)

__all__ = ["DEFECTS", "FAMILIES", "Defect"]
