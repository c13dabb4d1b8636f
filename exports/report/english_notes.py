"""The sentences that a score carries, in English: they are kept in Chinese, and a report may be written in either."""

import re
from collections.abc import Callable, Mapping

from domain.imported_part import IMPORTED_PART_TITLES_ZH
from domain.score_part import SCORE_PART_TITLES_ZH

PAIRS: tuple[tuple[str, str], ...] = (
    (
        "有未测得的办事指南，其中可能有主题式服务，找到率一项（占 0.4）未测。",
        "Some guides were not read and may be themes: finding them (0.4) was not measured.",
    ),
    (
        "一致性系数 k 需现场走访、电话或办件数据核验，本次未核验，按 1 计。",
        "k needs visits, calls or case data; unchecked, k = 1.",
    ),
    (
        "准确度未经电话、现场真实性抽查修正，真实率按 1 计。",
        "Accuracy is not corrected by a truth sample (rate 1).",
    ),
    (
        "目标值为占位值，尚待委托方在采样窗口开始前确定。",
        "The target is a placeholder until the client sets it.",
    ),
    (
        "没有可用的法定时限，压缩比例一项未测，本分只反映平均承诺时限。",
        "No legal limit to compare with: promised time alone counts.",
    ),
    (
        "智能客服（占 0.3）未测。",
        "The service desk (0.3) was not heard.",
    ),
    (
        "智能客服（占 0.3）按抽取事项的提问评定，已有人工评定的以人工为准。",
        "The service desk (0.3) was asked about drawn items; people's grades come first.",
    ),
    (
        "智能客服的范围外提问未测。",
        "Questions outside the desk's business were not asked.",
    ),
    (
        "检索部分按已测各项的权重折算；须由人判定的检索词不计分。",
        "Search is re-scaled to what was measured; words that people have to judge do not count.",
    ),
    (
        "易懂性（占 0.4）未经校准，只报特征不计分。",
        "Readability (0.4) is not calibrated: reported, not scored.",
    ),
    (
        "没有足够多的同码事项可比，标准化一项（占 0.3）未测。",
        "Too few items of one code: standardisation (0.3) not measured.",
    ),
    (
        "没有区分两种以上情形的事项，情景化指南一项（占 0.3）没有可计数的对象。",
        "No item tells situations apart: nothing to count (0.3).",
    ),
    (
        "情景化指南按“各情形有各自的业务办理项指南”判断；门户的情形引导未见公开字段，未计入。",
        "Situations count where each has a guide of its own; the portal shows no field for them.",
    ),
    (
        "只计探针实际观察到的评分点，其余评分点不计分子也不计分母。",
        "Only points of the rubric that were seen count, above and below.",
    ),
    (
        "结果能否不到场领取未测。",
        "Whether results come without a visit was not measured.",
    ),
    (
        "未安排预约日历探测，分时段一项未测，本分只反映可预约比例。",
        "No calendar was probed: only the share that can be booked counts.",
    ),
    (
        "未安排在线办理入口探测。",
        "No online entrance was probed.",
    ),
    (
        "探测到的入口都不要求登录，没有可计数的对象。",
        "No entrance asked for a login: nothing to count.",
    ),
    (
        "没有可用的测试账号或入口都不要求登录，单点登录未测。",
        "No test account, or no login asked for: single sign-on not measured.",
    ),
    (
        "只看公众可到达的在线办理入口，公众到不了的系统需另行导入。",
        "Only entrances that the public can reach were looked at.",
    ),
    (
        "门户上未见该单位的主题式服务；应上线的主题清单须由委托方提供。",
        "No themed service seen; the client has to name those due.",
    ),
    (
        "应上线的主题清单未导入，找到率一项（占 0.4）未测，本分只反映已上线主题的可用性。",
        "Themes due are not handed in (0.4): only the use of those online counts.",
    ),
    (
        "没有可判断的移动端入口：未声明、未安排探测，或只能在应用内办理而没有人工观察。",
        "No mobile entrance to judge: none declared, none probed, or inside an app that nobody recorded.",
    ),
    (
        "含人工观察。",
        "With people's observations.",
    ),
    (
        "未到窗口或电话核对的事项不足 20 项（或全部），线下一侧未测，不计分；跨平台比对结果见各项。",
        "Fewer than 20 items checked at the counter or by telephone: not scored.",
    ),
    (
        "跨平台比对一项（占 0.4）未测，本分只反映窗口和电话核对。",
        "Portals were not compared (0.4): counter and telephone alone count.",
    ),
    (
        "依法可不进驻大厅的事项数未导入，未从分母剔除。",
        "Items that the law keeps out of halls are not handed in, hence not taken out.",
    ),
    (
        "门户未见“无需拆分”的公开字段，事项数也未导入，未从分母剔除。",
        "Items that need no splitting are not known, hence not taken out.",
    ),
    (
        "省直单位认领的国家基本目录编码未导入，不计分。",
        "Codes claimed by the province are not handed in: not scored.",
    ),
    (
        "没有基期项数：首轮须导入，以后各轮与上一期快照比较。本次不计分。",
        "The base count is missing: it is handed in for the first round. Not scored.",
    ),
    (
        "没有基期项数：首轮须导入，以后各轮与上一期快照比较。",
        "The base count is missing: it is handed in for the first round.",
    ),
    (
        "本次不计分。",
        "Not scored.",
    ),
    (
        "缺少上半年得分，不出年度得分。",
        "The first half has no score: no year.",
    ),
    (
        "缺少下半年得分，不出年度得分。",
        "The second half has no score: no year.",
    ),
    (
        "缺少上半年、下半年得分，不出年度得分。",
        "Neither half has a score: no year.",
    ),
    (
        "两个半年一个是总分、一个是用户视角部分得分，不可合并。",
        "One half has the full total and the other a partial score: they cannot be added.",
    ),
    (
        "两个半年适用范围的口径不同，不可合并。",
        "The halves were scored in different readings: they cannot be added.",
    ),
    (
        "年度得分取各半年最近一次计分的运行，本次运行不是，故不列年度名次。",
        "The year rests on the latest scored run of each half, and this run is not one of them.",
    ),
    (
        "现有项数按政务服务网公布的行政权力事项（实施编码）计，基期项数须用同一口径。",
        "Powers are counted as published; the base has to be counted alike.",
    ),
    (
        "应区域通办的事项清单未导入，发布一项（占 0.4）未测。",
        "Items due for regional service are not handed in (0.4).",
    ),
    (
        "表单免填写须试填核验，本次没有试填结果，未测。",
        "Forms were not tried: pre-filling not measured.",
    ),
    (
        "免手写签名、免实物印章须由系统数据导入，未导入的部分未测。",
        "Signatures and seals come from system data; what is not handed in is not measured.",
    ),
    (
        "开放广东平台的数据集清单未导入，不计分。",
        "The list of open data sets is not handed in: not scored.",
    ),
    (
        "覆盖面广、使用频率高的事项清单未导入，移动端入口覆盖一项（占 0.5）未测。",
        "Items of wide use are not handed in: mobile coverage (0.5) not measured.",
    ),
    (
        "门户未展示该单位。",
        "The portal does not show the body.",
    ),
    (
        "该单位没有本指标所指的事项，按通知不评估本指标。",
        "The body has no such items: by the notice the row does not apply.",
    ),
    (
        "没有可计数的对象，数据不足。",
        "Nothing to count: insufficient data.",
    ),
    (
        "覆盖率低于最低要求，数据不足。",
        "Coverage below the minimum: insufficient data.",
    ),
    (
        "没有对象的一项不计，其余各项折算。",
        "A term without a case leaves; the others are re-scaled.",
    ),
    (
        "门户列表不完整，已发布事项数不明。",
        "The portal's list is not whole: the number of items is not known.",
    ),
    (
        "两名评审评分相差过大，未采用。",
        "The judges are too far apart: not used.",
    ),
    (
        "报送的数或完整的列表表明没有可计数的对象，本行不计入总分，其余各行折算。",
        "There is surely nothing to count: the row leaves the total.",
    ),
    (
        "本行尚无程序计算。",
        "No program computes this row.",
    ),
    (
        "公式中有部分各项未从用户侧测得。",
        "Part of the formula was not measured from the user's side.",
    ),
    (
        "抽查未做或样本不足，一致性系数 k 按 1 计。",
        "No sample check, or too small a one: k = 1.",
    ),
)
"""What ``scoring/notes.py`` says, and the same in English."""
SENTENCES: Mapping[str, str] = dict(PAIRS)
IDS = {title: id.replace("_", " ") for id, title in {**SCORE_PART_TITLES_ZH, **IMPORTED_PART_TITLES_ZH}.items()}
"""Chinese name of a figure → its id, which is English, in words."""


def _waits(match: re.Match[str]) -> str:
    names = (name.removesuffix("（报送）") for name in match[1].split("、"))
    return (
        f"Waits for other channels: {', '.join(IDS.get(name) or IDS.get(f'{name}（报送）', name) for name in names)}."
    )


PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"待其他渠道报送：(.+)。"), _waits),
    (
        re.compile(r"已核验 (\d+) 项，少于 (\d+) 项，不计入。"),
        lambda match: f"{match[1]} checked, fewer than {match[2]}: not used.",
    ),
    (
        re.compile(r"入口可用率 p = (\d+)/(\d+)，由探测核验。"),
        lambda match: f"Working entrances p = {match[1]}/{match[2]}, by probes.",
    ),
    (
        re.compile(
            r"在线办理入口只探测了 (\d+) 项（可用 (\d+) 项），少于 (\d+) 项，得分按申报计；区间反映未探测部分。"
        ),
        lambda match: (
            f"{match[1]} entrances probed ({match[2]} work), fewer than {match[3]}: the score follows what is "
            "declared, the interval what was not probed."
        ),
    ),
    (
        re.compile(r"得分率按委托方选定的换算方式（(.+)）由比值换算。"),
        lambda match: f"Brought to points by {match[1]}.",
    ),
)


def english_note(note: str) -> str:
    """Write a note sentence by sentence in English; a sentence that is not ours stays as it is."""
    return " ".join(map(_sentence, re.findall(r"[^。]*。|[^。]+$", note)))


def _sentence(told: str) -> str:
    if told in SENTENCES:
        return SENTENCES[told]
    found = ((write, pattern.fullmatch(told)) for pattern, write in PATTERNS)
    return next((write(match) for write, match in found if match), told)
