from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.guide import Field, Guide
from domain.guide_fields import FieldName, FieldState


def as_field(text: str) -> Field:
    return Field(raw=text, value=text, state=FieldState.OK if text else FieldState.BLANK)


@pytest.fixture
def make_guide() -> Callable[..., Guide]:
    """Builds a guide that shows only the given fields and tables."""

    def make(fields: dict[FieldName, str] | None = None, **tables: object) -> Guide:
        content: dict[str, Any] = dict(tables)
        return Guide(
            portal="gdzwfw",
            unit="dept-01",
            item_id="item-1",
            code="code-1",
            title="残疾人证补发",
            url="https://www.gdzwfw.gov.cn/portal/v2/guide/code-1",
            document="0" * 64,
            captured_at=datetime(2021, 7, 1, tzinfo=UTC),
            parser="test/1",
            fields={name: as_field(text) for name, text in (fields or {}).items()},
            **content,
        )

    return make
