"""The words of the pages about scores and rankings, in both languages."""

SCORE_MESSAGES: dict[str, tuple[str, str]] = {
    "report": ("报告", "Report"),
    "report.take": ("下载 {format}", "Take {format}"),
    "ranking": ("排名与区间", "Ranking with intervals"),
    "ranking.open": ("查看排名、区间与并列档", "Ranks, intervals and bands"),
    "ranking.none": (
        "本次运行没有排名：没有单位的得分达到最低可测权重，或者是旧版工具计的分（重新运行 yuece score 即可）。",
        "This run has no ranking: no body reached the minimum scored weight, or an older tool scored it"
        " (yuece score makes one).",
    ),
    "ranking.note": (
        "名次按公布到两位小数的得分排，相同得分并列（1、2、2、4）。横条是得分的 {level} 区间，竖线是公布的得分；"
        "同一并列档内的单位与该档第一名的先后不足以确定（把握低于 95 %），不宜解读其名次差别。",
        "Ranks follow totals with two decimals, equal ones share a place (1, 2, 2, 4). The bar is the {level} interval"
        " of the total, the tick the published total. Bodies of one band cannot be told from its first one with 95 %"
        " certainty: their ranks should not be read as a difference.",
    ),
    "ranking.certain": ("无抽样误差", "no sampling error"),
    "ranking.year": ("{year} 年度 · ", "Year {year} · "),
    "ranking.year.note": (
        "年度得分由两个半年公布的得分加权得出；两个半年各自独立模拟。",
        "The year is the weighted sum of both published halves; each half is drawn by itself.",
    ),
    "ranking.list": ("{table} · {in_list} · {kind}", "{table} · list {in_list} · {kind}"),
    "reading.narrow": ("窄口径（仅指标文字写明的不适用）", "narrow reading of the exemption"),
    "reading.wide": ("宽口径（无相应事项的指标也不适用）", "wide reading of the exemption"),
    "interval": ("区间", "Interval"),
    "rank_interval": ("名次区间", "Rank interval"),
    "band": ("并列档", "Band"),
    "above_next": ("高于下一名的概率", "P(above the next)"),
    "p_top3": ("进前三的概率", "P(top 3)"),
    "drawn": ("抽取 {draws} 次，随机种子 {seed}", "{draws} draws, seed {seed}"),
    "sensitivity": ("敏感性", "Sensitivity"),
    "sensitivity.none": (
        "没有结果：尚未计算（yuece score --sensitivity），或有得分的单位不足两个。",
        "No result: not computed yet (yuece score --sensitivity), or fewer than two bodies have a score.",
    ),
    "choice": ("选择", "Choice"),
    "variation": ("变化", "Variation"),
    "mean_shift": ("平均位次变动", "Mean rank shift"),
    "max_shift": ("最大", "Largest"),
    "most_moved": ("变动最大的单位", "Moved most"),
    "score.open": ("依据与算式", "Basis and arithmetic"),
    "score.text": ("评估要点（通知原文）", "The notice's text"),
    "score.formula": ("公式", "Formula"),
    "score.map": ("换算", "Map to points"),
    "score.versions": ("版本", "Versions"),
    "score.version_line": (
        "指标 {indicator} v{version}；规则集 {rule_set}；工具 {tool}",
        "indicator {indicator} v{version}; rule set {rule_set}; tool {tool}",
    ),
    "score.targets": ("目标值", "Targets"),
    "score.placeholder": ("占位值，尚待委托方确定", "placeholders, the client has not decided yet"),
    "score.recomputation": ("重算", "Recomputation"),
    "score.no_value": ("没有得分，无可重算。", "There is no value to compute again."),
    "score.used": ("计入（{n} 项）", "Entered ({n})"),
    "score.excluded": ("未计入（{n} 项）", "Left out ({n})"),
    "score.findings": ("所读规则的问题（{n} 条）", "Findings of the rules that it reads ({n})"),
    "score.more": ("另有 {n} 项，见 yuece score --explain … --json 或导出的得分依据。", "{n} more: see the exports."),
    "score.no_basis": (
        "本次计分由旧版工具完成，没有留下公式与目标值。",
        "An older tool scored this run and kept neither formula nor targets.",
    ),
    "score.not_reached.items_missing": ("列表声称但未给出的办事指南", "guides that the listing claimed and never gave"),
    "score.not_reached.probes_not_made": ("计划而未做的探测", "planned probes that were not made"),
    "left_out.why": ("未计入的原因", "Why left out"),
    "input.kind": ("类别", "Kind"),
    "part.value": ("值", "Figure"),
    "name": ("名称", "Name"),
}
