// The desk's own script. Every page works without it; with it, keys work and text and record light each other up.
"use strict";
const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

// Light and dark
const toggle = one("#theme");
const dark = () => document.documentElement.dataset.theme
  ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
if (toggle) {
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const next = dark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=strict`;
    drawAll();
  });
}

// Charts: the script is fetched when a chart comes near the view
let library;
const load = () => library ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = "/static/charts.js";
  script.onload = resolve;
  script.onerror = reject;
  document.head.append(script);
});
async function draw(figure) {
  const place = one(".drawing", figure);
  try {
    const [answer, config] = await Promise.all([
      fetch(figure.dataset.chart), fetch(`/charts/config.json?theme=${dark() ? "dark" : "light"}`), load()]);
    if (!answer.ok) throw new Error(`${answer.status}`);
    // `ast` has expressions interpreted, not compiled: the content security policy allows no eval.
    const result = await vegaEmbed(place, await answer.json(), {
      ast: true, actions: false, renderer: "svg", defaultStyle: false, config: await config.json(),
      tooltip: { disableDefaultStyle: true }, loader: { target: "_self" } });
    figure.dataset.drawn = result.view ? "yes" : "no";
  } catch (error) {
    place.textContent = "The chart could not be drawn; its table has the same numbers.";
    console.warn(error);
  }
}
const near = new IntersectionObserver(entries => entries.forEach(entry => {
  if (entry.isIntersecting) { near.unobserve(entry.target); draw(entry.target); }
}), { rootMargin: "300px" });
const drawAll = () => all("[data-chart]").forEach(figure => { near.unobserve(figure); near.observe(figure); });
drawAll();

// Text and record
const text = one("#text"), record = one("#record");
const numbers = element => (element?.closest("[data-i]")?.dataset.i ?? "").split(" ").filter(Boolean);
const cardOf = number => record && one(`[data-n="${number}"]`, record);
function light(found, hold = false) {
  all(".lit").forEach(element => element.classList.remove("lit"));
  found.forEach(number => {
    all(`[data-i~="${number}"]`, text).forEach(element => element.classList.add("lit"));
    cardOf(number)?.classList.add("lit");
  });
  held = hold ? found : held;
}
// Of several items under the pointer the one with the least text is meant.
const meant = found => found.length < 2 ? found : [found.reduce((best, number) => size(number) < size(best) ? number : best)];
const size = number => all(`[data-i~="${number}"]`, text).reduce((sum, element) => sum + element.textContent.length, 0);
let held = [];
function into(element, container) {
  if (!element) return;
  const box = element.getBoundingClientRect(), frame = container.getBoundingClientRect();
  if (getComputedStyle(container).overflowY === "auto" && container.scrollHeight > container.clientHeight) {
    if (box.top < frame.top || box.bottom > frame.bottom)
      container.scrollTop += box.top - frame.top - container.clientHeight / 3;
  }
}
function show(number, scrollText = true) {
  light([number], true);
  into(cardOf(number), record);
  if (scrollText) one(`[data-i~="${number}"]`, text)?.scrollIntoView({ block: "center" });
}
if (text && record) {
  const lit = one(".lit[data-n]", record);
  if (lit) held = [lit.dataset.n];
  const byHash = () => {
    const id = decodeURIComponent(location.hash.slice(1)).replace(/^at-/, "");
    const card = id && document.getElementById(id);
    if (card?.dataset?.n) show(card.dataset.n);
  };
  addEventListener("hashchange", byHash);
  addEventListener("load", byHash);
  text.addEventListener("pointerover", event => light(meant(numbers(event.target))));
  text.addEventListener("pointerleave", () => light(held));
  text.addEventListener("click", event => {
    const found = meant(numbers(event.target));
    if (found.length) { show(found[0], false); history.replaceState(null, "", `#${cardOf(found[0])?.id ?? ""}`); }
  });
  record.addEventListener("pointerover", event => {
    const card = event.target.closest("[data-n]");
    if (card) light([card.dataset.n]);
  });
  record.addEventListener("pointerleave", () => light(held));
  record.addEventListener("focusin", event => {
    const card = event.target.closest("[data-n]");
    if (card) light([card.dataset.n], true);
  });
  record.addEventListener("click", event => {
    const go = event.target.closest("[data-go]");
    if (!go) return;
    event.preventDefault();
    show(go.dataset.go);
    history.replaceState(null, "", `#${cardOf(go.dataset.go).id}`);
  });
  all("[data-mark]").forEach(box => box.addEventListener("change", () =>
    text.classList.toggle(`no-${box.dataset.mark}`, !box.checked)));
}

// Keys
const help = one("#key-help"), keys = one("#keys");
if (keys) { keys.hidden = false; keys.addEventListener("click", () => help.showModal()); }
let here = -1;
const steps = () => all("[data-items] [data-href], [data-items][data-href]");
function step(by) {
  const found = steps();
  if (!found.length) return;
  if (here < 0) here = found.findIndex(element => element.classList.contains("lit")) - (by < 0 ? 0 : 0);
  found[here]?.classList.remove("here");
  here = Math.max(0, Math.min(found.length - 1, here + by));
  const element = found[here];
  element.classList.add("here");
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  if (element.dataset.n) {
    show(element.dataset.n);
    history.replaceState(null, "", `#${element.id}`);
  } else element.scrollIntoView({ block: "nearest" });
}
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || help?.open) return;
  if (event.target.closest("input, textarea, select")) { if (event.key === "Escape") event.target.blur(); return; }
  const found = steps();
  switch (event.key) {
    case "j": step(1); break;
    case "k": step(-1); break;
    case "/": one("#find")?.focus(); break;
    case "?": help?.showModal(); break;
    case "Escape": found[here]?.classList.remove("here"); here = -1; held = []; if (text) light([]); break;
    case "Enter":
      if (here >= 0 && (event.target === document.body || event.target === found[here])) { location.href = found[here].dataset.href; break; }
      return;
    default: return;
  }
  event.preventDefault();
});

// Adding
all("[data-drop]").forEach(form => {
  const zone = one(".drop", form), input = one("input[type=file]", form);
  ["dragover", "dragenter"].forEach(name => zone.addEventListener(name, event => { event.preventDefault(); zone.classList.add("over"); }));
  ["dragleave", "drop"].forEach(name => zone.addEventListener(name, () => zone.classList.remove("over")));
  zone.addEventListener("drop", event => { event.preventDefault(); input.files = event.dataTransfer.files; });
});
const job = one("[data-job]");
if (job) {
  const bar = one("progress", job), label = one("label", job);
  const ask = async () => {
    try {
      const state = await (await fetch(job.dataset.job)).json();
      label.textContent = `${state.done.length} of ${state.total} input${state.total === 1 ? "" : "s"}`;
      bar.max = state.total || 1;
      if (state.done.length) bar.value = state.done.length;
      if (state.state === "done" || state.state === "failed") { location.replace(state.address); return; }
    } catch (error) { console.warn(error); }
    setTimeout(ask, 400);
  };
  ask();
}

// What is being worked out: ask again until it is there
if (one("[data-wait]")) {
  const again = async () => {
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      if (answer.status !== 202 && !(await answer.text()).includes("data-wait")) { location.reload(); return; }
    } catch (error) { console.warn(error); }
    setTimeout(again, 1500);
  };
  setTimeout(again, 1000);
}
