"use strict";
// Switches between the two ways to log in.
document.querySelectorAll(".login-tabs button").forEach((tab) => {
  tab.onclick = () => {
    document.querySelectorAll(".login-tabs button").forEach((other) => other.classList.toggle("is-current", other === tab));
    document.querySelectorAll("[data-tab]").forEach((box) => { box.hidden = box.dataset.tab !== tab.dataset.target; });
  };
});
