// Elements, made in one breath. Texts are texts: nothing from a document is ever markup.

/** An element with attributes and children; `class`, `on…` handlers and `style` as an object. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") element.className = value;
    else if (key === "style") for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value !== "string") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** An element of a drawing. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export const find = (id) => document.getElementById(id);

/** Sets a text, where it is another. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets an attribute, where it is another than was set before; to read a long one back takes longer than to keep it. */
export function mark(element, name, value) {
  const marks = (element.marks ??= {});
  if (marks[name] === value) return;
  marks[name] = value;
  element.setAttribute(name, value);
}

/** The options of a choice, which keeps its value where that is still there. */
export function choices(select, options, chosen = select.value) {
  const entries = options.map((option) => (Array.isArray(option) ? option : [option, option]));
  const same = entries.length === select.options.length && entries.every(([value, text], index) => select.options[index].value === value && select.options[index].text === text);
  if (!same) select.replaceChildren(...entries.map(([value, text]) => el("option", { value }, text)));
  if (entries.some(([value]) => value === chosen)) select.value = chosen;
}
