"""What the portal's bare codes mean, for documents that carry a code without its text (portals.md §3.3)."""

YES_NO = {"0": "否", "1": "是"}
LEVELS = {"1": "国家级", "2": "省级", "3": "市级", "4": "县级", "5": "镇（乡、街道）级", "6": "村（社区）级"}
DEPARTMENT_NATURES = {"1": "法定机关", "2": "授权组织", "3": "受委托组织", "9": "其他"}
HANDLING_TYPES = {"1": "即办件", "2": "承诺件", "9": "其他"}
MATERIAL_KINDS = {"1": "证件证书证明", "2": "申请表格文书", "3": "其他"}
MEDIA = {"1": "纸质", "2": "电子化", "3": "纸质/电子化"}
SOURCES = {"10": "申请人自备", "20": "政府部门核发", "99": "其他"}
NECESSITIES = {"1": "必要", "2": "非必要", "3": "容缺后补"}
RESULT_DOCUMENTS = {"10": "证照", "20": "批文", "30": "其他"}
STEPS = {
    "addressee": "收件",
    "acceptance": "受理",
    "investigate": "审查",
    "decide": "决定",
    "accreditation": "制证",
    "delivery": "送达",
}
