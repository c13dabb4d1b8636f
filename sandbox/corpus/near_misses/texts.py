"""Wordings that look damaged, foreign, private or empty and are in order."""

from collections.abc import Callable

from sandbox.corpus.codes import USCC_ALPHABET
from sandbox.corpus.defects.fitness import has_condition, has_online_flow
from sandbox.corpus.defects.legal_basis import first_law
from sandbox.corpus.document import Draft
from sandbox.corpus.near_misses.registry import near_miss, note

ADDED_CONDITIONS = {
    "condition-less-than": ("小于号是数学符号，不是网页标记", "经营场所面积<50平方米的，适用简易程序，且面积>20平方米"),
    "condition-clause-like-address": ("规范的条号像网络地址", "符合《建筑设计防火规范》第10.1.2.3条的要求"),
    "condition-physical-test": ("“体能测试”不是测试数据", "申请人通过体能测试和心理测试"),
    "condition-english-terms": ("英文是通用的缩写", "论文被SCI或者EI收录，并提交PDF格式的检索证明"),
    "condition-public-address": ("公开网站的地址", "已在 https://www.gdzwfw.gov.cn 完成实名注册"),
    "condition-past-date": ("过去的日期是施行日期，不是期限", "2019年1月1日以后取得的证书有效"),
    "condition-names-superior": ("条件里提到上级部门", "按规定须先报广东省人民政府备案的，已经完成备案"),
    "condition-full-width-indent": ("段首空两个全角空格是排版习惯", "　　以上条件须同时满足"),
    "condition-long-number": ("十八位的受理编号不是身份证号码", "持有编号形如441700202413450017的受理回执"),
    "condition-test-word-in-name": ("“测试”是检测机构的名称", "由具备资质的环境测试中心出具检测报告"),
}
"""Kind → why it is in order, and the condition that is added."""


def add_condition(text: str) -> Callable[[Draft], None]:
    """Make the function that adds a condition."""

    def write(draft: Draft) -> None:
        draft.item["ACCEPT_CONDITION"] = draft.item["ACCEPT_CONDITION"].rstrip("。") + f"；{text}。"

    return write


for _kind, (_why, _text) in ADDED_CONDITIONS.items():
    note(_kind, _why, "受理条件", fits=has_condition, standard=True, write=add_condition(_text))


@near_miss(
    "condition-credit-code",
    "统一社会信用代码不是身份证号码",
    "受理条件",
    fits=lambda plan: has_condition(plan) and plan.kin == 0,
)
def write_credit_code(draft: Draft) -> None:
    code = draft.plan.office.uscc
    if code[0] not in USCC_ALPHABET:
        raise ValueError(f"{code} is no credit code")
    add_condition(f"缴款户名的统一社会信用代码为{code}")(draft)


@near_miss("flow-without-numbers", "流程不写序号，用箭头表示", "办理流程", "网上办理流程", fits=has_online_flow)
def write_arrows(draft: Draft) -> None:
    draft.item["WSBLLC"] = "申请→受理→审查→决定→送达，各环节的要求见办理环节表。"


@near_miss("law-mentioned-as-history", "条款里说明旧法已被民法典取代", "设定依据", "条款内容")
def write_history(draft: Draft) -> None:
    first_law(draft)["TERMSCONTENT"] += "（原《中华人民共和国合同法》已由《中华人民共和国民法典》取代。）"


@near_miss("order-number-without-year", "国务院令的文号可以不带年份", "设定依据", "依据文号")
def write_order_number(draft: Draft) -> None:
    row = first_law(draft)
    row |= {
        "LAWNAME": "国务院对确需保留的行政审批项目设定行政许可的决定",
        "ACCORDINGNUMBER": "国务院令第412号",
        "TERMSNUMBER": "附件第33项",
        "TERMSCONTENT": "附件第33项：由县级以上地方人民政府有关主管部门实施。",
        "BFJG": "国务院",
        "SSRQ": "2004-07-01",
    }


@near_miss(
    "answer-takes-up-question",
    "解答先重复问题再给出内容",
    "常见问题",
    fits=lambda plan: plan.entry.stem.task_type == "01",
)
def write_answer(draft: Draft) -> None:
    row = draft.document["AUDIT_QA"][0]
    row["ANSWER"] = f"{row['QUESTION'].rstrip('？')}：可以，须提交授权委托书。"


@near_miss(
    "only-other-theme", "主题只有“其他”", "主题", "面向自然人事项主题分类", fits=lambda plan: plan.serves_persons
)
def write_other_theme(draft: Draft) -> None:
    draft.extend["THEME_NATURAL_TYPE_TEXT"] = "其他"


@near_miss(
    "mobile-claim-in-words", "流程里说可在粤省事办理，属于自行声明", "网上办理流程", "办理流程", fits=has_online_flow
)
def write_mobile_claim(draft: Draft) -> None:
    draft.item["WSBLLC"] = draft.item["WSBLLC"].rstrip("。") + "；也可在粤省事小程序搜索本事项办理。"
