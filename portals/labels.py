"""Which labels a portal's templates print for a field, so that none passes for a value (portals.md §1.6)."""

from domain.guide_fields import LABELS_ZH, FieldName

OTHER_LABELS: dict[FieldName, tuple[str, ...]] = {
    FieldName.PROMISE_LIMIT: ("承诺办理时限", "承诺时限", "承诺期限"),
    FieldName.LEGAL_LIMIT: ("法定办理时限", "法定时限"),
    FieldName.VISITS: ("到现场次数", "到办理现场次数"),
    FieldName.HANDLING_TYPE: ("办理类型",),
    FieldName.DEPARTMENT: ("实施机构", "受理机构", "部门名称"),
    FieldName.ONLINE_DEPTH: ("网上办理深度",),
    FieldName.BOOKABLE: ("支持预约办理", "是否支持网上预约办理", "预约办理"),
    FieldName.ENQUIRY_PHONE: ("联系电话",),
    FieldName.COMPLAINT_PHONE: ("监督电话", "监督投诉渠道"),
    FieldName.HOURS: ("办公时间",),
    FieldName.RESULT_NAME: ("审批结果名称", "结果名称"),
}
"""Synonyms across the templates, beside the label that this project shows."""

PRINTED_LABELS: dict[FieldName, tuple[str, ...]] = {
    name: (label, *OTHER_LABELS.get(name, ())) for name, label in LABELS_ZH.items()
}
FIELDS_BY_PRINTED_LABEL: dict[str, FieldName] = {
    label: name for name, labels in PRINTED_LABELS.items() for label in labels
}

FIELDS_BY_COLUMN: dict[str, FieldName] = {
    "材料名称": FieldName.MATERIALS,
    "收费项目名称": FieldName.CHARGES,
    "问题": FieldName.QUESTIONS,
}
"""Columns whose cells together are what a guide says about a table."""

UNREAD_LABELS: frozenset[str] = frozenset(
    {
        "事项名称短语",
        "承诺办结时限说明",
        "是否告知承诺制",
        "联办机构",
        "是否支持自助终端办理",
        "事项版本",
        "国家事项编码",
        "通办类型",
        "通办区域",
        "通办形式",
        "权力来源",
        "审批服务形式",
        "业务系统",
        "审批结果类型",
        "结果类型",
        "受理范围",
        "数量限制",
        "咨询地址",
        "投诉地址",
        "窗口名称",
        "办公电话",
        "位置指引",
        "收费标准",
        "收费方式",
        "收费依据",
        "依据文号",
        "条款号",
        "颁布机关",
        "实施日期",
        "条款内容",
        "申请人权利",
        "申请人义务",
        "复议部门",
        "复议电话",
        "复议地址",
        "诉讼部门",
        "诉讼电话",
        "诉讼地址",
        "审批人",
        "审查标准",
        "送达方式",
    }
)
"""Labels that a page or a print bears for what is not compared: in running text they end the value before them."""

SECTIONS: frozenset[str] = frozenset(
    {
        "基本信息",
        "基础信息",
        "编码代码",
        "跨域通办",
        "审批信息",
        "审批结果",
        "特别程序",
        "中介服务",
        "受理标准",
        "受理范围",
        "办理流程",
        "申请材料",
        "材料清单",
        "咨询监督",
        "窗口办理",
        "办理窗口",
        "许可收费",
        "收费项目信息",
        "设定依据",
        "法律依据",
        "权利与义务",
        "法律救济",
        "常见问题",
        "其他信息",
    }
)
"""Headings of a guide (portals.md §1.6)."""
