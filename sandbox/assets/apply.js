"use strict";
// The application form: one page at a time, checked field by field; only the last button files anything.
(function () {
  const root = document.getElementById("application");
  const code = root.dataset.code;
  const filled = {};
  let current;

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function isIdNumber(text) {
    if (!/^\d{17}[\dX]$/.test(text)) return false;
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const total = weights.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0);
    return "10X98765432"[total % 11] === text[17];
  }

  const rules = {
    id: [isIdNumber, "身份证号码不正确，请检查校验位"],
    mobile: [(text) => /^1\d{10}$/.test(text), "手机号码应为11位数字"],
    email: [(text) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text), "电子邮箱格式不正确"],
  };

  // What is wrong with an answer: the sentence that a good form says, and the way in which this form says it.
  function complain(field, value) {
    const ways = current.traits.complaints;
    if (field.required && !value) return [(field.options.length ? "请选择" : "请填写") + field.label, ways.required];
    const broken = value && field.rule && !rules[field.rule][0](value);
    return broken ? [rules[field.rule][1], field.rule === "id" ? ways.id : "field"] : ["", "field"];
  }

  function say(place, [sentence, way]) {
    if (sentence && way === "alert") window.alert(sentence);
    place.textContent = way === "field" ? sentence : sentence && way === "vague" ? "输入有误" : "";
  }

  function isList(field) {
    return field.name === "situation" && current.traits.situation_list;
  }

  function readField(field) {
    if (!field.options.length || isList(field)) return document.getElementById("field-" + field.name).value.trim();
    const taken = root.querySelector("input[name=" + field.name + "]:checked");
    return taken ? taken.value : "";
  }

  function check() {
    let good = true;
    const form = root.querySelector("form");
    if (form && !form.reportValidity()) return false;
    for (const field of current.fields) {
      const value = readField(field);
      const [sentence, way] = complain(field, value);
      const row = document.getElementById("row-" + field.name);
      row.classList.toggle("is-wrong", Boolean(sentence) && (way === "field" || way === "vague"));
      say(row.querySelector(".form-error"), [sentence, way]);
      filled[field.name] = [field.label, value];
      good = good && (!sentence || way === "unchecked");
    }
    return good;
  }

  function makeLabel(field) {
    const label = make(field.options.length ? "span" : "label", "form-label", field.label);
    if (!field.options.length && current.traits.labelled) label.htmlFor = "field-" + field.name;
    if (field.required) label.prepend(make("span", "must", "*"));
    return label;
  }

  function makeInput(field) {
    const input = make("input");
    input.type = "text";
    input.id = "field-" + field.name;
    input.name = field.name;
    input.required = field.required;
    input.value = filled[field.name] ? filled[field.name][1] : field.value;
    return input;
  }

  function makeList(field) {
    const list = make("select");
    list.id = "field-" + field.name;
    list.name = field.name;
    list.required = field.required;
    list.setAttribute("aria-label", field.label);
    list.append(new Option("请选择", ""), ...field.options.map((option) => new Option(option, option)));
    list.value = filled[field.name] ? filled[field.name][1] : "";
    return list;
  }

  function makeChoice(field) {
    if (isList(field)) return makeList(field);
    const box = make("div");
    for (const option of field.options) {
      const label = make("label", "choice");
      const input = make("input");
      input.type = "radio";
      input.name = field.name;
      input.value = option;
      input.required = field.required;
      input.checked = Boolean(filled[field.name]) && filled[field.name][1] === option;
      label.append(input, " " + option + "　");
      box.append(label);
    }
    return box;
  }

  function makeRow(field) {
    const row = make("div", "form-row");
    row.id = "row-" + field.name;
    const error = make("span", "form-error");
    error.setAttribute("role", "alert");
    row.append(makeLabel(field), field.options.length ? makeChoice(field) : makeInput(field), error);
    return row;
  }

  function findFileFault(file) {
    const { complaints, kinds, limit_mb } = current.traits;
    const kind = file.name.split(".").pop().toLowerCase();
    if (!kinds.includes(kind) && complaints.type !== "unchecked") {
      return ["文件格式不支持，请上传" + kinds.join("、").toUpperCase() + "格式的文件", complaints.type];
    }
    if (file.size > limit_mb * 1024 * 1024 && complaints.size !== "unchecked") {
      return ["文件大小不能超过" + limit_mb + "MB，请压缩后重新上传", complaints.size];
    }
    return ["", "field"];
  }

  async function upload(input, state) {
    const file = input.files[0];
    if (!file) return;
    const fault = findFileFault(file);
    if (fault[0]) {
      input.value = "";
      state.textContent = current.traits.limits_line;
      if (fault[1] === "alert") window.alert(fault[0]);
      else state.textContent = fault[1] === "field" ? fault[0] : "上传失败";
      return;
    }
    await fetch("/api/upload?name=" + encodeURIComponent(file.name), { method: "POST", body: file }).catch(() => null);
    state.textContent = "已上传：" + file.name;
  }

  function makeUpload(name, at) {
    const row = make("div", "form-row");
    const label = make("label", "form-label", name);
    if (current.traits.labelled) label.htmlFor = "file-" + at;
    const input = make("input");
    input.type = "file";
    input.id = "file-" + at;
    input.accept = current.traits.accept;
    const state = make("div", "form-hint", current.traits.limits_line);
    input.onchange = () => upload(input, state);
    const side = make("div");
    side.append(state);
    if (current.traits.licence) side.append(makeButton("选用电子证照", "plain pick-licence", () => undefined));
    row.append(label, input, side);
    return row;
  }

  function makeConfirm() {
    const box = make("div");
    for (const [label, value] of Object.values(filled)) {
      const row = make("div", "form-row");
      row.append(make("span", "form-label muted", label), make("span", "", value || "未填写"));
      box.append(row);
    }
    const receipt = current.traits.receipt ? "提交成功后将生成业务流水号，并出具电子受理回执。" : "";
    box.append(make("p", "notice-line", "请核对以上信息。提交后将由受理部门审查。" + receipt));
    if (current.traits.messages) box.append(makeMessages());
    box.append(makeLinks());
    return box;
  }

  function makeMessages() {
    const line = make("p", "apply-messages");
    const label = make("label");
    const input = make("input");
    input.type = "checkbox";
    label.append(input, " 接收办件进度短信通知");
    line.append(label);
    return line;
  }

  function makeLinks() {
    const line = make("p", "apply-links");
    const progress = make("a", "", "办件进度查询");
const pages = { alive: "/portal/v2/progress-query-detail", dead: "/portal/v2/progress-old", empty: "/?region=441700" };
    progress.href = root.dataset.www + pages[current.traits.progress];
    const rate = make("a", "", "服务评价（非常满意）");
    rate.href = root.dataset.www + "/portal/rate?score=1";
    if (current.traits.progress !== "none") line.append(progress, "　");
    if (current.traits.rating) line.append(rate);
    return line;
  }

  function makeButton(text, className, action) {
    const button = make("button", "button " + className, text);
    button.type = "button";
    button.onclick = action;
    return button;
  }

  function makeButtons() {
    const line = make("div", "form-buttons");
    if (current.number > 1) line.append(makeButton("上一步", "plain previous-step", () => load(current.number - 1)));
    if (current.traits.draft === "button") line.append(makeButton("暂存草稿", "plain save-draft", () => post("/api/draft")));
    if (current.kind === "confirm") line.append(makeButton("提交申请", "warm submit-application", submit));
    else if (current.way_on) line.append(makeButton("下一步", "next-step", goOn));
    return line;
  }

  function post(path) {
    const body = JSON.stringify({ code, page: current.number, fields: filled });
    return fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body }).catch(() => null);
  }

  async function goOn() {
    if (!check()) return;
    if (root.dataset.autosave === "1") await post("/api/draft");
    await load(current.number + 1);
  }

  async function submit() {
    const answer = await post("/api/submit");
    const sentence = answer && answer.ok ? "提交成功，您的申请已送达受理部门" : "提交失败，请稍后再试";
    root.querySelector(".form-body").replaceChildren(make("div", "notice submit-state", sentence));
  }

  function draw() {
    document.querySelectorAll(".steps li").forEach((step, at) => step.classList.toggle("is-current", at + 1 <= current.number));
    // A form that leaves empty fields to the browser: the browser itself points at the first one.
    const body = make(current.traits.complaints.required === "bubble" ? "form" : "div", "form-body");
    body.onsubmit = (event) => event.preventDefault();
    body.append(make("h2", "page-title", current.title));
    body.append(...current.fields.map(makeRow), ...current.materials.map(makeUpload));
    if (current.kind === "confirm") body.append(makeConfirm());
    if (current.traits.draft === "told" || root.dataset.autosave === "1") {
      body.append(make("p", "form-hint", "填写内容将自动保存为草稿，30天内可以继续办理。"));
    }
    body.append(makeButtons());
    root.replaceChildren(body);
    root.dataset.page = String(current.number);
  }

  async function load(number) {
    const answer = await fetch("/api/page?code=" + encodeURIComponent(code) + "&page=" + number);
    const page = await answer.json();
    if (answer.status === 401) {
      location.href = page.login;
      return;
    }
    current = page;
    draw();
  }

  load(1);
})();
