"use strict";
// Draws the calendar of the next ten working days; a click on a free slot files the booking.
(async function () {
  const box = document.getElementById("calendar");

  function make(tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  async function reserve(day, slot) {
    const body = JSON.stringify({ code: box.dataset.code, date: day.date, slot: slot.id });
    await fetch("/rmpc/api/reserve", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    document.getElementById("booking-state").textContent = "预约成功：" + day.date + " " + slot.time;
  }

  function makeSlot(day, slot) {
    const button = make("button", "calendar-slot", slot.time + (slot.free ? " 可预约" : " 约满"));
    button.type = "button";
    button.disabled = !slot.free;
    button.dataset.free = slot.free ? "1" : "0";
    button.onclick = () => reserve(day, slot);
    return button;
  }

  function makeDay(day) {
    const free = day.slots.filter((slot) => slot.free).length;
    const column = make("div", "calendar-day" + (free ? "" : " is-full"));
    column.dataset.date = day.date;
    column.dataset.free = String(free);
    column.append(make("h3", "", day.date + " " + day.weekday + (free ? "（余 " + free + "）" : "（约满）")));
    column.append(...day.slots.map((slot) => makeSlot(day, slot)));
    return column;
  }

  try {
    const answer = await fetch("/rmpc/api/calendar?code=" + encodeURIComponent(box.dataset.code));
    if (!answer.ok) throw new Error(String(answer.status));
    const days = (await answer.json()).days;
    box.replaceChildren(...(days.length ? days.map(makeDay) : [make("p", "result-empty", "该事项暂未开放网上预约")]));
  } catch (error) {
    box.replaceChildren(make("p", "result-empty", "号源加载失败，请稍后再试"));
  }
  box.dataset.ready = "1";
})();
