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
  const isDirty = () => [...changed].some((form) => form.isConnected);
  window.addEventListener("beforeunload", (event) => {
    if (isDirty()) event.preventDefault();
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

  const lockForm = document.querySelector("form[data-lock]");

  // A form with unsaved text is covered, never left: the session ends, the words stay on the page, and whoever
  // wrote them goes on once signed in again. Somebody else's sign-in does not uncover them.
  const ended = () => fetch(lockForm.action, { method: "POST", body: new FormData(lockForm), redirect: "manual" });
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const cover = (uncovered) => {
    const dialog = element("dialog", "", { class: "cf-cover", "aria-labelledby": "cover-title" });
    const place = element("p", "", { role: "status" });
    const again = element("a", body.dataset.textSignIn, {
      class: "utrecht-link utrecht-link--html-a cf-link", href: body.dataset.signIn, target: "_blank", rel: "noopener",
    });
    const button = element("button", body.dataset.textGoOn, {
      class: "utrecht-button utrecht-button--primary-action cf-button", type: "button",
    });
    const link = document.createElement("p");
    link.append(again);
    dialog.append(element("h2", body.dataset.textCovered, { id: "cover-title" }), element("p", body.dataset.textKept), link, button, place);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => { if (dialog.isConnected) dialog.showModal(); });
    button.addEventListener("click", async () => {
      place.textContent = "";
      const page = await fetch(body.dataset.check, { redirect: "manual", cache: "no-store" }).then(
        (answer) => (answer.ok ? answer.text() : ""), () => "");
      const token = page.match(/name="csrf-token" content="([^"]+)"/);
      if (!token || !page.includes(`data-reader="${body.dataset.reader}"`)) {
        place.textContent = body.dataset.textNotYet;
        return;
      }
      document.querySelector('meta[name="csrf-token"]').content = token[1];
      for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token[1];
      const proof = page.match(/data-vault-proof="([^"]+)"/);
      if (proof) body.dataset.vaultProof = proof[1];
      dialog.remove();
      body.classList.remove("cf-covered");
      uncovered();
    });
    body.append(dialog);
    body.classList.add("cf-covered");
    dialog.showModal();
    ended().catch(() => {});
  };

  // The screen of someone who walked away locks itself: two minutes' notice, then the lock form is sent.
  // Time is compared, not counted, so a laptop that slept locks as soon as it wakes.
  const idleMinutes = Number(body.dataset.idleMinutes || 0);
  if (lockForm && idleMinutes > 0) {
    const limit = idleMinutes * 60000;
    let last = Date.now();
    let warned = false;
    for (const kind of ["pointerdown", "keydown", "scroll", "input"]) {
      document.addEventListener(kind, () => { last = Date.now(); warned = false; }, { passive: true, capture: true });
    }
    let covered = false;
    window.setInterval(() => {
      const idle = Date.now() - last;
      if (covered) return;
      if (idle >= limit) {
        covered = true;
        if (isDirty()) cover(() => { covered = false; warned = false; last = Date.now(); });
        else lockForm.requestSubmit();
      } else if (!warned && idle >= limit - 120000) {
        warned = true;
        announce(body.dataset.textIdle);
      }
    }, 5000);
  }

  // The vault seals by itself outside office hours. The page asks how long that takes, which counts as nobody being
  // there, and warns. Once sealed, words leave the screen; what somebody typed stays on it until they can send it.
  const strip = document.querySelector("[data-vault-strip]");
  if (strip) {
    let isOpen = body.dataset.vaultOpen === "true";
    let shown = "";
    let typed = 0;
    document.addEventListener("input", () => { typed = Date.now(); }, { passive: true, capture: true });
    const hasWords = () => isDirty() || document.querySelector("form [data-focus-first]") !== null;
    const say = (key, text, ...controls) => {
      if (shown === key) return;
      shown = key;
      if (!text) return strip.replaceChildren();
      const alert = element("div", "", { class: "utrecht-alert utrecht-alert--warning cf-alert cf-alert--warning" });
      const content = element("div", "", { class: "utrecht-alert__content cf-cluster" });
      content.append(element("p", text), ...controls);
      alert.append(content);
      strip.replaceChildren(alert);
    };
    const button = (text, act) => {
      const made = element("button", text, { class: "utrecht-button utrecht-button--secondary-action cf-button", type: "button" });
      made.addEventListener("click", act);
      return made;
    };
    const again = () => window.location.replace(window.location.pathname + window.location.search);
    const sealed = () => {
      if (isOpen && !hasWords()) return again();
      if (isOpen) {
        const place = element("a", body.dataset.textVaultPlace, {
          class: "utrecht-link utrecht-link--html-a cf-link", href: body.dataset.vaultPlace, target: "_blank", rel: "noopener",
        });
        say("sealed", body.dataset.textVaultSealed, place);
      }
      isOpen = false;
    };
    const opened = () => {
      if (isOpen) return shown === "open" ? undefined : say("", "");
      isOpen = true;
      if (hasWords()) say("open", body.dataset.textVaultOpen);
      else say("open", body.dataset.textVaultOpen, button(body.dataset.textVaultAgain, again));
    };
    const hear = async (answer) => {
      if (!answer || !answer.ok) return;
      const seconds = answer.status === 204 ? null : Number(await answer.text());
      if (seconds === 0) return sealed();
      if (seconds === null || !isOpen) return opened();
      if (Date.now() - typed < 60000) return stay();
      const minutes = Math.ceil(seconds / 60);
      say(`soon ${minutes}`, body.dataset.textVaultSoon.replace("{minutes}", minutes), button(body.dataset.textVaultStay, stay));
    };
    const send = (address, how) => fetch(address, { cache: "no-store", redirect: "manual", ...how }).catch(() => null);
    const stay = async () => {
      typed = 0;
      const token = document.querySelector('meta[name="csrf-token"]').content;
      await hear(await send(body.dataset.vaultStay, { method: "POST", headers: { "X-CSRFToken": token } }));
    };
    window.setInterval(async () => {
      if (body.classList.contains("cf-covered")) return;
      await hear(await send(body.dataset.vaultCheck, { headers: { "X-Caseflow-Vault": body.dataset.vaultProof } }));
    }, 20000);
  }

  // A button that prints exists only where it can work.
  for (const print of document.querySelectorAll("[data-print]")) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
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
