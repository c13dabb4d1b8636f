"""What a missing or imported figure, or a list, is called where people read it."""

from collections.abc import Mapping

from domain.handed_list import LIST_TITLES_EN, LIST_TITLES_ZH
from domain.imported_part import IMPORTED_PART_TITLES_ZH
from exports.language import Language

FIGURE_TITLES_ZH: Mapping[str, str] = {
    **IMPORTED_PART_TITLES_ZH,
    **{kind.value: f"清单：{name}" for kind, name in LIST_TITLES_ZH.items()},
}
"""What a missing part may name: figures, and lists that another channel hands in."""
LIST_TITLES: Mapping[str, str] = {kind.value: f"list: {name}" for kind, name in LIST_TITLES_EN.items()}


def figure_title(figure: str, language: Language) -> str:
    """Name a figure or list; in English by its id, which is English, in words."""
    if language is Language.ZH:
        return FIGURE_TITLES_ZH.get(figure, figure).removesuffix("（报送）")
    return LIST_TITLES.get(figure, figure.replace("_", " "))


def show_figures(figures: tuple[str, ...], language: Language) -> str:
    """Name several figures in one cell."""
    return ("、" if language is Language.ZH else ", ").join(figure_title(one, language) for one in figures)
