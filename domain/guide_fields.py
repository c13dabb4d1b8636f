"""The vocabulary of a service guide's fields: one name, one Chinese label and the audit checkpoint that each serves."""

from enum import StrEnum


class FieldState(StrEnum):
    """What was found where a field should be (portals.md §5, "Scoring proposal")."""

    OK = "ok"
    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    MALFORMED = "malformed"
    INCONSISTENT = "inconsistent"
    NOT_APPLICABLE = "not_applicable"
    NOT_MEASURED = "not_measured"


STATE_TITLES_ZH: dict[FieldState, str] = {
    FieldState.OK: "正常",
    FieldState.BLANK: "空白",
    FieldState.PLACEHOLDER: "占位语",
    FieldState.MALFORMED: "格式不符",
    FieldState.INCONSISTENT: "前后矛盾",
    FieldState.NOT_APPLICABLE: "不适用",
    FieldState.NOT_MEASURED: "未采集",
}


class FieldName(StrEnum):
    """Every fact of a guide that is read; the values are stable and stored."""

    __hash__ = str.__hash__  # Enum's own is Python code, and an audit looks fields up a thousand times per guide

    NAME = "name"
    EVERYDAY_NAME = "everyday_name"
    TASK_CODE = "task_code"
    HANDLING_CODE = "handling_code"
    BASIC_CODE = "basic_code"
    NATIONAL_CODE = "national_code"
    ITEM_TYPE = "item_type"
    ITEM_TYPE_CODE = "item_type_code"
    DEPARTMENT = "department"
    DEPARTMENT_CODE = "department_code"
    DEPARTMENT_NATURE = "department_nature"
    ENTRUSTED_BY = "entrusted_by"
    LEVEL = "level"
    STATUS = "status"
    VERSION_DATE = "version_date"
    PUBLISH_DATE = "publish_date"
    AUDIENCE = "audience"
    THEME_NATURAL = "theme_natural"
    THEME_LEGAL = "theme_legal"
    CONDITION = "condition"
    HANDLING_TYPE = "handling_type"
    LEGAL_LIMIT = "legal_limit"
    LEGAL_LIMIT_NOTE = "legal_limit_note"
    PROMISE_LIMIT = "promise_limit"
    PROMISE_LIMIT_NOTE = "promise_limit_note"
    VISITS = "visits"
    VISIT_REASON = "visit_reason"
    HANDLING_FORM = "handling_form"
    ONLINE = "online"
    ONLINE_URL = "online_url"
    OFFLINE_REASON = "offline_reason"
    ONLINE_DEPTH = "online_depth"
    MOBILE_URL = "mobile_url"
    BOOKABLE = "bookable"
    BOOKING_URL = "booking_url"
    IN_HALL = "in_hall"
    SELF_SERVICE = "self_service"
    LATER_MATERIALS = "later_materials"
    COURIER = "courier"
    ONLINE_PAYMENT = "online_payment"
    CHARGED = "charged"
    CHARGES = "charges"
    RANGE = "range"
    PLACE = "place"
    HOURS = "hours"
    ENQUIRY_PHONE = "enquiry_phone"
    COMPLAINT_PHONE = "complaint_phone"
    ONLINE_FLOW = "online_flow"
    WINDOW_FLOW = "window_flow"
    FLOW_STEPS = "flow_steps"
    LEGAL_BASIS = "legal_basis"
    INTERMEDIARY = "intermediary"
    SPECIAL_PROCEDURE = "special_procedure"
    MATERIALS = "materials"
    RESULT_NAME = "result_name"
    RESULTS = "results"
    RECONSIDERATION = "reconsideration"
    LITIGATION = "litigation"
    QUESTIONS = "questions"
    TIPS = "tips"


LABELS_ZH: dict[FieldName, str] = {
    FieldName.NAME: "事项名称",
    FieldName.EVERYDAY_NAME: "日常用语",
    FieldName.TASK_CODE: "实施编码",
    FieldName.HANDLING_CODE: "业务办理项编码",
    FieldName.BASIC_CODE: "基本编码",
    FieldName.NATIONAL_CODE: "国家基本编码",
    FieldName.ITEM_TYPE: "事项类型",
    FieldName.ITEM_TYPE_CODE: "事项类型代码",
    FieldName.DEPARTMENT: "实施主体",
    FieldName.DEPARTMENT_CODE: "实施主体编码",
    FieldName.DEPARTMENT_NATURE: "实施主体性质",
    FieldName.ENTRUSTED_BY: "委托部门",
    FieldName.LEVEL: "行使层级",
    FieldName.STATUS: "事项状态",
    FieldName.VERSION_DATE: "版本日期",
    FieldName.PUBLISH_DATE: "发布日期",
    FieldName.AUDIENCE: "服务对象",
    FieldName.THEME_NATURAL: "面向自然人事项主题分类",
    FieldName.THEME_LEGAL: "面向法人事项主题分类",
    FieldName.CONDITION: "受理条件",
    FieldName.HANDLING_TYPE: "办件类型",
    FieldName.LEGAL_LIMIT: "法定办结时限",
    FieldName.LEGAL_LIMIT_NOTE: "法定办结时限说明",
    FieldName.PROMISE_LIMIT: "承诺办结时限",
    FieldName.PROMISE_LIMIT_NOTE: "承诺办结时限说明",
    FieldName.VISITS: "到办事现场次数",
    FieldName.VISIT_REASON: "必须现场办理原因",
    FieldName.HANDLING_FORM: "办理形式",
    FieldName.ONLINE: "是否网办",
    FieldName.ONLINE_URL: "网办地址",
    FieldName.OFFLINE_REASON: "不可网办原因",
    FieldName.ONLINE_DEPTH: "网办深度",
    FieldName.MOBILE_URL: "移动端办理地址",
    FieldName.BOOKABLE: "是否支持预约办理",
    FieldName.BOOKING_URL: "在线预约地址",
    FieldName.IN_HALL: "是否进驻政务大厅",
    FieldName.SELF_SERVICE: "是否支持自助终端办理",
    FieldName.LATER_MATERIALS: "是否容缺受理",
    FieldName.COURIER: "是否支持物流快递",
    FieldName.ONLINE_PAYMENT: "是否支持网上支付",
    FieldName.CHARGED: "是否收费",
    FieldName.CHARGES: "收费项目信息",
    FieldName.RANGE: "通办范围",
    FieldName.PLACE: "办理地点",
    FieldName.HOURS: "办理时间",
    FieldName.ENQUIRY_PHONE: "咨询电话",
    FieldName.COMPLAINT_PHONE: "投诉电话",
    FieldName.ONLINE_FLOW: "网上办理流程",
    FieldName.WINDOW_FLOW: "窗口办理流程",
    FieldName.FLOW_STEPS: "办理环节",
    FieldName.LEGAL_BASIS: "设定依据",
    FieldName.INTERMEDIARY: "中介服务",
    FieldName.SPECIAL_PROCEDURE: "特别程序",
    FieldName.MATERIALS: "申请材料",
    FieldName.RESULT_NAME: "办理结果名称",
    FieldName.RESULTS: "审批结果",
    FieldName.RECONSIDERATION: "行政复议",
    FieldName.LITIGATION: "行政诉讼",
    FieldName.QUESTIONS: "常见问题",
    FieldName.TIPS: "温馨提示",
}
LABELS_EN: dict[FieldName, str] = {name: name.value.replace("_", " ") for name in FieldName}
FIELDS_BY_LABEL: dict[str, FieldName] = {label: name for name, label in LABELS_ZH.items()}


class MaterialPart(StrEnum):
    """What a guide says about one required material; values equal the attribute names of ``Material``."""

    NAME = "name"
    KIND = "kind"
    NECESSITY = "necessity"
    SOURCE = "source"
    SOURCE_NOTE = "source_note"
    ORIGINALS = "originals"
    COPIES = "copies"
    MEDIUM = "medium"
    PAPER_FORMAT = "paper_format"
    EXEMPT = "exempt"
    LICENCE = "licence"
    FORMS = "forms"
    SAMPLES = "samples"


PART_LABELS_ZH: dict[MaterialPart, str] = {
    MaterialPart.NAME: "材料名称",
    MaterialPart.KIND: "材料类型",
    MaterialPart.NECESSITY: "材料必要性",
    MaterialPart.SOURCE: "来源渠道",
    MaterialPart.SOURCE_NOTE: "来源渠道说明",
    MaterialPart.ORIGINALS: "原件份数",
    MaterialPart.COPIES: "复印件份数",
    MaterialPart.MEDIUM: "材料形式",
    MaterialPart.PAPER_FORMAT: "纸质材料规格",
    MaterialPart.EXEMPT: "是否免提交",
    MaterialPart.LICENCE: "关联电子证照",
    MaterialPart.FORMS: "空白表格",
    MaterialPart.SAMPLES: "示例样表",
}
