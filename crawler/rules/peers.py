"""Rules that need the other guides of the crawl: standardised fields, copied values, items listed twice."""

from collections.abc import Callable, Iterable

from crawler.rules.example_guide import good_guide
from crawler.rules.rule import DossierCheck, LooksAt, RuleKind, dossier_rule
from domain.dossier import Dossier
from domain.guide_fields import LABELS_ZH, FieldName, FieldState
from domain.peers import ForeignPhone, GuideReference, PeerCopy, PeerDifference, Peers
from domain.verdict import Verdict, failed, not_applicable, passed

STANDARDISED = "methodology.md §3.5 (matched items), guide_checkpoints.yaml"
COPIED = "portals.md §5 (phone note: a pure copy-paste error)"
ENOUGH_PEERS = "至少四个单位发布同一基本编码（内容还须同名）、且七成以上表述一致的事项；套餐不比"
WHOLE_CRAWL = "整夜采集的全部事项，套餐不比；热线、政务服务大厅等共用的号码和地址不算"
EXCERPT = 60  # characters of a value inside a sentence
OTHER = GuideReference(
    item_id="other-item", department="阳江市另一局", code="11441700MB2C912265344011203400200", title="另一事项"
)


def peers_of(dossier: Dossier) -> Peers:
    """Return the peers; the judge has made sure that somebody looked."""
    return dossier.peers or Peers()


def example_peers(**found: object) -> Callable[[], Dossier]:
    """Return a maker of the good guide with something that stands out beside its peers."""
    return lambda: Dossier(guide=good_guide(), peers=Peers.model_validate(found))


def name(reference: GuideReference) -> str:
    """Name another guide in a sentence."""
    return f"{reference.department}“{shorten(reference.title)}”（{reference.code}）"


def shorten(text: str) -> str:
    """Cut a long value for a sentence."""
    plain = " ".join(text.split())
    return plain if len(plain) <= EXCERPT else f"{plain[:EXCERPT]}…"


def explain(difference: PeerDifference) -> str:
    """Say what the others state and what this guide states."""
    label = LABELS_ZH[difference.field]
    who = f"同一基本编码的{difference.bodies}个单位中有{difference.agreeing}个{label}一致"
    if difference.field is FieldName.MATERIALS:
        return (
            f"{who}，本指南{compare_lists(difference.own, difference.common)}；请核对，例如{name(difference.example)}"
        )
    return f"{who}，为“{shorten(difference.common)}”，本指南为“{shorten(difference.own)}”；请核对统一"


def compare_lists(own: str, common: str) -> str:
    """Say which materials are missing and which are added."""
    here, there = own.split("；"), common.split("；")
    missing = [entry for entry in there if entry not in here]
    added = [entry for entry in here if entry not in there]
    parts = [f"{word}“{shorten('、'.join(names))}”" for word, names in (("缺少", missing), ("多出", added)) if names]
    return "，".join(parts) or "材料名称写法不同"


def standardised(field: FieldName) -> DossierCheck:
    """Make the check that a field says what the other bodies with the same basic code say."""

    def check(dossier: Dossier) -> Verdict:
        found = [difference for difference in peers_of(dossier).differences if difference.field is field]
        if found:
            return failed(FieldState.INCONSISTENT, explain(found[0]), excerpt=found[0].own)
        if field in peers_of(dossier).compared:
            return passed()
        return not_applicable("没有足够多的同码事项表述一致，无从比对")

    return check


def differing(field: FieldName, own: str, common: str) -> Callable[[], Dossier]:
    """Return a maker of a dossier whose guide deviates in one field."""
    difference = PeerDifference(field=field, own=own, common=common, agreeing=6, bodies=7, example=OTHER)
    return example_peers(compared=(field,), differences=(difference,))


FIELDS: tuple[tuple[str, FieldName, str, str, str], ...] = (
    (
        "name",
        FieldName.NAME,
        "场所卫生证",
        "公共场所卫生许可",
        "同一件事在不同地方叫不同的名字，群众搜不到，也无法比较。",
    ),
    (
        "condition",
        FieldName.CONDITION,
        "有固定经营场所",
        "经营场所符合国家卫生标准，从业人员健康合格",
        "同一件事各地条件不一，群众换个地方办就可能被拒。",
    ),
    (
        "materials",
        FieldName.MATERIALS,
        "申请表；户口簿",
        "申请表；场所平面布局图",
        "同一件事多要或少要材料，群众会白跑一趟。",
    ),
    (
        "legal-limit",
        FieldName.LEGAL_LIMIT,
        "60(工作日)",
        "20(工作日)",
        "法定时限由法律统一规定，同一事项不应因地而异。",
    ),
)
for _id, _field, _own, _common, _why in FIELDS:
    dossier_rule(
        f"peers.{_id}",
        looks_at=LooksAt.PEERS,
        title=f"{LABELS_ZH[_field]}与同一基本编码的其他单位一致",
        failure_title=f"{LABELS_ZH[_field]}与同一基本编码的多数单位不一致",
        why=_why,
        source=STANDARDISED,
        applicability=ENOUGH_PEERS,
        kind=RuleKind.ACCURACY,
        field=_field,
        passing=example_peers(compared=(_field,)),
        failing=differing(_field, _own, _common),
    )(standardised(_field))


def copied(dossier: Dossier, fields: Iterable[FieldName], hint: str) -> Verdict:
    """Judge whether one of these fields holds another body's value."""
    wanted = frozenset(fields)
    found = [copy for copy in peers_of(dossier).copies if copy.field in wanted]
    if not found:
        return passed()
    first = found[0]
    reason = f"{LABELS_ZH[first.field]}“{shorten(first.excerpt)}”是{name(first.source)}的，疑为抄错；{hint}"
    return failed(
        FieldState.INCONSISTENT,
        reason,
        excerpt=first.excerpt,
        checked=len(found),
        failed=len(found),
        field=first.field,
    )


def holding(field: FieldName, excerpt: str) -> Callable[[], Dossier]:
    """Return a maker of a dossier whose guide holds another body's value."""
    return example_peers(copies=(PeerCopy(field=field, excerpt=excerpt, source=OTHER),))


@dossier_rule(
    "peers.place-copied",
    looks_at=LooksAt.PEERS,
    title="办理地点是本单位的",
    failure_title="办理地点是另一单位的，疑为抄错",
    why="地点抄错，群众会走到别的单位门口。",
    source=COPIED,
    applicability=WHOLE_CRAWL,
    kind=RuleKind.ACCURACY,
    field=FieldName.PLACE,
    checkpoint="G6",
    passing=example_peers(),
    failing=holding(FieldName.PLACE, "阳江市江城区东风一路1号三楼"),
)
def place_copied(dossier: Dossier) -> Verdict:
    return copied(dossier, (FieldName.PLACE,), "请改为本单位的办理地点")


@dossier_rule(
    "peers.phone-copied",
    looks_at=LooksAt.PEERS,
    title="电话是本单位的",
    failure_title="电话是另一单位的，疑为抄错",
    why="电话抄错，群众问到的是不相干的单位。",
    source=COPIED,
    applicability=WHOLE_CRAWL,
    kind=RuleKind.ACCURACY,
    field=FieldName.ENQUIRY_PHONE,
    checkpoint="G8",
    passing=example_peers(),
    failing=holding(FieldName.ENQUIRY_PHONE, "3421123"),
)
def phone_copied(dossier: Dossier) -> Verdict:
    return copied(dossier, (FieldName.ENQUIRY_PHONE, FieldName.COMPLAINT_PHONE), "请改为本单位的电话")


@dossier_rule(
    "peers.text-copied",
    looks_at=LooksAt.PEERS,
    title="受理条件和办理流程说的是本事项",
    failure_title="受理条件或办理流程照抄了另一事项",
    why="照抄别的事项，群众按错误的条件准备，白费功夫。",
    source=COPIED,
    applicability=WHOLE_CRAWL,
    kind=RuleKind.ACCURACY,
    field=FieldName.CONDITION,
    checkpoint="G1",
    passing=example_peers(),
    failing=holding(FieldName.CONDITION, "申请办理另一事项的单位应当依法登记并有固定场所。"),
)
def text_copied(dossier: Dossier) -> Verdict:
    fields = (FieldName.CONDITION, FieldName.WINDOW_FLOW, FieldName.ONLINE_FLOW)
    return copied(dossier, fields, "请按本事项重写")


@dossier_rule(
    "peers.phone-of-another-city",
    looks_at=LooksAt.PEERS,
    title="电话不是外市机构的",
    failure_title="电话是外市一家机构的号码，疑为抄错",
    why="打过去是外市的机构，群众的事没人接。",
    source=COPIED,
    applicability=WHOLE_CRAWL,
    kind=RuleKind.ACCURACY,
    field=FieldName.ENQUIRY_PHONE,
    checkpoint="G8",
    passing=example_peers(),
    failing=example_peers(
        foreign_phones=(ForeignPhone(field=FieldName.ENQUIRY_PHONE, number="0662-3681111", city="阳江"),)
    ),
)
def phone_of_another_city(dossier: Dossier) -> Verdict:
    found = peers_of(dossier).foreign_phones
    if not found:
        return passed()
    first = found[0]
    reason = f"{LABELS_ZH[first.field]}{first.number}是{first.city}一家机构的号码，疑为抄错；请改为本单位的电话"
    return failed(
        FieldState.INCONSISTENT,
        reason,
        excerpt=first.number,
        checked=len(found),
        failed=len(found),
        field=first.field,
    )


@dossier_rule(
    "peers.listed-twice",
    looks_at=LooksAt.PEERS,
    title="同一单位没有重复发布同一指南",
    failure_title="同一单位把同一指南发布了两次",
    why="两份一样的指南，群众不知道该点哪一份，改了一份另一份就错。",
    source="methodology.md §3.2 (population: each item once)",
    applicability="同一实施主体发布的全部事项",
    kind=RuleKind.ACCURACY,
    field=FieldName.NAME,
    passing=example_peers(),
    failing=example_peers(twins=(OTHER,)),
)
def listed_twice(dossier: Dossier) -> Verdict:
    twins = peers_of(dossier).twins
    if not twins:
        return passed()
    reason = f"名称和内容与本单位的另一份指南（{twins[0].code}）完全相同；请保留一份，下架其余{len(twins)}份"
    return failed(FieldState.INCONSISTENT, reason, excerpt=dossier.guide.title)


@dossier_rule(
    "peers.situations-alike",
    looks_at=LooksAt.PEERS,
    title="同一事项的各个情形名称能分清",
    failure_title="同一事项的几个情形名称一样，分不清",
    why="情形同名，群众只能逐个点开猜哪个是自己的。",
    source="portals.md §5 (业务办理项 name)",
    applicability="拆分了业务办理项的事项",
    kind=RuleKind.ACCURACY,
    field=FieldName.NAME,
    passing=example_peers(),
    failing=example_peers(situations=(OTHER,)),
)
def situations_alike(dossier: Dossier) -> Verdict:
    alike = peers_of(dossier).situations
    if not alike:
        return passed()
    codes = "、".join(reference.code for reference in alike[:3])
    reason = f"同一实施编码下另有{len(alike)}个情形同名（{codes}），内容却不同；请在名称后用括号写明各自的情形"
    return failed(FieldState.INCONSISTENT, reason, excerpt=dossier.guide.title)
