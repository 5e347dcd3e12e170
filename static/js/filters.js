// A filter that is changed applies at once; without this the form's own button does it.
for (const form of document.querySelectorAll("form[data-auto]")) {
  form.querySelector("[data-apply]")?.setAttribute("hidden", "");
  form.addEventListener("change", (event) => {
    // Empty choices would only lengthen the address people paste to each other.
    for (const field of form.elements) if (field.name && field.value === "") field.disabled = true;
    if (event.target.type !== "search") form.requestSubmit();
    for (const field of form.elements) field.disabled = false;
  });
}
