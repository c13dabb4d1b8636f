"""What a cell of a data set may hold before any file format has its say, and how each kind is made fit to leave."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from exports.harmless_text import clean
from exports.personal_numbers import hide_identity_numbers

Given = Any
"""What a getter returned, before its column's form says what it is."""
Value = str | int | float | bool | Decimal | datetime | Sequence[str] | Mapping[str, Any] | None
IDENTITY_DIGITS = 18


class Form(StrEnum):
    """The kinds of values; each has one spelling per file format (docs/exports.md, "Values")."""

    TEXT = "text"
    CODE = "code"  # one of a list of codes
    INTEGER = "integer"
    NUMBER = "number"  # binary floating point, as measured
    DECIMAL = "decimal"  # exact, as handed in
    FLAG = "flag"
    MOMENT = "moment"
    LINK = "link"  # an address, or a path where nobody serves the pages
    TEXTS = "texts"  # a list of texts
    OBJECT = "object"  # names with values, such as the terms of a formula


FORM_TITLES_ZH: Mapping[Form, str] = {
    Form.TEXT: "文本",
    Form.CODE: "代码",
    Form.INTEGER: "整数",
    Form.NUMBER: "数值",
    Form.DECIMAL: "精确小数",
    Form.FLAG: "是否",
    Form.MOMENT: "时间",
    Form.LINK: "链接",
    Form.TEXTS: "文本列表",
    Form.OBJECT: "名称与数值的对照",
}


def fit_text(value: Given) -> str | None:
    """Take out what no format can carry and the digits of identity numbers."""
    if value is None:
        return None
    text = str(value)
    if len(text) >= IDENTITY_DIGITS:
        text = hide_identity_numbers(text)
    # A printable text has no control character and no half surrogate pair, so that there is nothing to clean.
    return text if text.isprintable() else clean(text)


def fit_number(value: Given) -> int | float | None:
    """Pass numbers on; what is not finite has no spelling in JSON and is nothing."""
    return value if value is None or math.isfinite(value) else None


def fit_moment(value: Given) -> datetime | None:
    """Bring a moment to UTC; raise ``ValueError`` for one without a time zone."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"moment {value} has no time zone")
    moment: datetime = value.astimezone(UTC)
    return moment


def fit_texts(value: Given) -> tuple[str, ...] | None:
    """Make every text of a list fit."""
    return None if value is None else tuple(fit_text(one) or "" for one in value)


def fit_object(value: Given) -> dict[str, Any] | None:
    """Make names and values fit, names in order, whatever is nested in them."""
    return None if value is None else {name: fit_any(value[name]) for name in sorted(value)}


def fit_any(value: Given) -> Given:
    """Make a value of an object fit by what it is."""
    if isinstance(value, str):
        return fit_text(value)
    if isinstance(value, Mapping):
        return fit_object(value)
    if isinstance(value, float):
        return fit_number(value)
    return [fit_any(one) for one in value] if isinstance(value, list | tuple) else value


def as_is(value: Given) -> Given:
    """Pass on what cannot be unfit."""
    return value


FITTING: Mapping[Form, Callable[[Any], Value]] = {
    Form.TEXT: fit_text,
    Form.CODE: fit_text,
    Form.INTEGER: as_is,
    Form.NUMBER: fit_number,
    Form.DECIMAL: as_is,
    Form.FLAG: as_is,
    Form.MOMENT: fit_moment,
    Form.LINK: fit_text,
    Form.TEXTS: fit_texts,
    Form.OBJECT: fit_object,
}
