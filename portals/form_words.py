"""The words by which an application form says what it offers, since portals share words sooner than markup."""

import re

DRAFT_CONTROL = re.compile(r"草稿|暂存|保存(?:后)?(?:续填|继续|下次)")
DRAFT_TOLD = re.compile(r"自动保存|保存(?:为|成)?草稿|草稿.{0,8}(?:保存|续办|继续)")
LICENCE = re.compile(r"(?:选用|引用|选择|使用|关联|调用)电子证照|电子证照库|免提交|证照共享")
RECEIPT = re.compile(r"回执|流水号|(?:受理|办件|申办|业务|查询)(?:编号|号码?)|受理通知书|取件码")
MESSAGES = re.compile(r"(?:短信|消息|微信|粤省事)(?:通知|提醒|推送|告知)")
ENQUIRY = re.compile(r"流水号|(?:受理|办件|办理|申办|业务|查询)(?:编号|号码?)|查询(?:码|密码)|我的办件")
DELIVERY = re.compile(r"(?:领取|送达|取件|领证|取证|邮寄|发证)")
REMOTE = re.compile(r"快递|邮寄|邮政|速递|物流|网上|电子|下载|推送")
SITUATION = re.compile(r"情形|办理类型|业务类型|申请类型")
FORMAT = re.compile(r"pdf|jpe?g|png|docx?|图片|word", re.I)
SIZE_LIMIT = re.compile(r"(?P<amount>\d+)\s*(?P<unit>MB?|KB?|兆)", re.I)
INSTRUCTION = re.compile(
    r"请(?:先|重新)?(?:填写|输入|选择|勾选|上传|检查|核对|修改|补充|压缩)|不能为空|必填|应[为当]|[须需]为|必须|校验|位数|仅?支持"
    r"|不(?:能|得)?超过|[小大]于|以[内下]|格式为|[Pp]lease (?:fill|enter|select|choose)"
)
"""A sentence with one of these tells what to do; 输入有误 and 上传失败 alone do not."""
PRAISE = re.compile(r"已上传|上传成功|正在上传|上传中|保存成功")
COMMON_FORMATS = (re.compile("jpe?g"), re.compile("png"), re.compile("pdf"))
COMMON_LIMIT_KB = 5 * 1024


def tells_limits(hint: str) -> bool:
    """Say whether the words beside an upload name formats and a size limit."""
    return FORMAT.search(SIZE_LIMIT.sub("", hint)) is not None and SIZE_LIMIT.search(hint) is not None


def size_limit_kb(hint: str) -> int | None:
    """Return the size limit that a hint names; ``None`` where it names none."""
    found = SIZE_LIMIT.search(hint)
    if found is None:
        return None
    return int(found["amount"]) * (1 if found["unit"].upper().startswith("K") else 1024)


def takes_common_formats(accepted: str, hint: str) -> bool | None:
    """Say whether jpg, png and pdf of at least 5 MB are taken (methodology.md §5, 材料提交).

    ``None`` where no format is ruled out and no size is told.
    """
    told = f"{accepted} {hint}".lower()
    names_formats = any(pattern.search(told) for pattern in COMMON_FORMATS) or bool(accepted)
    if names_formats and not all(pattern.search(told) for pattern in COMMON_FORMATS):
        return False
    limit = size_limit_kb(hint)
    return None if limit is None else limit >= COMMON_LIMIT_KB


def tells_what_to_do(message: str) -> bool:
    """Say whether a complaint tells the citizen what to do about it."""
    return INSTRUCTION.search(message) is not None


def without_visit(delivery: str) -> bool:
    """Say whether a way to get the result needs no visit."""
    return REMOTE.search(delivery) is not None
