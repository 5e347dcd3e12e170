// Single-key shortcuts, off while a field has the focus and for people who switched them off.
import { composing, editable } from "./typing.js";

let going = 0;
const press = (selector) => {
  const target = document.querySelector(selector);
  if (!target) return false;
  if (target.matches("details")) {
    target.open = true;
    target.querySelector("a, button")?.focus();
  } else if (target.matches("a, button, summary")) {
    target.click();
  } else {
    target.focus();
  }
  return true;
};

/** The key as it is on the board, when Chinese input is on and tells something else. */
export function keyOf(event) {
  const plain = event.key.length === 1 && event.key.charCodeAt(0) < 128;
  if (plain || event.key.length > 1 && event.key !== "Process") return event.key;
  if (event.code.startsWith("Key")) return event.code.slice(3).toLowerCase();
  return { Slash: event.shiftKey ? "?" : "/", Period: ".", BracketLeft: "[", BracketRight: "]" }[event.code] ?? event.key;
}

const KEYS = {
  "/": "#q",
  "?": "[data-open=shortcuts]",
  "c": "details[data-menu=new]",
  "e": "[data-edit]",
  "n": ".next .btn, [data-next]",
  "[": "a[rel=prev]",
  "]": "a[rel=next]",
};

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    press("#q");
    return;
  }
  const away = composing(event) && event.key !== "Process";
  if (away || event.ctrlKey || event.metaKey || event.altKey || editable(event.target)) return;
  if (document.querySelector("dialog:modal")) return;
  const key = keyOf(event);
  const selector = Date.now() - going < 1_500 ? `[data-go="${CSS.escape(key)}"]` : KEYS[key];
  going = key === "g" ? Date.now() : 0;
  if (selector && press(selector)) event.preventDefault();
});
