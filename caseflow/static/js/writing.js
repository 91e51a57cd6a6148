// Comforts while somebody writes: how many characters are left, and a draft kept on the server. Every form works
// without this file, by its button. Nothing is written to browser storage.
"use strict";
(() => {
  const WAITS = 4000;
  const TELLS_FROM = 0.8;

  for (const place of document.querySelectorAll("[data-writing]")) {
    const form = place.closest("form");
    const status = place.querySelector("[data-draft-status]");
    let timer = 0;
    let isDirty = false;
    let isSent = false;

    const keep = async (leaving = false) => {
      window.clearTimeout(timer);
      if (!isDirty || isSent) return;
      isDirty = false;
      const answer = await fetch(place.dataset.draft, {
        method: "POST", body: new FormData(form), headers: { Accept: "text/plain" },
        redirect: "manual", cache: "no-store", keepalive: leaving,
      }).catch(() => null);
      if (answer && (answer.ok || answer.status === 409)) status.textContent = await answer.text();
      else status.textContent = answer && answer.status === 503 ? place.dataset.textSealed : place.dataset.textFailed;
    };

    if (place.dataset.draft) {
      form.addEventListener("input", () => {
        isDirty = true;
        window.clearTimeout(timer);
        timer = window.setTimeout(keep, WAITS);
      });
      form.addEventListener("submit", () => { isSent = true; window.clearTimeout(timer); });
      document.addEventListener("visibilitychange", () => { if (document.hidden) keep(true); });
      window.addEventListener("pagehide", () => keep(true));
    }

    for (const area of form.querySelectorAll("textarea[data-most]")) {
      const most = Number(area.dataset.most);
      const count = document.createElement("p");
      count.className = "cf-field__hint";
      count.setAttribute("role", "status");
      area.closest(".cf-field").append(count);
      const tell = () => {
        // The server counts characters, not the halves of which some signs are made.
        const length = [...area.value].length;
        if (length > most) count.textContent = place.dataset.textOver.replace("{over}", length - most);
        else count.textContent = length >= most * TELLS_FROM ? place.dataset.textLeft.replace("{left}", most - length) : "";
      };
      area.addEventListener("input", tell);
      tell();
    }
  }
})();
