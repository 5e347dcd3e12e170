// Forms: sent once, Ctrl+Enter sends, Enter in a long form moves on, unsent text is not lost by a stray click.
import { composing } from "./typing.js";

const posts = (form) => form instanceof HTMLFormElement && form.method === "post";
// A field named "elements" hides the form's own list, so that is asked of the prototype.
const controls = (form) => Reflect.get(HTMLFormElement.prototype, "elements", form);
const fields = (form) => [...controls(form)].filter((field) =>
  field.matches("input:not([type=hidden], [type=submit], [type=button], .cell), select, textarea") && field.offsetParent);
const dirty = new Set();
let busy = [];

document.addEventListener("submit", (event) => {
  const form = event.target;
  dirty.delete(form);
  if (!posts(form) || event.defaultPrevented) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  // The pressed button's own value is read after this event, so the buttons are switched off a moment later.
  setTimeout(() => {
    for (const button of controls(form)) {
      if (button.type !== "submit" || button.disabled) continue;
      button.disabled = true;
      busy.push(button);
    }
  });
});

// A page that comes back from the browser's memory must be usable again.
addEventListener("pageshow", () => {
  for (const button of busy) button.disabled = false;
  busy = [];
  for (const form of document.forms) form.removeAttribute("aria-busy");
});

document.addEventListener("keydown", (event) => {
  if (composing(event) || event.defaultPrevented) return;
  const field = event.target;
  const form = field.form;
  if (!form) return;
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Enter" && command && posts(form)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key.toLowerCase() === "s" && command && form.querySelector("[data-draft]")) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-draft]"));
  } else if (event.key === "Enter" && field.matches("input:not([type=submit], [type=button], .cell)") && posts(form)) {
    const all = fields(form);
    if (all.length <= 3) return;
    event.preventDefault();
    all[all.indexOf(field) + 1]?.focus();
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (posts(form) && fields(form).length > 3) dirty.add(form);
});

addEventListener("beforeunload", (event) => {
  if (dirty.size > 0) event.preventDefault();
});

// A wheel over a number must not change it.
document.addEventListener("wheel", (event) => {
  if (event.target.type === "number" && event.target === document.activeElement) event.target.blur();
}, { passive: true });

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-reveal]");
  if (!button) return;
  const field = document.getElementById(button.dataset.reveal);
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  button.setAttribute("aria-pressed", String(!shown));
});

// The summary above a form says what is wrong; the page knows what each field is called, and that comes first.
const nameOf = (field) => {
  const label = field.labels?.[0] ?? field.closest("fieldset")?.querySelector("legend");
  if (!label) return field.getAttribute("aria-label") ?? "";
  const optional = label.querySelector(".opt")?.textContent ?? "";
  return label.textContent.replace(optional, "");
};
const control = "input:not([type=hidden]), select, textarea";
for (const link of document.querySelectorAll(".errors a[href^='#f-']")) {
  const field = document.getElementById(link.getAttribute("href").slice(1));
  const name = field ? nameOf(field).trim() : "";
  const colon = document.documentElement.lang.startsWith("zh") ? "：" : ": ";
  if (name && !link.textContent.includes(name)) link.prepend(`${name}${colon}`);
  // What holds several choices takes no focus itself: its first one does.
  if (field && !field.matches(control)) link.addEventListener("click", () => field.querySelector(control)?.focus());
}

document.querySelector("[data-focus]")?.focus();
