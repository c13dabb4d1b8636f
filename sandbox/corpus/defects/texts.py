"""Defects of the wording of texts: damaged characters, what nobody was meant to see, and words that say nothing."""

from collections.abc import Callable

from sandbox.corpus.defects.fitness import has_condition, has_online_flow
from sandbox.corpus.defects.registry import defect
from sandbox.corpus.document import Draft
from sandbox.corpus.identities import make_identity_number, make_mobile_number, make_person

ZERO_WIDTH = "\u200b"
BIDI = "\u202e"
LAW_TEXT = (
    "《中华人民共和国行政许可法》第十二条规定：下列事项可以设定行政许可：（一）直接涉及国家安全、公共安全、经济宏观调控、"
    "生态环境保护以及直接关系人身健康、生命财产安全等特定活动，需要按照法定条件予以批准的事项。"
)
LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore."
Wording = Callable[[str, Draft], str]


def condition_defect(kind: str, sentence: str) -> Callable[[Wording], Wording]:
    """Register a change of wording of 受理条件."""

    def register(change: Wording) -> Wording:
        def spoil(draft: Draft) -> None:
            draft.item["ACCEPT_CONDITION"] = change(draft.item["ACCEPT_CONDITION"], draft)

        defect(
            kind,
            field="受理条件",
            where="AUDIT_ITEM.ACCEPT_CONDITION",
            checkpoint="G1",
            fits=has_condition,
            sentence=sentence,
        )(spoil)
        return change

    return register


def flow_defect(kind: str, sentence: str) -> Callable[[Wording], Wording]:
    """Register a change of wording of 网上办理流程."""

    def register(change: Wording) -> Wording:
        def spoil(draft: Draft) -> None:
            draft.item["WSBLLC"] = change(draft.item["WSBLLC"], draft)

        defect(
            kind,
            field="网上办理流程",
            also=("办理流程",),
            where="AUDIT_ITEM.WSBLLC",
            checkpoint="G15",
            fits=has_online_flow,
            sentence=sentence,
        )(spoil)
        return change

    return register


@condition_defect("condition-mojibake", "受理条件整段乱码（UTF-8 被当作西文读出）")
def misread(text: str, _draft: Draft) -> str:
    return text.encode().decode("latin-1")


@condition_defect("condition-lost-characters", "受理条件中有无法显示的替换字符")
def lose(text: str, _draft: Draft) -> str:
    return text[:12] + "\ufffd\ufffd" + text[14:]


@condition_defect("condition-kun-jin-kao", "受理条件里有“锟斤拷”一类的编码损坏")
def damage(text: str, _draft: Draft) -> str:
    return text[:15] + "锟斤拷锟斤拷" + text[19:]


@condition_defect("condition-invisible-characters", "受理条件里夹着看不见的字符，搜索和复制都会出错")
def sprinkle(text: str, _draft: Draft) -> str:
    return ZERO_WIDTH.join(text[:9]) + BIDI + text[9:]


@condition_defect("condition-law-copied", "受理条件只是照抄法律条文，没有说申请人要满足什么")
def copy_law(_text: str, _draft: Draft) -> str:
    return LAW_TEXT


@condition_defect("condition-only-lawful", "受理条件只写“符合法律法规规定”，没有具体条件")
def stay_general(_text: str, _draft: Draft) -> str:
    return "符合法律、法规规定的条件。"


@condition_defect("condition-keyboard-mash", "受理条件是随手敲的字符")
def mash(_text: str, _draft: Draft) -> str:
    return "asdfghjkl;qwer123"


@condition_defect("condition-test-words", "受理条件是测试时留下的字样")
def leave_test(_text: str, _draft: Draft) -> str:
    return "测试测试test001"


@condition_defect("condition-with-identity-number", "受理条件里公开了办事人的身份证号码")
def publish_identity(text: str, draft: Draft) -> str:
    who = ("condition", draft.plan.item_id)
    return f"{text}（参考已办件：{make_person(*who)}，身份证号{make_identity_number(*who)}）"


@condition_defect("condition-trial-expired", "受理条件写着早已到期的试行期限")
def expire(text: str, _draft: Draft) -> str:
    return f"{text}以上条件试行至2019年12月31日。"


@flow_defect("flow-lorem", "网上办理流程是排版用的外文填充字")
def fill_in(_text: str, _draft: Draft) -> str:
    return LOREM


@flow_defect("flow-intranet-address", "网上办理流程让群众登录内网地址")
def lead_inside(text: str, _draft: Draft) -> str:
    return text.replace("1.申请：", "1.申请：打开http://192.168.10.5:9080/oa/login.jsp填写预审表，", 1)


@flow_defect("flow-with-mobile-number", "网上办理流程里公开了办事人的姓名和手机号码")
def publish_mobile(text: str, draft: Draft) -> str:
    who = ("flow", draft.plan.item_id)
    return f"{text}样例办件申请人：{make_person(*who)}，手机{make_mobile_number(*who)}。"


@flow_defect("flow-with-nbsp", "网上办理流程露出网页的空格代码")
def leave_spaces(text: str, _draft: Draft) -> str:
    return text.replace("；", "；&nbsp;&nbsp;")


@flow_defect("flow-cut-off", "网上办理流程写到一半断了")
def cut(text: str, _draft: Draft) -> str:
    return text[: text.index("3.审查：") + 8]


@defect(
    "name-invisible-characters",
    field="事项名称",
    where="AUDIT_ITEM.TASK_NAME",
    checkpoint="G1",
    sentence="事项名称里夹着看不见的字符，搜索不到",
)
def spoil_name(draft: Draft) -> None:
    name = draft.item["TASK_NAME"]
    draft.item["TASK_NAME"] = name[:2] + ZERO_WIDTH + name[2:]


@defect(
    "list-name-differs",
    field="事项名称",
    where="AUDIT_ITEM.TASK_NAME",
    checkpoint="G1",
    sentence="指南里的事项名称与列表中的不一致",
)
def spoil_list_name(draft: Draft) -> None:
    draft.item["TASK_NAME"] = f"{draft.item['CATANAME']}（旧版指南）"
    draft.item["YW_NAME"] = draft.item["TASK_NAME"] if draft.item["YW_CODE"] else ""
