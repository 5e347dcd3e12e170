// Cut-offs count down by the minute; the words come with the element, see the badge part.
import { fill } from "./typing.js";

const tick = () => {
  for (const element of document.querySelectorAll("[data-countdown]")) {
    const minutes = Math.floor((Date.parse(element.dateTime) - Date.now()) / 60_000);
    const length = Math.abs(minutes);
    const words = element.dataset;
    // Beyond two days the day on the page says enough.
    if (length >= 2_880) continue;
    const text = minutes < 0 ? (length < 60 ? words.overMinutes : words.overHours) : length < 60 ? words.leftMinutes : words.leftHours;
    const [n, m] = length < 60 ? [length, 0] : [Math.floor(length / 60), length % 60];
    element.textContent = fill(text, { n, m });
  }
};
tick();
setInterval(tick, 60_000);
