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

  function complain(field, value) {
    if (field.required && !value) return (field.options.length ? "请选择" : "请填写") + field.label;
    if (value && field.rule && !rules[field.rule][0](value)) return rules[field.rule][1];
    return "";
  }

  function readField(field) {
    if (!field.options.length) return document.getElementById("field-" + field.name).value.trim();
    const taken = root.querySelector("input[name=" + field.name + "]:checked");
    return taken ? taken.value : "";
  }

  function check() {
    let good = true;
    for (const field of current.fields) {
      const value = readField(field);
      const message = complain(field, value);
      const row = document.getElementById("row-" + field.name);
      row.classList.toggle("is-wrong", Boolean(message));
      row.querySelector(".form-error").textContent = message;
      filled[field.name] = [field.label, value];
      good = good && !message;
    }
    return good;
  }

  function makeLabel(field) {
    const label = make(field.options.length ? "span" : "label", "form-label", field.label);
    if (!field.options.length) label.htmlFor = "field-" + field.name;
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

  function makeChoice(field) {
    const box = make("div");
    for (const option of field.options) {
      const label = make("label", "choice");
      const input = make("input");
      input.type = "radio";
      input.name = field.name;
      input.value = option;
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

  async function upload(input, state) {
    const file = input.files[0];
    if (!file) return;
    if (file.size > 10 * 1024 * 1024) {
      state.textContent = "文件大小不能超过10MB";
      return;
    }
    await fetch("/api/upload?name=" + encodeURIComponent(file.name), { method: "POST", body: file }).catch(() => null);
    state.textContent = "已上传：" + file.name;
  }

  function makeUpload(name, at) {
    const row = make("div", "form-row");
    const label = make("label", "form-label", name);
    label.htmlFor = "file-" + at;
    const input = make("input");
    input.type = "file";
    input.id = "file-" + at;
    input.accept = ".pdf,.jpg,.jpeg,.png,.doc,.docx";
    const state = make("span", "form-hint", "支持PDF、JPG、PNG、DOC格式，单个文件不超过10MB；可提交前补充");
    input.onchange = () => upload(input, state);
    row.append(label, input, state);
    return row;
  }

  function makeConfirm() {
    const box = make("div");
    for (const [label, value] of Object.values(filled)) {
      const row = make("div", "form-row");
      row.append(make("span", "form-label muted", label), make("span", "", value || "未填写"));
      box.append(row);
    }
    const promise = make("p", "notice-line", "请核对以上信息。提交后将由受理部门审查，届时可查询办件进度。");
    box.append(promise, makeLinks());
    return box;
  }

  function makeLinks() {
    const line = make("p", "apply-links");
    const progress = make("a", "", "办件进度查询");
    progress.href = root.dataset.www + "/portal/v2/progress-query-detail";
    const rate = make("a", "", "服务评价（非常满意）");
    rate.href = root.dataset.www + "/portal/rate?score=1";
    line.append(progress, "　|　", rate);
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
    const body = make("div", "form-body");
    body.append(make("h2", "page-title", current.title));
    body.append(...current.fields.map(makeRow), ...current.materials.map(makeUpload));
    if (current.kind === "confirm") body.append(makeConfirm());
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
