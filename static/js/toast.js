// A toast stays twenty seconds, and as long as somebody looks at it.
const LIFE = 20_000;

for (const toast of document.querySelectorAll("[data-toast]")) {
  let left = LIFE;
  let since = Date.now();
  let timer = setTimeout(() => toast.remove(), left);
  const hold = () => {
    clearTimeout(timer);
    left -= Date.now() - since;
  };
  const go = () => {
    since = Date.now();
    timer = setTimeout(() => toast.remove(), Math.max(left, 2_000));
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", go);
}
