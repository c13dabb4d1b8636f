"""What each page of the application form asks for, from its title, the guide's materials and the account."""

from typing import Any

from sandbox.form_traits import FormTraits
from sandbox.guideview import read_material_names
from sandbox.identity import TEST_CITIZEN
from sandbox.model import Application, Item

DEFAULT_TITLES = ("填写申请信息", "选择办理情形", "上传申请材料", "选择领取方式", "确认提交")
KEYWORDS = {
    "applicant": ("申请人", "基本信息", "申请信息", "填写", "主体信息"),
    "situation": ("情形", "类型", "须知"),
    "materials": ("材料", "上传", "附件"),
    "delivery": ("领取", "送达", "取件", "结果", "邮寄"),
}
SITUATIONS = ("本人办理", "委托他人办理")
VISITING_DELIVERIES = ("窗口领取", "综合窗口自取")
DELIVERIES = ("窗口领取", "邮政快递送达", "网上获取电子证照")
KIND_NAMES = {"pdf": "PDF", "jpg": "JPG", "png": "PNG", "doc": "DOC"}


def list_titles(application: Application) -> tuple[str, ...]:
    """List the titles of the form's pages; the last one is the confirm page."""
    return application.pages or DEFAULT_TITLES


def find_page_kind(title: str) -> str:
    """Say what a page is about, by the words of its title."""
    return next((kind for kind, words in KEYWORDS.items() if any(word in title for word in words)), "other")


def make_field(name: str, label: str, *, value: str = "", required: bool = True, rule: str = "") -> dict[str, Any]:
    """Make one text field."""
    return {"name": name, "label": label, "value": value, "required": required, "rule": rule, "options": []}


def make_choice(name: str, label: str, options: tuple[str, ...]) -> dict[str, Any]:
    """Make one choice of which one must be taken; none is taken beforehand."""
    return make_field(name, label) | {"options": list(options)}


def list_fields(kind: str, traits: FormTraits) -> list[dict[str, Any]]:
    """List the fields of a kind of page."""
    citizen = TEST_CITIZEN
    deliveries = DELIVERIES if traits.remote_result else VISITING_DELIVERIES
    fields: dict[str, list[dict[str, Any]]] = {
        "applicant": [
            make_field("applicantName", "申请人姓名", value=citizen.full_name),
            make_field("idNumber", "身份证号码", value=citizen.id_number, rule="id"),
            make_field("mobile", "手机号码", value=citizen.phone, rule="mobile"),
            make_field("address", "联系地址"),
            make_field("email", "电子邮箱", required=False, rule="email"),
        ],
        "situation": [make_choice("situation", "办理情形", SITUATIONS)],
        "delivery": [
            make_choice("delivery", "结果领取方式", deliveries),
            make_field("receiver", "收件人", required=False),
        ],
        "other": [make_field("remark", "补充说明", required=False)],
    }
    return fields.get(kind, [])


def tell_limits(traits: FormTraits) -> str:
    """Write the line beside an upload."""
    kinds = "、".join(name for kind, name in KIND_NAMES.items() if kind in traits.upload_kinds)
    size = f"单个文件不超过{traits.upload_limit_mb}MB"
    return {
        "format_and_size": f"支持{kinds}格式，{size}；可提交前补充",
        "size": f"{size}；可提交前补充",
        "none": "请上传清晰完整的材料；可提交前补充",
    }[traits.limits]


def show_traits(traits: FormTraits) -> dict[str, Any]:
    """Write what the form's script needs to know of the traits."""
    return {
        "limits_line": tell_limits(traits),
        "accept": ",".join(f".{kind}" for kind in traits.upload_kinds),
        "kinds": list(traits.upload_kinds),
        "limit_mb": traits.upload_limit_mb,
        "complaints": {
            "required": traits.required_complaint,
            "id": traits.id_complaint,
            "type": traits.type_complaint,
            "size": traits.size_complaint,
        },
        "draft": traits.draft,
        "licence": traits.licence,
        "receipt": traits.receipt,
        "messages": traits.messages,
        "rating": traits.rating,
        "progress": traits.progress,
        "situation_list": traits.situation_list,
        "labelled": "label" not in traits.broken_rules,
    }


def build_page(item: Item, number: int, *, dead_end: bool) -> dict[str, Any]:
    """Build page `number` (from 1) of an item's form; a dead end has no way on from its second page."""
    titles = list_titles(item.application)
    confirm = number == len(titles)
    kind = "confirm" if confirm else find_page_kind(titles[number - 1])
    return {
        "title": titles[number - 1],
        "number": number,
        "total": len(titles),
        "kind": kind,
        "fields": list_fields(kind, item.application.traits),
        "materials": read_material_names(item.detail) if kind == "materials" else [],
        "traits": show_traits(item.application.traits),
        "way_on": not (dead_end and number == min(2, len(titles))),
    }
