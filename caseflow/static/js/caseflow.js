// Comforts only: every page works without this file. Nothing is written to browser storage.
"use strict";
(() => {
  const body = document.body;

  // Where the browser enforces Trusted Types, only markup that our own server sent may be swapped in;
  // scripts and script addresses stay refused.
  if (window.trustedTypes && !window.trustedTypes.defaultPolicy) {
    window.trustedTypes.createPolicy("default", { createHTML: (markup) => markup });
  }

  // Partial updates carry the same token as forms do.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]');
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.content;
  });

  // htmx notes the address of the page in session storage whatever its settings say; an address names a
  // case, so the note goes.
  const forgetAddress = () => sessionStorage.removeItem("htmx-current-path-for-history");
  for (const event of ["DOMContentLoaded", "htmx:afterSettle", "htmx:pushedIntoHistory", "htmx:replacedInHistory"]) {
    document.addEventListener(event, forgetAddress);
  }

  // A form that came back with errors: the summary takes focus, and its links reach their field.
  const focusSummary = (root) => {
    const summary = root.querySelector("[data-focus-first]");
    if (summary) summary.focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-focus-first] a[href^='#']");
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    (target.closest(".cf-field") || target).scrollIntoView({ block: "start" });
    target.focus({ preventScroll: true });
  });
  document.addEventListener("htmx:afterSwap", (event) => focusSummary(event.detail.target));

  // Unsaved text: ask before it is lost.
  const changed = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-warn-unsaved]");
    if (form) changed.add(form);
  });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if (![...changed].some((form) => form.isConnected)) return;
    event.preventDefault();
  });

  // Copying a code or link; the button exists only where it can work.
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
    document.addEventListener("click", async (event) => {
      const button = event.target.closest("[data-copy]");
      if (!button) return;
      const source = button.parentElement.querySelector("[data-copy-source]");
      await navigator.clipboard.writeText(source.textContent.trim());
      announce(body.dataset.textCopied);
    });
  }

  // One polite voice for short messages.
  const announce = (text) => {
    const place = document.querySelector(".cf-flashes");
    if (!place || !text) return;
    const note = document.createElement("p");
    note.className = "utrecht-alert utrecht-alert--info cf-alert cf-alert--info";
    note.textContent = text;
    place.replaceChildren(note);
  };

  // A menu closes with Escape or a click elsewhere.
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".cf-menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".cf-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // The screen of someone who walked away locks itself: one minute's notice, then the lock form is sent.
  // Time is compared, not counted, so a laptop that slept locks as soon as it wakes.
  const lockForm = document.querySelector("form[data-lock]");
  const idleMinutes = Number(body.dataset.idleMinutes || 0);
  if (lockForm && idleMinutes > 0) {
    const limit = idleMinutes * 60000;
    let last = Date.now();
    let warned = false;
    for (const kind of ["pointerdown", "keydown", "scroll", "input"]) {
      document.addEventListener(kind, () => { last = Date.now(); warned = false; }, { passive: true, capture: true });
    }
    const watch = window.setInterval(() => {
      const idle = Date.now() - last;
      if (idle >= limit) {
        window.clearInterval(watch);
        changed.clear();
        lockForm.requestSubmit();
      } else if (!warned && idle >= limit - 60000) {
        warned = true;
        announce(body.dataset.textIdle);
      }
    }, 5000);
  }

  // Everything opens on paper, and closes again afterwards.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.cf-panel:not([open])")];
    for (const panel of opened) panel.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const panel of opened) panel.open = false;
  });

  focusSummary(document);
})();
