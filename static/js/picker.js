// Looking for a product while typing. Taking it stays the form's own button, which keeps all that was typed.
import { composing } from "./typing.js";

for (const box of document.querySelectorAll("[data-picker]")) {
  const field = box.querySelector("[name=product_q]");
  const list = box.querySelector("[name=product]");
  const found = box.querySelector("[data-found]");
  const none = box.querySelector("[data-none]");
  let asked = 0;
  let waiting = 0;

  const find = async () => {
    const mine = ++asked;
    const text = field.value.trim();
    if (!text) { found.hidden = none.hidden = true; return; }
    const query = new URLSearchParams({ q: text, customer: box.dataset.customer });
    const answer = await fetch(`${box.dataset.picker}?${query}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const choices = await answer.json();
    list.replaceChildren(...choices.map(([code, word]) => new Option(word, code)));
    found.hidden = choices.length === 0;
    none.hidden = choices.length > 0;
  };

  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(find, 200); });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || composing(event)) return;
    event.preventDefault();
    find();
  });
}
