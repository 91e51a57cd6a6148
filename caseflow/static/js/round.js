// The round of the night goes on while the connection is lost. What was pressed stands in this open page and nowhere
// else: nothing is written to browser storage. Without this file the round is a plain form.
"use strict";
(() => {
  const form = document.querySelector("form[data-round]");
  if (!form) return;
  const FIRST_WAIT = 2000, LONGEST_WAIT = 30000, PATIENCE = 20000;
  const place = form.querySelector("[data-round-status]");
  const count = form.querySelector("[data-round-count]");
  const text = form.dataset;
  // Each press of the button makes one round with an id of its own: sent again it counts once, and what is changed
  // afterwards is another round behind it.
  const queue = [];
  let isSending = false, isTouched = false, isTelling = false, isStopped = false, timer = 0, wait = FIRST_WAIT;

  const say = (kind, sentence, ...more) => {
    place.dataset.kind = kind;
    place.replaceChildren(sentence, ...more.flatMap((one) => [" ", one]));
  };
  const signIn = () => {
    const link = document.createElement("a");
    link.className = "utrecht-link utrecht-link--html-a cf-link";
    link.href = document.body.dataset.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = text.textSignIn;
    return link;
  };
  const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  // The page knows which forms hold what was not saved (caseflow.js): the screen then locks over them, and never away.
  const mark = (isUnsaved) => {
    isTelling = true;
    form.dispatchEvent(new Event(isUnsaved ? "input" : "submit", { bubbles: true }));
    isTelling = false;
  };

  const codeOf = (data, id) => (data.get(`at-${id}`) === "announced" ? data.get(`why-${id}`) : data.get(`at-${id}`));
  const ids = [...form.querySelectorAll("input[name^='was-']")].map((field) => field.name.slice(4));
  const total = () => {
    const data = new FormData(form);
    const found = { there: 0, not_there: 0, announced: 0 };
    for (const id of ids) found[data.get(`at-${id}`)] += 1;
    count.textContent = text.textCount.replace(/\{(\w+)\}/g, (_whole, state) => found[state]);
  };
  // What a round said is what the next one begins with; where it was refused, it was never said.
  const begins = (data, was) => {
    for (const id of ids) form.elements[`was-${id}`].value = was ? data.get(`was-${id}`) : codeOf(data, id);
  };

  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };
  const settled = (data, kind, sentence) => {
    queue.shift();
    wait = FIRST_WAIT;
    if (kind === "refused") {
      queue.length = 0;
      begins(data, true);
      isTouched = true;
    }
    say(kind, sentence);
    if (queue.length) return send();
    if (isTouched) return;
    mark(false);
  };
  const ended = () => {
    isStopped = true;
    say("refused", text.textEnded, signIn());
  };

  const send = async () => {
    if (isSending || isStopped || !queue.length) return;
    const data = queue[0];
    isSending = true;
    if (place.dataset.kind !== "waiting") say("sending", text.textSending);
    const body = new URLSearchParams(data);
    body.set("csrf_token", document.querySelector('meta[name="csrf-token"]').content);
    const stop = new AbortController();
    const clock = window.setTimeout(() => stop.abort(), PATIENCE);
    const answer = await fetch(form.action, {
      method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store", signal: stop.signal,
    }).catch(() => null);
    const told = answer && (answer.headers.get("Content-Type") || "").startsWith("application/json")
      ? await answer.json().catch(() => null) : null;
    window.clearTimeout(clock);
    isSending = false;
    if (told) return settled(data, told.kept ? "kept" : "refused", told.text);
    if (answer && answer.status === 404) return settled(data, "refused", text.textGone);
    if (answer && answer.status < 500 && !answer.ok) return ended();
    say("waiting", answer ? text.textFailed : text.textWaiting);
    later();
  };

  // Somebody signed in on another tab: the page asks for the token of that session before it sends again.
  const signedInAgain = async () => {
    const page = await fetch(document.body.dataset.check, { redirect: "manual", cache: "no-store" }).then(
      (answer) => (answer.ok ? answer.text() : ""), () => "");
    const token = page.match(/name="csrf-token" content="([^"]+)"/);
    if (!token || !page.includes(`data-reader="${document.body.dataset.reader}"`)) return false;
    document.querySelector('meta[name="csrf-token"]').content = token[1];
    for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = token[1];
    return true;
  };

  form.addEventListener("input", () => {
    if (isTelling) return;
    isTouched = true;
    total();
    if (!queue.length) say("touched", text.textTouched);
  });
  form.addEventListener("submit", async (event) => {
    if (isTelling) return;
    event.preventDefault();
    const data = new FormData(form);
    if (isTouched || !queue.length) {
      queue.push(data);
      form.elements.once.value = newId();
      begins(data, false);
    }
    isTouched = false;
    window.setTimeout(() => mark(true), 0);
    if (isStopped && !(await signedInAgain())) return ended();
    isStopped = false;
    wait = FIRST_WAIT;
    window.clearTimeout(timer);
    send();
  });
  window.addEventListener("online", () => { wait = FIRST_WAIT; window.clearTimeout(timer); send(); });
  window.addEventListener("beforeunload", (event) => {
    if (queue.length || isTouched) event.preventDefault();
  });
  total();
})();
