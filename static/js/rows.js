// Rows of lists: j and k walk, Enter and o open, x selects, Shift+x and Shift+click select a range; on home d is done and
// s opens what puts the row off.
import { composing, editable, fill } from "./typing.js";

const rows = [...document.querySelectorAll("main tbody tr:has(th a), .work > li")].filter((row) => row.offsetParent);
const box = (row) => row.querySelector("[data-pick]");
const link = (row) => row.querySelector("th a, .do a");
const boxes = () => [...document.querySelectorAll("[data-pick]")];
let at = -1;
let last = null;
let going = 0;

const range = (from, to, checked) => {
  const all = boxes();
  const [low, high] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  for (const one of all.slice(Math.max(low, 0), high + 1)) one.checked = checked;
};

const show = () => {
  const picked = boxes().filter((one) => one.checked);
  for (const one of boxes()) one.closest("tr, li").classList.toggle("sel", one.checked);
  const all = document.querySelector("[data-pick-all]");
  if (all) {
    all.checked = picked.length > 0 && picked.length === boxes().length;
    all.indeterminate = picked.length > 0 && !all.checked;
  }
  // The bar says how many: <div class="batch" data-batch><b data-picked="{n} selected">.
  const bar = document.querySelector("[data-batch]");
  if (!bar) return;
  bar.hidden = picked.length === 0;
  const words = bar.querySelector("[data-picked]");
  if (words) words.textContent = fill(words.dataset.picked, { n: picked.length });
};

const pick = (one, wide) => {
  if (wide && last) range(last, one, one.checked);
  last = one;
  show();
};

document.addEventListener("click", (event) => {
  if (event.target.matches("[data-pick]")) pick(event.target, event.shiftKey);
  if (event.target.matches("[data-pick-all]")) {
    for (const one of boxes()) one.checked = event.target.checked;
    show();
  }
});

document.addEventListener("keydown", (event) => {
  const plain = document.body.matches("[data-shortcuts]") && !composing(event) && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!plain || editable(event.target) || document.querySelector("dialog:modal")) return;
  const here = rows.findIndex((row) => row.contains(document.activeElement));
  if (here >= 0) at = here;
  const key = event.key.toLowerCase();
  // After g a letter leads to another page, and means no row.
  const leads = Date.now() - going < 1_500;
  going = key === "g" ? Date.now() : 0;
  if (leads) return;
  if (key === "j" || key === "k") {
    at = Math.min(Math.max(at + (key === "j" ? 1 : -1), 0), rows.length - 1);
    const row = rows[at];
    if (row) link(row)?.focus();
  } else if (key === "o" && rows[at]) {
    link(rows[at])?.click();
  } else if (key === "x" && rows[at] && box(rows[at])) {
    const one = box(rows[at]);
    one.checked = event.shiftKey ? true : !one.checked;
    pick(one, event.shiftKey);
  } else if (key === "d" && rows[at]) {
    rows[at].querySelector("[data-done]")?.click();
  } else if (key === "s" && rows[at]) {
    const later = rows[at].querySelector("[data-later]");
    if (!later) return;
    event.preventDefault();
    later.open = true;
    later.querySelector("button").focus();
  } else if (key === "." && rows[at]) {
    const menu = rows[at].querySelector("details.menu");
    if (menu) menu.open = true;
  }
});

show();
