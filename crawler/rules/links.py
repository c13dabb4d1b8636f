"""The entrances that a guide promises, tried: online handling and booking lead somewhere."""

from crawler.published_addresses import entrance_of
from crawler.rules.example_files import BOOKING_URL, ONLINE_URL, dead, dossier
from crawler.rules.occasions import judge_answers
from crawler.rules.rule import DossierCheck, LooksAt, RuleKind, dossier_rule
from crawler.rules.wording import shorten
from domain.address_visit import AddressUse
from domain.dossier import Dossier
from domain.guide_fields import LABELS_ZH, FieldName
from domain.verdict import Verdict, not_applicable

SOURCE = "portals.md §5（网办地址、在线预约地址）；methodology.md §3.2（不同日期、时段三次访问后方可认定）"
BOUND = (
    "声明了{}并给出完整地址的办事指南；转到统一身份认证登录页算有效，三次不同时间访问都失败才算，"
    "被防火墙、验证码、限流或 robots.txt 挡住不算。"
)


def leads_somewhere(use: AddressUse, field: FieldName) -> DossierCheck:
    """Make a check that the entrance for a use answers."""

    def check(dossier: Dossier) -> Verdict:
        url = entrance_of(dossier.guide, use)
        if url is None:
            return not_applicable("没有声明这项服务，或没有给出完整地址")
        record = (dossier.addresses or {}).get(url)
        return judge_answers([(f"{LABELS_ZH[field]}“{shorten(url, 80)}”", record)], "恢复服务或更换为有效地址")

    return check


dossier_rule(
    "online.answers",
    looks_at=LooksAt.ADDRESSES,
    title="网办地址打得开",
    failure_title="网办地址打不开",
    why="入口打不开，“可以网办”就是空话，群众只能再跑窗口。",
    source=SOURCE,
    applicability=BOUND.format("可以网办"),
    kind=RuleKind.ACCURACY,
    field=FieldName.ONLINE_URL,
    passing=dossier(),
    failing=dossier(dead(ONLINE_URL, 3, status=500)),
)(leads_somewhere(AddressUse.ONLINE, FieldName.ONLINE_URL))

dossier_rule(
    "booking.answers",
    looks_at=LooksAt.ADDRESSES,
    title="在线预约地址打得开",
    failure_title="在线预约地址打不开",
    why="预约入口打不开，群众只能到现场排队。",
    source=SOURCE,
    applicability=BOUND.format("可以预约"),
    kind=RuleKind.ACCURACY,
    field=FieldName.BOOKING_URL,
    passing=dossier(),
    failing=dossier(dead(BOOKING_URL, 3)),
)(leads_somewhere(AddressUse.BOOKING, FieldName.BOOKING_URL))
