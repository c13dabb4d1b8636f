"""Sentences that a score carries to the evaluator wherever a number says less than its row asks for."""

CONSISTENCY_UNCHECKED = "一致性系数 k 需现场走访、电话或办件数据核验，本次未核验，按 1 计。"
TRUTH_UNCHECKED = "准确度未经电话、现场真实性抽查修正，真实率按 1 计。"
PLACEHOLDER_TARGETS = "目标值为占位值，尚待委托方在采样窗口开始前确定。"
NO_LEGAL_LIMIT = "没有可用的法定时限，压缩比例一项未测，本分只反映平均承诺时限。"
NO_SERVICE_DESK = "智能客服（占 0.3）未测。"
DESK_SAMPLED = "智能客服（占 0.3）按抽取事项的提问评定，已有人工评定的以人工为准。"
NO_DESK_CONTROLS = "智能客服的范围外提问未测。"
SEARCH_IN_PART = "检索部分按已测各项的权重折算；须由人判定的检索词不计分。"
READABILITY_UNCALIBRATED = "易懂性未经校准，只报特征不计分。"
READABILITY_ALONE = "标准化和情景化指南两项（各占 0.3）未测，本分只反映易懂性。"
RUBRIC_IN_PART = "只计探针实际观察到的评分点，其余评分点不计分子也不计分母。"
RESULT_BY_POST_UNCHECKED = "结果能否不到场领取未测。"
SLOTS_UNCHECKED = "未安排预约日历探测，分时段一项未测，本分只反映可预约比例。"
NO_ENTRANCES = "未安排在线办理入口探测。"
NO_LOGIN_SEEN = "探测到的入口都不要求登录，没有可计数的对象。"
NO_LOGIN_TRIED = "没有可用的测试账号或入口都不要求登录，单点登录未测。"
PUBLIC_ENTRANCES_ONLY = "只看公众可到达的在线办理入口，公众到不了的系统需另行导入。"
NO_THEMES = "门户上未见该单位的主题式服务；应上线的主题清单须由委托方提供。"
THEMES_DUE_UNKNOWN = "应上线的主题清单未导入，找到率一项（占 0.4）未测，本分只反映已上线主题的可用性。"
NO_MOBILE_ENTRIES = "没有可判断的移动端入口：未声明、未安排探测，或只能在应用内办理而没有人工观察。"
MOBILE_IN_PART = (
    "覆盖面广、使用频率高的事项清单（占 0.5）和移动端办件占比（占 0.2）未导入，本分只反映移动端入口能否打开。"
)
WITH_MANUAL = "含人工观察。"
OFFLINE_UNSEEN = "未到窗口或电话核对的事项不足 20 项（或全部），线下一侧未测，不计分；跨平台比对结果见各项。"
SITE_ALONE = "跨平台比对一项（占 0.4）未测，本分只反映窗口和电话核对。"
NOT_SHOWN = "门户未展示该单位。"
EXEMPT = "该单位没有本指标所指的事项，按通知不评估本指标。"
NOTHING_TO_COUNT = "没有可计数的对象，数据不足。"
COVERAGE_TOO_LOW = "覆盖率低于最低要求，数据不足。"


def join_notes(*notes: str) -> str:
    """Put sentences together, leaving out empty ones."""
    return "".join(note for note in notes if note)
