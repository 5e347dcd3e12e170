// Copies a text for WeChat or a number: <button data-copy="#id" data-copied="Copied">.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.querySelector(button.dataset.copy);
  const text = source.value ?? source.textContent.trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without the right to the clipboard the text is selected, one key press away.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    return;
  }
  say(button, button.dataset.copied);
});

/** Shows a word in place of the button's label for a moment. */
export function say(button, word) {
  if (!word || button.dataset.label) return;
  button.dataset.label = button.innerHTML;
  button.textContent = word;
  setTimeout(() => {
    button.innerHTML = button.dataset.label;
    delete button.dataset.label;
  }, 2_000);
}
