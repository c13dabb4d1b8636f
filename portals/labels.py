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
