"""What is true about the form behind 在线办理 of a guide: what a citizen who walks to the confirm page can see."""

from sandbox.corpus.document import Draft
from sandbox.form_traits import FormTraits
from sandbox.guideview import read_material_names
from sandbox.model import Json
from sandbox.servers.form_pages import find_page_kind, list_fields, list_titles

COMMON_KINDS = frozenset({"jpg", "png", "pdf"})
COMMON_LIMIT_MB = 5


def write_form(draft: Draft, misbehaviour: str | None) -> Json | None:
    """Write the truth about a guide's form, ``None`` where no form waits; ``None`` within: it has no such thing."""
    application = draft.plan.application
    if application.kind != "form":
        return None
    kinds = [find_page_kind(title) for title in list_titles(application)[:-1]]
    fields = [field for kind in kinds for field in list_fields(kind, application.traits)]
    uploads = len(read_material_names(draft.document)) if "materials" in kinds else 0
    traits = application.traits
    return {
        "pages": len(kinds) + 1,
        "slow_pages": int(misbehaviour == "apply_slow_page"),
        "fields": len(fields),
        "required": sum(bool(field["required"]) for field in fields),
        "prefilled": sum(bool(field["value"]) for field in fields),
        "uploads": uploads,
        "draft": traits.draft != "none" or application.autosave,
        "receipt": traits.receipt,
        "result_without_visit": traits.remote_result if "delivery" in kinds else None,
        "scenario_choice": "situation" in kinds,
        "messages": traits.messages,
        "rating": traits.rating,
        "progress": traits.progress,
        "login_ways": traits.login_ways,
        "second_login": traits.second_login,
        "returns_to_item": traits.returns_to_item,
        "sideways": not traits.fits_phone,
        "broken_rules": list_broken(traits, has_hints=uploads > 0 or application.autosave or traits.draft == "told"),
        "required_complaint": traits.required_complaint,
        "id_complaint": traits.id_complaint,
        **write_uploads(traits, uploads),
    }


def write_uploads(traits: FormTraits, uploads: int) -> Json:
    """Write what concerns uploads; a form without any shows nothing of it."""
    if not uploads:
        return dict.fromkeys(("limits_told", "common_formats", "licence", "type_complaint", "size_complaint"))
    return {
        "limits_told": traits.limits == "format_and_size",
        "common_formats": takes_common(traits),
        "licence": traits.licence,
        "type_complaint": traits.type_complaint,
        "size_complaint": traits.size_complaint,
    }


def takes_common(traits: FormTraits) -> bool | None:
    """Say whether jpg, png and pdf of at least 5 MB are taken; ``None`` where nobody is told the size."""
    if not COMMON_KINDS.issubset(traits.upload_kinds):
        return False
    return None if traits.limits == "none" else traits.upload_limit_mb >= COMMON_LIMIT_MB


def list_broken(traits: FormTraits, *, has_hints: bool) -> list[str]:
    """List the rules of axe-core that some page breaks; faint hints need a page with hints."""
    return sorted(rule for rule in traits.broken_rules if rule != "color-contrast" or has_hints)
