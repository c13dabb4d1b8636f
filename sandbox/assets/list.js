"use strict";
// Lists items in the browser, for the search page and the theme page; asks the list endpoint page by page.
(function () {
  const box = document.getElementById("results");
  const size = 10;

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function makeCard(record) {
    const card = make("div", "result-card");
    const left = make("div");
    const heading = make("h3");
    const link = make("a", "result-name", record.TASK_NAME);
    link.href = "/portal/v2/guide/" + record.TASK_CODE;
    heading.append(link);
    left.append(heading, make("span", "result-dept muted", (record.DEPT_NAME || "") + "　" + (record.TASK_TYPE_TEXT || "")));
    const guide = make("a", "button plain", "办事指南");
    guide.href = link.href;
    card.append(left, guide);
    return card;
  }

  function makePager(page, total) {
    const pager = make("div", "pager");
    const last = Math.max(1, Math.ceil(total / size));
    for (const [text, target] of [["上一页", page - 1], ["下一页", page + 1]]) {
      const button = make("button", text === "下一页" ? "next-page" : "previous-page", text);
      button.type = "button";
      button.disabled = target < 1 || target > last;
      button.onclick = () => load(target);
      pager.append(button);
    }
    pager.prepend(make("span", "page-state", "第 " + page + " / " + last + " 页"));
    return pager;
  }

  function query(page) {
    return JSON.stringify({ PAGENO: String(page), PAGESIZE: size, TASK_TYPE: "", DEPT_CODE: "", AREA_CODE: box.dataset.region,
      ISLOCALLEVEL: 0, KEY_WORD: box.dataset.keyword, TYPE: box.dataset.type || "", IS_ONLINE: "", TASKTAG: 1,
      LIMIT_SCENE_SUM: 0, IS_ZERO_SECNE: "" });
  }

  function draw(answer, page) {
    const records = answer.CUSTOM.AUDIT_ITEMLIST;
    const total = answer.CUSTOM.PAGEINFO.TOTALNUM;
    if (!records.length && page === 1) {
      box.replaceChildren(make("div", "result-empty", "未找到相关事项，请更换关键词后重试"));
    } else {
      const count = make("p", "result-count muted", "共 " + total + " 条结果");
      box.replaceChildren(count, ...records.map(makeCard), makePager(page, total));
    }
    box.dataset.ready = String(page);
  }

  async function load(page) {
    try {
      const answer = await fetch("/portal/api/v2/solr/getCommonAuditItem",
        { method: "POST", headers: { "Content-Type": "application/json" }, body: query(page) });
      draw(await answer.json(), page);
    } catch (error) {
      box.replaceChildren(make("div", "result-empty", "加载失败，请稍后再试"));
    }
  }

  load(1);
})();
