// Menus are <details>: they close on Escape, on a click elsewhere and when another opens. Dialogs open in place. A bar of
// tabs that is longer than the screen shows the current one.
import { composing } from "./typing.js";

const open = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  const opener = event.target.closest("[data-open]");
  const dialog = opener && document.getElementById(opener.dataset.open);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  // A click on the backdrop lands on the dialog itself; a dialog with something typed in it stays.
  if (event.target instanceof HTMLDialogElement && event.target.matches(":modal")) {
    const typed = [...event.target.querySelectorAll("input, textarea")].some((field) => field.value !== field.defaultValue);
    if (!typed) event.target.close();
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || composing(event)) return;
  for (const menu of open()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

for (const tab of document.querySelectorAll(".tabs [aria-current], .seg [aria-current]")) {
  const bar = tab.parentElement.closest(".tabs, .seg");
  const [own, all] = [tab.getBoundingClientRect(), bar.getBoundingClientRect()];
  if (own.left < all.left || own.right > all.right) bar.scrollLeft += own.left - all.left - (all.width - own.width) / 2;
}
