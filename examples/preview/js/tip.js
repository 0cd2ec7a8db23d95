// A description beside the pointer.

import { find, say } from "./dom.js";

/** Calls back with where the pointer is, and shows what comes of it. */
export function follow(element, told) {
  const tip = find("tip");
  const hide = () => { tip.hidden = true; };
  element.addEventListener("pointermove", (event) => {
    const text = event.pointerType === "touch" ? undefined : told(event);
    tip.hidden = !text;
    if (!text) return;
    say(tip, text[0].toUpperCase() + text.slice(1));
    const width = tip.offsetWidth;
    tip.style.setProperty("left", `${Math.max(8, Math.min(event.clientX - width / 2, innerWidth - width - 8))}px`);
    tip.style.setProperty("top", `${event.clientY + 18 + tip.offsetHeight > innerHeight ? event.clientY - 12 - tip.offsetHeight : event.clientY + 18}px`);
  });
  element.addEventListener("pointerleave", hide);
  addEventListener("scroll", hide, { passive: true });
}
