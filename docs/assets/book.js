// Boxes that scroll can be reached with the keyboard.
const reachable = () => {
  for (const box of document.querySelectorAll("pre > code, .table-wrapper")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
};
addEventListener("load", reachable);
addEventListener("resize", reachable);

// mdBook's bar has no landmark.
document.getElementById("mdbook-menu-bar")?.setAttribute("role", "banner");

// The label that opens mdBook's sidebar becomes the button that it says it is.
const label = document.getElementById("mdbook-sidebar-toggle");
const box = document.getElementById("mdbook-sidebar-toggle-anchor");
if (label && box) {
  const button = Object.assign(document.createElement("button"), { type: "button", innerHTML: label.innerHTML });
  for (const { name, value } of label.attributes) if (name !== "for") button.setAttribute(name, value);
  button.addEventListener("click", () => box.click());
  box.addEventListener("change", () => button.setAttribute("aria-expanded", box.checked));
  label.replaceWith(button);
}

// Rhai reads like Rust, for which there are colours.
for (const code of document.querySelectorAll("code.language-rhai")) {
  code.innerHTML = hljs.highlight("rust", code.textContent).value;
  code.classList.add("hljs");
}
