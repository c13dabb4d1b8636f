"""A guide that travels as JSON, or between processes, is the guide that set out."""

import pickle
from copy import deepcopy

import pytest

from crawler.rules.example_guide import good_guide
from domain.guide import UNSEEN, Field, Guide
from domain.guide_fields import FieldName, FieldState

LONG = "申请人应当在公司登记机关提交下列材料：\n" * 20
FIELDS = {
    FieldName.CONDITION: Field(raw=f"<p>{LONG}</p>", value=LONG, state=FieldState.OK),
    FieldName.ONLINE: Field(raw="是", value="是", state=FieldState.OK),
    FieldName.IN_HALL: Field(raw="", value="", state=FieldState.BLANK),
    FieldName.VISITS: UNSEEN,
}


@pytest.fixture
def guide() -> Guide:
    return good_guide().model_copy(update={"fields": {**good_guide().fields, **FIELDS}, "charges": (), "laws": None})


def test_reading_agrees_with_validation(guide: Guide) -> None:
    data = guide.model_dump_json().encode()
    assert Guide.read_json(data) == Guide.model_validate_json(data) == guide
    assert Guide.read_json(data).model_dump() == guide.model_dump()
    assert all(isinstance(field.state, FieldState) for field in Guide.read_json(data).fields.values())


def test_reading_refuses_what_validation_refuses(guide: Guide) -> None:
    data = guide.model_dump_json()
    with pytest.raises(ValueError, match="more"):
        Guide.read_json(data.replace('"portal"', '"more":1,"portal"', 1).encode())
    with pytest.raises(ValueError, match="state"):
        Guide.read_json(data.replace('"ok"', '"good"', 1).encode())


def test_short_fields_are_shared_between_guides(guide: Guide) -> None:
    data = guide.model_dump_json().encode()
    one, other = Guide.read_json(data), Guide.read_json(data)
    assert one.fields[FieldName.ONLINE] is other.fields[FieldName.ONLINE]
    assert one.fields[FieldName.CONDITION] is not other.fields[FieldName.CONDITION]


@pytest.mark.parametrize("title", ["公共场所卫生许可", "half a pair \udc00 of surrogates"])
def test_a_pickled_guide_comes_back(guide: Guide, title: str) -> None:
    sent = guide.model_copy(update={"title": title})
    back = pickle.loads(pickle.dumps(sent))
    assert back == sent == deepcopy(sent)
    assert back.model_dump() == sent.model_dump()
