"""Things that look like defects and are legitimate: a checker that reports them cries wolf."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sandbox.corpus.attachments import make_attachment
from sandbox.corpus.defects.fitness import has_materials, is_power
from sandbox.corpus.defects.identity import recode
from sandbox.corpus.defects.place import set_complaint, set_enquiry
from sandbox.corpus.document import Draft
from sandbox.corpus.plan import PUBLIC_SERVICE, Facts, GuidePlan, Limit

FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


@dataclass(frozen=True, kw_only=True)
class NearMiss:
    """A legitimate oddity: why it is no defect, which guides can show it, how it is written."""

    kind: str
    why: str
    fits: Callable[[GuidePlan], bool]
    write: Callable[[Draft], None]
    touches: frozenset[str]
    claim: Callable[[Facts], Facts] = lambda facts: facts

    def plant(self, draft: Draft) -> None:
        """Write the oddity and note it."""
        self.write(draft)
        draft.facts = self.claim(draft.facts)
        draft.touched |= self.touches
        draft.near_misses.append((self.kind, self.why))


def local(draft: Draft) -> str:
    """Return the seven local digits of the enquiry telephone."""
    return str(draft.item["LINK_TEL"])[-7:]


def write_hotlines(draft: Draft) -> None:
    """Give the citizen hotline for enquiry and complaint alike."""
    set_enquiry(draft, "0662-12345")
    set_complaint(draft, "0662-12345")


def write_legal_none(draft: Draft) -> None:
    """Say in words that the law sets no limit."""
    draft.item.update(dict.fromkeys(("ANTICIPATE_DAY", "ANTICIPATE_TYPE", "ANTICIPATE_TYPE_TEXT"), ""))
    draft.item["FDBLSXSM"] = "无法定办结时限：现行法律法规未对本事项规定办结时限"


def write_mixed_units(draft: Draft) -> None:
    """Give the legal limit in calendar days beside a promise in working days."""
    draft.item.update(
        {
            "ANTICIPATE_DAY": "90",
            "ANTICIPATE_TYPE": "Z",
            "ANTICIPATE_TYPE_TEXT": "自然日",
            "FDBLSXSM": "自受理之日起90个自然日内办结",
        }
    )


def write_equal_limits(draft: Draft) -> None:
    """Promise exactly what the law allows."""
    days = draft.item["PROMISE_DAY"]
    draft.item.update({"ANTICIPATE_DAY": days, "FDBLSXSM": f"自受理之日起{days}个工作日内办结"})


def write_temporary_code(draft: Draft) -> None:
    """Give the body a temporary code, which begins with TE and has no check character."""
    temporary = f"TE{draft.plan.office.area}{draft.plan.office.org[:8]}99"
    recode(draft, temporary + draft.item["TASK_CODE"][18:])
    draft.item["TONGYI_CODE"] = temporary


def write_no_intermediary(draft: Draft) -> None:
    """Say 无 where an intermediary would be named."""
    draft.document["ZHONGJIE_SERVICE"] = [{"INTERMEDIARYSERVICES": "无", "INTERMEDIARYSERVICESCODE": "", "JOINT": ""}]


def write_sub_office(draft: Draft) -> None:
    """Name a second window in a town beside the first."""
    office = draft.plan.office
    first = draft.windows[0]
    road = f"阳江市{office.town}文明路8号便民服务中心2号窗口"
    draft.windows.append({**first, "NAME": f"{office.town}便民服务中心", "ADDRESS": road, "WINDOW_CODE": "901"})


def has_legal(plan: GuidePlan) -> bool:
    """Say whether an application item states both limits."""
    return is_power(plan) and plan.facts.legal is not None and plan.facts.promise is not None


def may_lack_legal(plan: GuidePlan) -> bool:
    """Say whether the item's kind may have no legal limit: other powers and public services."""
    return plan.entry.stem.task_type in ("20", PUBLIC_SERVICE) and plan.facts.legal is not None


def swap_sample(draft: Draft) -> None:
    """Give the sample as a picture of a filled form, as offices often do."""
    row = draft.materials[0]
    row["EXAMPLE_GUID"] = draft.attach(
        make_attachment(name=f"{row['MATERIAL_NAME']}（样表）", form="png", lines=(draft.plan.item_id, "样表"))
    )


PHONES = frozenset({"电话", "咨询电话", "投诉电话"})
LIMITS = frozenset({"法定办结时限", "承诺办结时限", "办件类型"})


def phone(kind: str, why: str, write: Callable[[Draft], None]) -> NearMiss:
    """Make a near miss about the enquiry telephone."""
    return NearMiss(kind=kind, why=why, fits=lambda plan: bool(plan.item_id), write=write, touches=PHONES)


NEAR_MISSES: tuple[NearMiss, ...] = (
    phone("extension-phone", "分机号写作“转2”", lambda draft: set_enquiry(draft, f"0662-{local(draft)}转2")),
    phone(
        "several-phones", "两个号码以分号相连", lambda draft: set_enquiry(draft, f"0662-{local(draft)}；0662-3410000")
    ),
    phone(
        "full-width-phone", "全角数字", lambda draft: set_enquiry(draft, f"0662-{local(draft)}".translate(FULL_WIDTH))
    ),
    phone("bracket-phone", "区号写在括号里", lambda draft: set_enquiry(draft, f"（0662）{local(draft)}")),
    phone("dash-variant-phone", "连字符是破折号", lambda draft: set_enquiry(draft, f"0662–{local(draft)}")),
    phone("sentence-phone", "号码写在句子里", lambda draft: set_enquiry(draft, f"请拨打12345或者0662-{local(draft)}")),
    phone("hotline-phone", "12333 一类的服务热线没有区号", lambda draft: set_enquiry(draft, "12333")),
    phone("national-400-phone", "400 号码没有区号", lambda draft: set_enquiry(draft, "400-700-0662")),
    phone("hotline-as-both-phones", "咨询与投诉同为 12345 热线", write_hotlines),
    NearMiss(
        kind="legal-limit-none-reasoned",
        why="没有法定时限，并说明了理由",
        fits=may_lack_legal,
        write=write_legal_none,
        touches=LIMITS,
        claim=lambda facts: replace(facts, legal=None),
    ),
    NearMiss(
        kind="mixed-limit-units",
        why="法定时限以自然日计，承诺时限以工作日计",
        fits=has_legal,
        write=write_mixed_units,
        touches=LIMITS,
        claim=lambda facts: replace(facts, legal=Limit(days=90, unit="Z")),
    ),
    NearMiss(
        kind="equal-limits",
        why="承诺时限等于法定时限",
        fits=has_legal,
        write=write_equal_limits,
        touches=LIMITS,
        claim=lambda facts: replace(facts, legal=facts.promise),
    ),
    NearMiss(
        kind="temporary-code",
        why="TE 开头的临时代码没有校验位",
        fits=lambda plan: plan.office.level == "4",
        write=write_temporary_code,
        touches=frozenset({"编码", "实施编码"}),
    ),
    NearMiss(
        kind="intermediary-none-said",
        why="中介服务明写“无”",
        fits=lambda plan: not plan.intermediary,
        write=write_no_intermediary,
        touches=frozenset({"中介服务"}),
    ),
    NearMiss(
        kind="second-window-in-town",
        why="镇街便民服务中心也可以办理",
        fits=lambda plan: plan.has_window,
        write=write_sub_office,
        touches=frozenset({"办理地点", "窗口"}),
    ),
    NearMiss(
        kind="sample-is-other-file-type",
        why="样表与空白表的文件类型不同，内容也不同",
        fits=has_materials,
        write=swap_sample,
        touches=frozenset({"示例样本", "表格文件"}),
    ),
)


def note_natural(draft: Draft) -> None:
    """Record the oddities that a clean plan has by itself."""
    plan, item = draft.plan, draft.item
    signs = (
        ("no-materials-said", plan.says_no_papers, "明写“无需提交材料”"),
        (
            "zero-visits-without-window",
            plan.facts.visits == 0 and not plan.has_window,
            "不跑动也没有窗口，不需要地点和时间",
        ),
        ("national-basic-code", item["CATALOG_CODE"].startswith("00"), "国家目录的基本编码以 00 开头"),
        ("instant-within-one-day", plan.facts.instant, "即办件写 1 个工作日"),
        ("company-credit-code", plan.office.uscc.startswith("91"), "企业的统一社会信用代码以 91 开头"),
        ("institution-credit-code", plan.office.uscc.startswith("12"), "事业单位的统一社会信用代码以 12 开头"),
    )
    draft.near_misses += [(kind, why) for kind, shown, why in signs if shown]
