"use strict";
(() => {
  const root = document.documentElement;
  const tools = document.querySelector(".tools");
  if (!tools) return;
  root.classList.add("scripted");
  tools.hidden = false;

  const search = document.getElementById("search");
  const expand = document.getElementById("expand");
  const shown = document.getElementById("shown");
  const none = document.querySelector(".none");
  const lists = [...document.querySelectorAll(".list")];
  const items = [...document.querySelectorAll(".item")];
  const texts = new Map();

  const text = (item) => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase());
    return texts.get(item);
  };
  const chosen = () => document.querySelector("input[name=show]:checked").value;
  const shows = (item, tone) => tone === "all" || item.classList.contains(tone);

  const update = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const tone = chosen();
    let count = 0;
    for (const item of items) {
      item.hidden = !words.every((word) => text(item).includes(word));
      if (!item.hidden && shows(item, tone)) count++;
    }
    for (const list of lists) list.hidden = !list.querySelector(".item:not([hidden])");
    none.hidden = count > 0;
    shown.value = count === items.length ? "" : `${count} of ${items.length} shown`;
  };

  /* A link leads to its item even if the filter hides it. */
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    const item = target && target.closest(".item");
    if (!item) return;
    if (item.hidden || !shows(item, chosen())) {
      search.value = "";
      document.getElementById("show-all").checked = true;
      update();
    }
    item.querySelector("details").open = true;
    item.scrollIntoView({ block: "center" });
    item.querySelector("summary").focus({ preventScroll: true });
  };

  document.querySelector(".filter").addEventListener("submit", (event) => event.preventDefault());
  for (const choice of document.querySelectorAll("input[name=show]")) choice.addEventListener("change", update);
  search.addEventListener("input", update);
  expand.addEventListener("click", () => {
    const open = expand.getAttribute("aria-pressed") !== "true";
    expand.setAttribute("aria-pressed", String(open));
    expand.textContent = open ? "Collapse all" : "Expand all";
    for (const item of items) item.firstElementChild.open = open;
  });
  addEventListener("hashchange", reveal);
  /* A link that is followed twice changes nothing in the address. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  reveal();
})();
