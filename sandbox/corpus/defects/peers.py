"""Defects that only a look at several guides shows: no common standard, texts of others, one thing published twice."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from sandbox.corpus.codes import make_task
from sandbox.corpus.defects.place import set_enquiry
from sandbox.corpus.defects.registry import EVERYTHING, Case, Neighbourhood, group_defect
from sandbox.corpus.document import Draft, make_draft
from sandbox.corpus.plan import PENALTY, GuidePlan, Limit

KIN_MIN = 5  # other bodies with the same thing: enough to say what is usual
OWNER_GUIDES_MIN = 8  # guides of a body that all print its telephone: then it is clearly its own
SAME_CODE_EXAMPLES = 3


def is_free(draft: Draft) -> bool:
    """Say whether nothing was planted in a guide yet."""
    return not draft.defects and not draft.touched


def pick(drafts: Sequence[Draft], rng: random.Random, fits: Callable[[GuidePlan], bool]) -> Draft | None:
    """Draw a free guide that suits."""
    suitable = [draft for draft in drafts if is_free(draft) and fits(draft.plan)]
    return rng.choice(suitable) if suitable else None


def is_power(plan: GuidePlan) -> bool:
    """Say whether the guide is about a power that is applied for."""
    return plan.facts.applied_for and plan.entry.stem.task_type != PENALTY


def stand_out(around: Neighbourhood, rng: random.Random, change: Callable[[Draft], None]) -> Case | None:
    """Let one county say something else than all others about the same thing; none of its kin is spoilt so yet."""

    def fits(plan: GuidePlan) -> bool:
        return is_power(plan) and plan.kin >= KIN_MIN and plan.office.level == "4" and bool(plan.papers)

    taken = {one.plan.kind for one in around.drafts if "异于同类" in one.touched}
    host = pick(around.drafts, rng, lambda plan: fits(plan) and plan.kind not in taken)
    kin = [other for other in around.list_kin(host) if is_free(other)] if host else []
    if host is None or len(kin) < KIN_MIN:
        return None
    change(host)
    return Case(accused=(host,), partners=kin)


@group_defect(
    "peers-other-name",
    field="事项名称",
    where="AUDIT_ITEM.TASK_NAME",
    checkpoint="G1",
    touches=("异于同类", "编码", "事项名称"),
    sentence="同一基本编码的事项，别的县（市、区）都用同一名称，只有这里另起了一个",
)
def name_otherwise(around: Neighbourhood, rng: random.Random) -> Case | None:
    def change(draft: Draft) -> None:
        stem = draft.plan.entry.stem
        name = f"关于{stem.name}的申请办理{f'（{draft.plan.entry.variant}）' if draft.plan.entry.variant else ''}"
        rename(draft, name)

    return stand_out(around, rng, change)


@group_defect(
    "peers-other-condition",
    field="受理条件",
    where="AUDIT_ITEM.ACCEPT_CONDITION",
    checkpoint="G1",
    touches=("异于同类", "编码", "事项名称"),
    sentence="同一基本编码的事项，只有这里加了别处都没有的受理条件",
)
def ask_more(around: Neighbourhood, rng: random.Random) -> Case | None:
    def change(draft: Draft) -> None:
        draft.item["ACCEPT_CONDITION"] = (
            "1.申请人在本县连续居住满五年或者在本县注册满五年；2.申请人取得所在村（居）委会的书面同意；"
            "3.申请人已经缴清本县的各项费用。"
        )

    return stand_out(around, rng, change)


@group_defect(
    "peers-other-materials",
    field="申请材料",
    also=("材料名称",),
    where="AUDIT_MATERIAL[].MATERIAL_NAME",
    checkpoint="G11",
    touches=("异于同类", "编码", "事项名称", "材料二"),
    sentence="同一基本编码的事项，只有这里多要别处都不要的材料",
)
def want_more(around: Neighbourhood, rng: random.Random) -> Case | None:
    def change(draft: Draft) -> None:
        last = draft.materials[-1]
        for number, name in enumerate(("村（居）委会同意证明", "近三年完税情况说明"), len(draft.materials) + 1):
            own = {"ORDERNUM": str(number), "ROWGUID": f"{last['ROWGUID'][:-2]}{number:02d}", "MATERIAL_NAME": name}
            note = {"SOURCE_TYPE": "10", "SOURCE_TYPE_TEXT": "申请人自备", "SOURCE_EXPLAIN": "由申请人自行准备"}
            plain = {"SUBMISSIONREQUIRED": "0", "ISRELATELICENSE": "0", "ISRELATELICENSE_TEXT": "否"}
            count = {"PAGE_NUM": "1", "PAGE_COPYNUM": "0", "ZZHDZB": "3", "ZZHDZB_TEXT": "纸质/电子化"}
            draft.materials.append({**last, **own, **note, **plain, **count, "PAGE_FORMAT": "A4"})

    return stand_out(around, rng, change)


@group_defect(
    "peers-other-legal-limit",
    field="法定办结时限",
    also=("法定办结时限说明",),
    where="AUDIT_ITEM.ANTICIPATE_DAY",
    checkpoint="G4",
    touches=("异于同类", "编码", "事项名称", "承诺办结时限"),
    sentence="同一基本编码、同一法律依据的事项，只有这里的法定办结时限不同",
)
def take_longer(around: Neighbourhood, rng: random.Random) -> Case | None:
    def change(draft: Draft) -> None:
        days = (draft.facts.legal or Limit(days=0)).days + 15
        draft.item.update({"ANTICIPATE_DAY": str(days), "FDBLSXSM": f"自受理之日起{days}个工作日内办结"})
        draft.facts = replace(draft.facts, legal=Limit(days=days))

    return stand_out(around, rng, change)


def rename(draft: Draft, name: str) -> None:
    """Give a guide another name everywhere it is shown, and in the search."""
    draft.item["TASK_NAME"] = draft.record["TASK_NAME"] = name
    draft.item["YW_NAME"] = name if draft.item["YW_CODE"] else ""
    draft.plan = replace(draft.plan, shown_name=name)


def pick_owner(around: Neighbourhood, rng: random.Random, host: Draft) -> Draft | None:
    """Draw a guide of another body with another seat and many guides, whose window is in its own premises."""
    owners = [
        draft
        for body, group in around.bodies.items()
        if body != host.plan.body and len(group) >= OWNER_GUIDES_MIN
        for draft in group
        if draft.plan.has_window
        and not draft.plan.facts.in_hall
        and draft.plan.office.area != host.plan.office.area
        and is_free(draft)
    ]
    return rng.choice(owners) if owners else None


@group_defect(
    "copied-place",
    field="办理地点",
    also=("窗口办理",),
    where="AUDIT_CATALOG_LOBBY[0]",
    checkpoint="G6",
    touches=("窗口",),
    sentence="办理地点是从别的地方、别的单位的指南里抄来的",
)
def copy_place(around: Neighbourhood, rng: random.Random) -> Case | None:
    host = pick(around.drafts, rng, lambda plan: plan.has_window and not plan.facts.in_hall)
    owner = pick_owner(around, rng, host) if host else None
    if host is None or owner is None:
        return None
    host.windows[0] = {**host.windows[0], **{key: owner.windows[0][key] for key in ("NAME", "ADDRESS", "ORG_NAME")}}
    return Case(accused=(host,), partners=(owner,))


@group_defect(
    "copied-phone",
    field="咨询电话",
    also=("咨询方式",),
    where="AUDIT_ITEM.LINK_TEL",
    checkpoint="G8",
    touches=("电话",),
    sentence="咨询电话是从别的单位的指南里抄来的",
)
def copy_phone(around: Neighbourhood, rng: random.Random) -> Case | None:
    host = pick(around.drafts, rng, lambda plan: bool(plan.item_id))
    if host is None:
        return None
    numbers: dict[str, list[Draft]] = {}
    for draft in around.drafts:
        numbers.setdefault(draft.item["LINK_TEL"], []).append(draft)
    # Within one building a telephone may well be shared, so the owner sits in another town.
    owners = [
        group
        for group in numbers.values()
        if len(group) >= OWNER_GUIDES_MIN
        and len({one.plan.body for one in group}) == 1
        and group[0].plan.office.area != host.plan.office.area
    ]
    if not owners:
        return None
    group = rng.choice(owners)
    set_enquiry(host, group[0].item["LINK_TEL"])
    return Case(accused=(host,), partners=[one for one in group if is_free(one)][:SAME_CODE_EXAMPLES])


@group_defect(
    "copied-flow",
    field="窗口办理流程",
    also=("办理流程", "网上办理流程"),
    where="AUDIT_ITEM.CKBLLC",
    checkpoint="G15",
    sentence="办理流程是抄来的，里面写着别的单位的名称",
)
def copy_flow(around: Neighbourhood, rng: random.Random) -> Case | None:
    host = pick(around.drafts, rng, lambda plan: is_power(plan) and plan.has_window and plan.office.level == "4")
    kin = [other for other in around.list_kin(host) if other.plan.has_window and is_free(other)] if host else []
    kin = [other for other in kin if other.plan.office.level == "4"]
    if host is None or not kin:
        return None
    source = rng.choice(kin)
    host.item["CKBLLC"] = source.item["CKBLLC"]
    return Case(accused=(host,), partners=(source,))


@group_defect(
    "situations-same-name",
    field="事项名称",
    also=("业务办理项名称",),
    where="AUDIT_ITEM.TASK_NAME",
    checkpoint="G1",
    touches=("编码",),
    sentence="同一事项的两个业务办理项都只写了事项的名称，群众分不清该办哪一个",
)
def name_alike(around: Neighbourhood, rng: random.Random) -> Case | None:
    groups: dict[str, list[Draft]] = {}
    for draft in around.drafts:
        if draft.plan.handling_code and is_free(draft):
            groups.setdefault(draft.plan.task_code, []).append(draft)
    pairs = [group for group in groups.values() if len(group) >= 2]
    if not pairs:
        return None
    pair = rng.sample(rng.choice(pairs), 2)
    parent, codes = pair[0].plan.entry.stem.name, {draft.plan.handling_code for draft in pair}
    for draft in pair:
        rename(draft, parent)
    for draft in around.bodies[pair[0].plan.body]:
        for row in draft.document["OTHER_GUIDES"] or ():
            if row["YW_CODE"] in codes:
                row["YW_NAME"] = parent
    return Case(accused=pair)


def twin_plan(original: GuidePlan, place_of: GuidePlan) -> GuidePlan:
    """Plan the second publication: everything alike but the codes' sub-item."""
    stem = original.entry.stem
    basic = f"{stem.basic[:-3]}002"
    task = make_task(uscc=original.office.uscc, level=original.office.level, basic=basic)
    entry = replace(original.entry, stem=replace(stem, basic=basic))
    return replace(original, item_id=place_of.item_id, task_code=task, entry=entry, kin=0)


@group_defect(
    "listed-twice",
    field="事项名称",
    also=("实施编码", "基本编码"),
    where="AUDIT_ITEM.TASK_NAME",
    checkpoint="G1",
    touches=(EVERYTHING,),  # spoilt in a second way, the two would no longer be the same guide
    sentence="同一单位把同一份指南用两个编码公布了两次",
)
def publish_twice(around: Neighbourhood, rng: random.Random) -> Case | None:
    def fits(plan: GuidePlan) -> bool:
        return is_power(plan) and plan.handling_code is None and plan.entry.stem.basic.endswith("000")

    original = pick(around.drafts, rng, fits)
    if original is None:
        return None
    others = [one for one in around.bodies[original.plan.body] if is_free(one) and one is not original]
    others = [one for one in others if not one.plan.siblings and one.plan.kin == 0] or [
        one for one in others if not one.plan.siblings
    ]
    if not others:
        return None
    twin = rng.choice(others)
    fresh = make_draft(twin_plan(original.plan, twin.plan), twin.origins)
    twin.plan, twin.facts, twin.document = fresh.plan, fresh.facts, fresh.document
    twin.record, twin.files, twin.near_misses = fresh.record, fresh.files, fresh.near_misses
    return Case(accused=(original, twin))
