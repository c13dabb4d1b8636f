"""一件事 packages: several items handled together, published in a schema of their own (portals.md §1.5, 套餐)."""

from dataclasses import dataclass, field

from sandbox.corpus.attachments import make_attachment
from sandbox.corpus.bodies import Office, Place
from sandbox.corpus.codes import make_basic, make_task
from sandbox.corpus.laws import make_law_row
from sandbox.corpus.phones import make_phone
from sandbox.corpus.plan import PUBLIC_SERVICE, Planted
from sandbox.corpus.randomness import hexadecimal, number
from sandbox.corpus.tables import read_table
from sandbox.corpus.windows import HOURS
from sandbox.misbehaviours import Misbehaviour
from sandbox.model import Application, Attachment, Item, Json, Origins

GUIDES_PER_PACKAGE = 25
LEADERS = frozenset({"阳江市市场监督管理局", "阳江市人力资源和社会保障局"})  # departments that lead packages
LAWS = ("licensing", "entity")
PAGES = ("填写基本信息", "上传申请材料", "选择送达方式", "确认提交")
YEARS = ("2023", "2024", "2025")


@dataclass(kw_only=True)
class PackageDraft:
    """A package being written, which defects may still spoil."""

    item_id: str
    body: str
    office: Office
    name: str
    code: str
    document: Json
    origins: Origins
    files: dict[str, Attachment] = field(default_factory=dict)
    defects: list[Planted] = field(default_factory=list)
    linked: tuple[str, ...] = ()  # ITEM_IDs of the items that it brings together
    misbehaviour: str = ""

    def attach(self, file: Attachment) -> list[Json]:
        """Put a file on the static host and return the list that links it."""
        self.files[file.guid] = file
        return [{"att_name": file.name, "waiwang_url": f"{self.origins.static}/guide/files/{file.guid}"}]


def list_slots(places: tuple[Place, ...]) -> list[tuple[str, Office, str]]:
    """List who can publish which package: every county and the leading departments, each package once."""
    names = read_table("packages")["names"]
    hosts = [place for place in places if len(place.offices) > 1 or place.offices[0].name in LEADERS]
    return [
        (place.body.key, place.offices[number(len(place.offices), "package", name)], name)
        for name in names
        for place in hosts
        if place.body.listed
    ]


def count_packages(size: int, places: tuple[Place, ...]) -> int:
    """Count the packages of a corpus of a size."""
    return min(size // GUIDES_PER_PACKAGE, len(list_slots(places)))


def make_material(draft: PackageDraft, name: str, *, form: bool, source: str) -> Json:
    """Write an element of submit_material_list."""
    lines = (name, "申请人：", "证件号码：", "联系电话：", "日期：", draft.office.name)
    filled = (name, "样表", "申请人：张某某", "证件号码：（样例）", "联系电话：0662-0000000", "日期：2024年1月1日")
    blank = make_attachment(name=f"{name}（空白表）", form="docx", lines=lines)
    sample = make_attachment(name=f"{name}（样表）", form="docx", lines=(*filled, draft.office.name))
    return {
        "document_name": name,
        "origin_count": "1",
        "document_media_text": "纸质/电子化",
        "document_source_text": source,
        "document_need_type_text": "必要",
        "blank_att_list": draft.attach(blank) if form else [],
        "sample_att_list": draft.attach(sample) if form else [],
    }


def make_terms(draft: PackageDraft) -> Json:
    """Write names, telephones and limits."""
    days = number(5, "package days", draft.name) + 3
    return {
        "item_id": draft.item_id,
        "special_item_type": "TC",
        "task_code": draft.code,
        "catalog_name": draft.name,
        "impl_org_name": draft.office.name,
        "area_code": draft.office.area,
        "application_channel_text": "窗口办理,网上办理",
        "online_apply_depth_text": "III级",
        "consult_phone": make_phone(draft.office.name, "咨询"),
        "complaint_phone": make_phone(draft.office.name, "投诉"),
        "promise_time": str(days),
        "promise_time_unit_text": "工作日",
        "legal_time": str(days * 4),
        "legal_time_unit_text": "工作日",
        "version_date": f"{YEARS[number(3, 'package year', draft.item_id)]}-04-0{number(9, 'day', draft.item_id) + 1}",
    }


def make_lists(draft: PackageDraft) -> Json:
    """Write windows, materials, result samples, questions and clauses."""
    office, name = draft.office, draft.name.removesuffix("一件事").strip("“”")
    result = make_attachment(name=f"{name}办理结果（样本）", form="png", lines=(name, "样本"))
    window = {"name": f"{office.hall}一件事专窗", "address": f"{office.road}{office.hall}一楼一件事专窗"}
    laws = [make_law_row(key) for key in LAWS]
    return {
        "window_list": [{**window, "time": HOURS, "tel": make_phone(office.name, "窗口")}],
        "submit_material_list": [
            make_material(draft, f"{name}联办申请表", form=True, source="申请人自备"),
            make_material(draft, "申请人居民身份证", form=False, source="政府部门核发"),
        ],
        "result_sample_list": draft.attach(result),
        "question_list": [{"question": f"{name}可以分开办理吗？", "answer": "可以，各事项仍可到各部门单独申请。"}],
        "clause_list": [
            {
                "clause_name": law["LAWNAME"],
                "clause_number": law["ACCORDINGNUMBER"],
                "clause_content": law["TERMSCONTENT"],
                "effective_date": law["SSRQ"],
            }
            for law in laws
        ],
    }


def make_package(slot: tuple[str, Office, str], position: int, origins: Origins) -> PackageDraft:
    """Write one package."""
    body, office, name = slot
    basic = make_basic(task_type=PUBLIC_SERVICE, main=f"9{position:04d}", sub="000")
    code = make_task(uscc=office.uscc, level=office.level, basic=basic)
    item_id = hexadecimal("package", body, name)
    draft = PackageDraft(item_id=item_id, body=body, office=office, name=name, code=code, document={}, origins=origins)
    draft.document = {**make_terms(draft), **make_lists(draft)}
    return draft


def make_packages(amount: int, places: tuple[Place, ...], origins: Origins) -> list[PackageDraft]:
    """Write the first so many packages."""
    return [make_package(slot, position, origins) for position, slot in enumerate(list_slots(places)[:amount], 1)]


def make_package_item(draft: PackageDraft) -> Item:
    """Turn a finished package into the record that the servers serve; its list record has the item list's keys."""
    office = draft.office
    return Item(
        item_id=draft.item_id,
        task_code=draft.code,
        name=draft.name,
        body=draft.body,
        area_code=office.area,
        dept_code=office.org,
        list_record={
            "ITEM_ID": draft.item_id,
            "TASK_CODE": draft.code,
            "ORGCODE": office.org,
            "TASK_TYPE": "",
            "TASK_TYPE_TEXT": "一件事",
            "special_item_type": "TC",
            "TASK_STATE": "1",
            "CATANAME": draft.name,
            "TASK_NAME": draft.name,
            "DEPT_NAME": office.name,
            "AREA_CODE_TEXT": office.area_text,
            "AREACODE": office.area,
            "TASK_VERSION": "1",
            "VERSION_DATE": draft.document["version_date"],
        },
        detail=draft.document,
        application=Application(kind="form", pages=PAGES),
        searchable=draft.misbehaviour != Misbehaviour.THEME_NOT_LISTED,
        misbehaviours=(draft.misbehaviour,) if draft.misbehaviour else (),
        linked=draft.linked,
    )
