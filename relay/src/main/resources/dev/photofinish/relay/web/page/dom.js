// Makes elements. Texts are only ever set as text: nothing that a camera or a reader sends can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes, properties for functions, and children: elements or texts. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value != null) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** Whether there is little room, as on a phone. */
export function isNarrow() {
  return matchMedia("(max-width: 600px)").matches;
}

/** Sets the text of an element if it is another: a screen reader says only what changed. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
