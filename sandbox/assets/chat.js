"use strict";
// Talks to the service desk: sends a question, shows the answer with its cards and the choices that it offers.
(function () {
  const box = document.getElementById("desk");
  const answers = document.getElementById("answers");
  const input = document.getElementById("question");
  let about = "";

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function ask(question) {
    if (box.dataset.method === "GET") {
      return fetch(box.dataset.endpoint + "?" + new URLSearchParams({ question, about }));
    }
    return fetch(box.dataset.endpoint,
      { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ question, about }) });
  }

  function makeLine(answer, question) {
    const line = make("div", "desk-line desk-answer");
    line.append(make("p", "desk-text", answer.text));
    for (const link of answer.links) {
      const card = make("a", "desk-card", link.title);
      card.href = link.url;
      line.append(card);
    }
    for (const text of answer.buttons) {
      const button = make("button", "desk-choice", text);
      button.type = "button";
      button.onclick = () => send(text, question);
      line.append(button);
    }
    return line;
  }

  async function send(question, earlier) {
    about = earlier || "";
    answers.append(make("div", "desk-line desk-question", question));
    const waiting = make("div", "desk-line desk-waiting", "正在输入…");
    answers.append(waiting);
    try {
      const answer = await (await ask(question)).json();
      waiting.replaceWith(makeLine(answer, earlier || question));
    } catch (error) {
      box.replaceChildren(make("p", "result-empty", "系统繁忙，请稍后再试"));
    }
  }

  document.getElementById("ask").onclick = () => {
    const question = input.value.trim();
    if (!question) return;
    input.value = "";
    send(question, "");
  };
})();
