"use strict";
// Renders a guide from its detail document, in the classes of the portal's second generation.
(async function () {
  const root = document.getElementById("guide");
  const code = root.dataset.code;
  const changed = root.dataset.changed === "1";
  const names = changed
    ? { part: "zwx-block", subtitle: "zwx-cap", table: "zwx-grid", info: "zwx-kv", text: "zwx-text", toggle: "zwx-more",
        attach: "zwx-file", action: "zwx-head-act", head: "zwx-head card", fold: "zwx-fold", affix: "zwx-affix" }
    : { part: "matters-content-part", subtitle: "matters-subtitle", table: "matters-table matters-table-bordered",
        info: "matters-table-info", text: "matters-truncate", toggle: "matters-truncate-toggle",
        attach: "matters-detail-attach", action: "matters-head-action-wrapper", head: "matters-head card",
        fold: "table-collapse-wrapper", affix: "matters-affix" };
  let labels;

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function pick(value, path) {
    const [head, ...rest] = path.split(".");
    if (Array.isArray(value)) value = value[0];
    const found = value && typeof value === "object" ? value[head.replace("[]", "")] : undefined;
    if (!rest.length) return found;
    if (head.endsWith("[]") && Array.isArray(found)) return found.map((entry) => pick(entry, rest.join(".")));
    return pick(found, rest.join("."));
  }

  function show(value) {
    if (value === null || value === undefined) return "";
    if (Array.isArray(value)) return value.map(show).filter(Boolean).join("、");
    if (typeof value === "object") return show(value.ATTACHNAME);
    return String(value);
  }

  function readFirst(document_, paths) {
    for (const path of paths || []) {
      const text = show(pick(document_, path)).trim();
      if (text) return text;
    }
    return "";
  }

  function readRows(document_, paths) {
    for (const path of paths.split("|")) {
      const value = pick(document_, path);
      if (Array.isArray(value) && value.length) return value;
      if (value && typeof value === "object" && !Array.isArray(value)) return [value];
    }
    return [];
  }

  function translate(table, text) {
    return ((labels.codes[table] || {})[text]) || text;
  }

  function pairText(detail, row) {
    let text = readFirst(detail, row.paths);
    if (row.flag) text = translate("flag", text);
    if (row.codes) text = translate(row.codes, text);
    const unit = readFirst(detail, row.units);
    return text && unit ? text + "(" + translate("unit", unit) + ")" : text;
  }

  function fillCell(cell, text, isLink) {
    if (isLink && /^https?:/.test(text)) {
      const link = make("a", "", text);
      link.href = text;
      cell.append(link);
    } else cell.textContent = text || "无";
  }

  function makePairs(detail, part) {
    const table = make("table", names.table + " " + names.info);
    const body = make("tbody");
    const rows = part.rows.filter((row) => !row.optional || pairText(detail, row));
    for (let at = 0; at < rows.length; at += 2) {
      const line = make("tr");
      for (const row of rows.slice(at, at + 2)) {
        line.append(make("th", "", row.label));
        const cell = make("td");
        if (rows.slice(at, at + 2).length === 1) cell.colSpan = 3;
        fillCell(cell, pairText(detail, row), row.link);
        line.append(cell);
      }
      body.append(line);
    }
    table.append(body);
    return table;
  }

  function makeHeader(columns) {
    const head = make("thead");
    const line = make("tr");
    for (const column of columns) {
      const cell = make("th");
      cell.append(make("div", "", column));
      line.append(cell);
    }
    head.append(line);
    return head;
  }

  function cellText(entry, column) {
    const text = readFirst(entry, column[1].split("|"));
    return (column[2] ? translate(column[2], text) : column[0] === "办理环节" ? translate("step", text) : text) || "无";
  }

  function makeTable(detail, part) {
    const rows = readRows(detail, part.rows);
    if (!rows.length) return make("p", names.text, "无");
    const table = make("table", names.table);
    const body = make("tbody");
    for (const entry of rows) {
      const line = make("tr");
      for (const column of part.columns) line.append(make("td", "", cellText(entry, column)));
      body.append(line);
    }
    table.append(makeHeader(part.columns.map((column) => column[0])), body);
    return table;
  }

  function makeText(detail, part) {
    const box = make("div");
    const text = readFirst(detail, part.paths) || "无";
    const paragraph = make("p", names.text, text);
    box.append(paragraph);
    if (text.length > 180) {
      paragraph.classList.add("is-cut");
      const toggle = make("button", names.toggle, "展开");
      toggle.type = "button";
      toggle.onclick = () => {
        toggle.textContent = paragraph.classList.toggle("is-cut") ? "展开" : "收起";
      };
      box.append(toggle);
    }
    return box;
  }

  function makeAttach(files) {
    const cell = make("td");
    if (!files.length) cell.textContent = "无";
    for (const file of files) {
      const link = make("a", names.attach, file.ATTACHNAME || file.name || "下载");
      link.href = "javascript:;";
      link.setAttribute("data-attach", JSON.stringify([file]));
      link.onclick = () => window.open(location.protocol + String(file.FILEPATH || file.waiwang_url).replace(/^https?:/, ""));
      cell.append(link, document.createElement("br"));
    }
    return cell;
  }

  function makeMaterials(detail, part) {
    const rows = readRows(detail, part.rows);
    if (!rows.length) return make("p", names.text, "无需提交材料");
    const wrapper = make("div", names.fold + (rows.length > 5 ? " is-closed" : ""));
    const table = make("table", names.table);
    const body = make("tbody");
    for (const entry of rows) {
      const line = make("tr");
      for (const column of labels.material_columns) line.append(make("td", "", cellText(entry, column)));
      line.append(makeAttach(readRows(entry, "FORM_GUID|blank_att_list")));
      line.append(makeAttach(readRows(entry, "EXAMPLE_GUID|sample_att_list")));
      body.append(line);
    }
    table.append(makeHeader([...labels.material_columns.map((column) => column[0]), "空白表格", "示例样表"]), body);
    wrapper.append(table);
    if (rows.length > 5) wrapper.append(makeFold(wrapper, rows.length));
    return wrapper;
  }

  function makeFold(wrapper, count) {
    const toggle = make("button", names.toggle, "展开全部" + count + "项");
    toggle.type = "button";
    toggle.dataset.toggle = "table-collapse";
    toggle.onclick = () => {
      const closed = wrapper.classList.toggle("is-closed");
      toggle.textContent = closed ? "展开全部" + count + "项" : "收起";
    };
    return toggle;
  }

  function makeContacts(detail, part) {
    const list = make("ul", "rows");
    for (const row of part.rows) {
      const entry = make("li");
      entry.append(make("p", "", row.label), make("p", "", pairText(detail, row) || "无"));
      list.append(entry);
    }
    return list;
  }

  function makeWindows(detail, part) {
    const box = make("div");
    const rows = readRows(detail, part.rows);
    if (!rows.length) box.append(make("p", "", "无线下办理窗口"));
    for (const entry of rows) {
      for (const column of part.columns) {
        box.append(make("p", "muted", column[0]), make("p", "", cellText(entry, column)));
      }
    }
    return box;
  }

  function makeLaws(detail, part) {
    const box = make("div");
    const rows = readRows(detail, part.rows);
    if (!rows.length) box.append(make("p", names.text, "无"));
    for (const entry of rows) {
      const table = make("table", names.table + " " + names.info);
      const title = make("tr");
      const name = make("th", "", readFirst(entry, ["LAWNAME", "clause_name"]) || "无");
      name.colSpan = 2;
      title.append(name);
      table.append(title);
      for (const column of part.columns) {
        const line = make("tr");
        line.append(make("th", "", column[0]), make("td", "", cellText(entry, column)));
        table.append(line);
      }
      box.append(table);
    }
    return box;
  }

  function makeFiles(detail, part) {
    const rows = readRows(detail, part.rows).filter((row) => row && row.FILEPATH);
    const box = make("div");
    if (!rows.length) box.append(make("p", names.text, "无"));
    for (const file of rows) box.append(...makeAttach([file]).childNodes);
    return box;
  }

  const makers = { pairs: makePairs, table: makeTable, text: makeText, materials: makeMaterials, contacts: makeContacts,
    windows: makeWindows, laws: makeLaws, files: makeFiles, questions: makeTable };

  function makeSection(detail, section, number) {
    const block = make("div", names.part);
    if (section.id) block.id = changed ? "zwx-" + section.id : section.id;
    const heading = make("h2", names.subtitle, section.title);
    heading.id = (changed ? "zwx-h" : "matters-part") + number;
    block.append(heading);
    for (const part of section.parts) {
      const box = make("div");
      if (part.title) box.append(make("h3", "", part.title));
      box.append(makers[part.kind](detail, part));
      block.append(box);
    }
    return block;
  }

  function isYes(text) {
    return text === "1" || text === "是";
  }

  function makeLink(text, address) {
    const link = make("a", "", text);
    link.href = address;
    return link;
  }

  function makeActions(detail) {
    const box = make("div", names.action);
    const online = readFirst(detail, ["AUDIT_ITEM.ONLINECHECK", "AUDIT_ITEM.ONLINECHECK_TEXT"]);
    const booked = readFirst(detail, ["AUDIT_ITEM_EXTEND.IS_SCHEDULE", "AUDIT_ITEM_EXTEND.IS_SCHEDULE_TEXT"]);
    const address = readFirst(detail, ["AUDIT_ITEM.TRANSACT_WEB_URL"]);
    const calendar = readFirst(detail, ["AUDIT_ITEM_EXTEND.APPOINTMENT_URL"]);
    if (isYes(online)) box.append(makeLink("在线办理", /^https?:/.test(address) ? address : "javascript:;"));
    if (isYes(booked)) box.append(makeLink("预约", /^https?:/.test(calendar) ? calendar : "javascript:;"));
    return box;
  }

  function makeHead(detail) {
    const head = make("div", names.head);
    const box = make("div");
    const title = make("h1");
    title.append(make("div", names.text + " title-name", readFirst(detail, labels.title)));
    box.append(title, make("p", "muted", readFirst(detail, labels.department)));
    head.append(box, makeActions(detail));
    return head;
  }

  function makeAffix() {
    const box = make("div", names.affix);
    box.append(makeLink("智能客服", "/znkf/index.html"), makeLink("办事进度", "/portal/v2/progress-query-detail"));
    return box;
  }

  function fail(sentence) {
    root.replaceChildren(make("div", "card notice", sentence));
  }

  // The page itself asks once more after an outage, so only what lasts is seen by a citizen.
  async function ask(address) {
    const answer = await fetch(address);
    if (![429, 500, 503].includes(answer.status)) return answer;
    await new Promise((done) => setTimeout(done, 1000 * Number(answer.headers.get("Retry-After") || 0.3)));
    return fetch(address);
  }

  async function load() {
    labels = await (await fetch("/assets/guide_labels.json")).json();
    const source = root.dataset.copied === "1" ? "/portal/v2/guide-copy/" : "/portal/api/v2/item-event/getAuditItemDetailCur?TASK_CODE=";
    const answer = await ask(source + encodeURIComponent(code));
    const text = await answer.text();
    if (!answer.ok) return fail("系统繁忙，请稍后再试（" + answer.status + "）");
    if (text.trimStart().startsWith("<")) {
      document.open();
      document.write(text);
      document.close();
      return undefined;
    }
    const detail = JSON.parse(text);
    if (detail.errCode === "0") return fail(detail.msg);
    document.title = readFirst(detail, labels.title) + " - 广东政务服务网";
    const sections = labels.sections.map((section, at) => makeSection(detail, section, at + 1));
    root.replaceChildren(makeHead(detail), ...sections, makeAffix());
    root.dataset.ready = "1";
    return undefined;
  }

  try {
    await load();
  } catch (error) {
    fail("页面加载失败，请稍后再试");
  }
})();
