// The board by arrow keys: one stop for Tab, then from cell to cell. Without this file every link is a stop of its own.
"use strict";
(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;

  // Where each link stands: its row, and the nights that its cell covers.
  const places = [];
  [...board.querySelectorAll("tbody tr")].forEach((row, line) => {
    let night = 0;
    for (const cell of row.children) {
      const link = cell.querySelector("a");
      if (link) places.push({ link, line, from: night, until: night + cell.colSpan });
      night += cell.colSpan;
    }
  });
  if (!places.length) return;
  for (const place of places) place.link.tabIndex = -1;
  let here = places[0];
  here.link.tabIndex = 0;

  const go = (place) => {
    if (!place) return;
    here.link.tabIndex = -1;
    here = place;
    here.link.tabIndex = 0;
    here.link.focus();
    here.link.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const inLine = (line) => places.filter((place) => place.line === line);
  // The nearest line with a link, and there the cell of the same night, or the nearest one.
  const upOrDown = (step) => {
    const lines = [...new Set(places.map((place) => place.line))].sort((a, b) => a - b);
    const line = lines[lines.indexOf(here.line) + step];
    if (line === undefined) return undefined;
    const distance = (place) => Math.max(place.from - here.from, here.from - place.until + 1, 0);
    return inLine(line).sort((a, b) => distance(a) - distance(b))[0];
  };
  const keys = {
    ArrowRight: () => inLine(here.line)[inLine(here.line).indexOf(here) + 1],
    ArrowLeft: () => inLine(here.line)[inLine(here.line).indexOf(here) - 1],
    ArrowDown: () => upOrDown(1),
    ArrowUp: () => upOrDown(-1),
    Home: () => inLine(here.line)[0],
    End: () => inLine(here.line).at(-1),
  };
  board.addEventListener("keydown", (event) => {
    const next = keys[event.key];
    if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    go(next());
  });
  board.addEventListener("focusin", (event) => {
    const place = places.find((one) => one.link === event.target);
    if (!place || place === here) return;
    here.link.tabIndex = -1;
    here = place;
    here.link.tabIndex = 0;
  });
})();
