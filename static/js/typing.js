// What a person types: Chinese input composes letters first, and its Enter belongs to it.

/** Whether the key press belongs to an input method that is still composing. */
export const composing = (event) => event.isComposing || event.keyCode === 229;

/** Whether keys belong to the element, so that single-key shortcuts keep out. */
export const editable = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable || element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button], [type=submit])"));

/** Puts values into a sentence with {names}. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
