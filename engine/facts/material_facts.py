"""What the materials of a guide say about paper, exemption and forms, as scoring reads it (portals.md §1.5, §3.3)."""

from crawler.rules.completeness_materials import state_of_files
from crawler.rules.material_rows import says_none
from domain.guide import Material
from domain.guide_fields import FieldState, MaterialPart

PAPER_ONLY = frozenset({"1", "纸质"})
NECESSARY = frozenset({"1", "必要"})
YES = frozenset({"1", "是"})
ISSUED = frozenset({"20", "政府部门核发"})
Materials = tuple[Material, ...] | None


def has_paper_only(materials: Materials) -> bool | None:
    """Say whether some required material can only be handed in on paper; one sure "yes" settles it.

    ``None`` where the source does not show medium or necessity of one that may be: it is not known to be electronic.
    """
    if materials is None:
        return None
    told = {is_paper_only(material) for material in materials if not says_none(material.name)}
    return True if True in told else None if None in told else False


def is_paper_only(material: Material) -> bool | None:
    """Say whether a material is required on paper alone; an exemption that nobody states is none."""
    needs = (
        None if material.medium is None else material.medium in PAPER_ONLY,
        None if material.necessity is None else material.necessity in NECESSARY,
        material.exempt not in YES,
    )
    if False in needs:
        return False
    return None if None in needs else True


def count_exempt(materials: Materials) -> tuple[int, int] | None:
    """Count the materials that an authority issues and, of these, those marked 免提交.

    ``None`` where the source shows no materials, or names no source or no mark of one that may count.
    """
    asked = None if materials is None else [material for material in materials if not says_none(material.name)]
    if asked is None or any(material.source is None for material in asked):
        return None
    issued = [material for material in asked if material.source in ISSUED]
    if any(material.exempt is None for material in issued):
        return None
    return sum(material.exempt in YES for material in issued), len(issued)


def has_e_licence(materials: Materials) -> bool | None:
    """Say whether a material is tied to an electronic licence; ``None`` where the source does not show it."""
    asked = None if materials is None else [material for material in materials if not says_none(material.name)]
    if asked is None or any(material.licence is None for material in asked):
        return None
    return any(material.licence in YES for material in asked)


def has_whole_forms(materials: Materials) -> bool | None:
    """Say whether every form has a blank and a sample; ``None`` without forms or where the source shows no files."""
    if materials is None:
        return None
    states = [
        state_of_files(material, part) for material in materials for part in (MaterialPart.FORMS, MaterialPart.SAMPLES)
    ]
    if FieldState.NOT_MEASURED in states or not set(states) - {FieldState.NOT_APPLICABLE}:
        return None
    return FieldState.BLANK not in states
