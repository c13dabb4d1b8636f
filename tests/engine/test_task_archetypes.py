"""Like services: matched archetypes of the departments, the same basic codes of the counties."""

import pytest

from crawler.rules.example_guide import example
from domain.guide import Field, Guide
from domain.guide_fields import FieldName, FieldState
from engine.night_plan import NightPlan
from engine.settings import PlanSizes
from engine.visiting.probe_plan import plan_probes
from engine.visiting.task_archetypes import Archetype, archetype_of
from probes.probe import ProbeTask
from tests.engine.shown_list import ShownList

COUNTIES = tuple(f"county-{number}" for number in range(1, 8))


def guide(unit: str, title: str, *, kind: str = "01", basic: str = "", online: str = "是") -> Guide:
    texts = {FieldName.ITEM_TYPE_CODE: kind, FieldName.BASIC_CODE: basic, FieldName.ONLINE: online}
    plain = example(unit=unit, item_id=f"{unit}-{title}", code=f"{unit}-{title}", title=title)()
    fields = {name: Field(raw=text, value=text, state=FieldState.OK) for name, text in texts.items()}
    return plain.model_copy(update={"fields": {**plain.fields, **fields}})


def planned(guides: list[Guide], size: int) -> list[ProbeTask]:
    units = tuple({one.unit or "" for one in guides})
    plan = NightPlan(
        target="sandbox", period="2026H2", units=units, portals=("gdzwfw",), sizes=PlanSizes(application=size), salt="s"
    )
    return [task for task in plan_probes(plan, ShownList(guides)) if task.probe_id == "online-application"]


@pytest.mark.parametrize(
    ("title", "kind", "archetype"),
    [
        ("出版物零售经营许可（新办）", "01", Archetype.NEW),
        ("出版物零售经营许可（变更）", "01", Archetype.CHANGE),
        ("出版物零售经营许可（延续）", "01", Archetype.RENEWAL),
        ("旅馆业特种行业许可证遗失补办", "01", Archetype.RENEWAL),
        ("社会团体成立登记（注销）", "01", Archetype.RENEWAL),
        ("户口登记项目变更更正", "07", Archetype.CHANGE),
        ("内部资料性出版物准印备案", "20", Archetype.RECORD),
        ("交通违法查询", "21", Archetype.RECORD),
        ("农家书屋图书借阅", "21", Archetype.RECORD),
        ("对扰乱公共秩序行为的处罚", "02", None),
    ],
)
def test_names_and_kinds_tell_archetypes(title: str, kind: str, archetype: Archetype | None) -> None:
    assert archetype_of(guide("dept-02", title, kind=kind)) is archetype


def test_a_department_gives_one_of_each_archetype_before_a_second_one() -> None:
    office = [
        *(guide("dept-02", f"许可{number}") for number in range(5)),
        guide("dept-02", "许可变更"),
        guide("dept-02", "许可注销"),
        guide("dept-02", "事项备案", kind="20"),
        guide("dept-02", "线下许可", online="否"),
    ]
    four = [task.like_services for task in planned(office, 4)]
    assert four == ["archetype:new", "archetype:change", "archetype:renewal", "archetype:record"]
    assert [task.like_services for task in planned(office, 1)] == ["archetype:new"]
    assert [task.like_services for task in planned(office, 6)][4:] == ["archetype:new"] * 2
    assert len(planned(office, 50)) == 8  # the offline one is not applied for


def test_all_counties_apply_for_the_same_codes() -> None:
    """Code A is offered by all seven, B by six, C by one; a night of two asks each county for A and, where it is, B."""
    guides = [guide(county, "事项甲", basic="A") for county in COUNTIES]
    guides += [guide(county, "事项乙", basic="B") for county in COUNTIES[:6]]
    guides.append(guide(COUNTIES[6], "事项丙", basic="C"))
    for size, expected in ((1, ["basic:A"]), (2, ["basic:A", "basic:B"])):
        tasks = planned(guides, size)
        for county in COUNTIES[:6]:
            assert [task.like_services for task in tasks if task.unit == county] == expected
    last = [task.like_services for task in planned(guides, 2) if task.unit == COUNTIES[6]]
    assert last == ["basic:A", "basic:C"]


def test_no_more_than_eight_codes_are_common() -> None:
    guides = [guide(county, f"事项{at}", basic=f"K{at}") for county in COUNTIES for at in range(10)]
    groups = {task.like_services for task in planned(guides, 50)}
    assert len(groups - {""}) == 8
    assert "" in groups
