// What every page can do beyond plain links and forms. Nothing here is needed to use the product.
import "./forms.js";
import "./menus.js";
import "./toast.js";
import "./copy.js";

document.documentElement.classList.add("scripted");
const on = (selector, module) => { if (document.querySelector(selector)) import(module); };
on("[data-shortcuts]", "./shortcuts.js");
on("[data-pick], tbody tr th a, .work", "./rows.js");
on("form[data-auto]", "./filters.js");
on("[data-countdown]", "./countdown.js");
on("[data-lines]", "./lines.js");
on("[data-picker]", "./picker.js");
