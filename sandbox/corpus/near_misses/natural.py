"""Oddities that clean plans have by themselves and that a checker must leave alone."""

from sandbox.corpus.document import Draft


def note_natural(draft: Draft) -> None:
    """Record the oddities that a clean plan has by itself."""
    plan, item = draft.plan, draft.item
    kin = plan.kin > 0
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
        ("standard-text-shared", kin and bool(plan.condition), "全省统一的受理条件，各单位一字不差"),
        ("promise-differs-from-kin", kin and plan.facts.promise != plan.facts.legal, "各地自行压缩承诺时限，互不相同"),
        ("plain-http-bare-address", plan.facts.online, "网办地址是没有域名的普通网址"),
        ("entrance-behind-login", plan.application.kind == "login_only", "网办地址先到统一身份认证登录页"),
        ("system-of-department", plan.application.kind == "external", "网办地址是部门自己的系统"),
        ("situations-with-own-names", bool(plan.siblings), "同一事项的业务办理项各有名称"),
        ("two-visits-with-reason", plan.facts.visits == 2, "须到现场两次，并写明了原因"),
        ("hall-shared-by-bodies", plan.facts.in_hall, "多个单位同在一个政务服务中心"),
    )
    draft.near_misses += [(kind, why) for kind, shown, why in signs if shown]
