/**
 * Makes an element: make('button', {class: 'quiet', onclick: go}, 'Go').
 * Texts become text nodes, never markup, so what a trace contains cannot become part of the page.
 */
export function make(name, properties, ...children) {
  const element = document.createElement(name);
  assign(element, properties);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

/** The same for SVG. */
export function makeSvg(name, properties, ...children) {
  const element = document.createElementNS(SVG, name);
  assign(element, properties);
  element.append(...children);
  return element;
}

function assign(element, properties) {
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (key === 'value' || key === 'checked' || key === 'disabled') element[key] = value;
    else element.setAttribute(key, value === true ? '' : value);
  }
}

/** Adds children; null is none. */
export function add(element, ...children) {
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Replaces all children. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Calls `action` once after `milliseconds` without another call. */
export function later(action, milliseconds) {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
}

/** Whether keys belong to what has the focus, so that shortcuts must keep away. */
export function isTyping(event) {
  const element = event.target;
  return (
    element instanceof HTMLElement &&
    (element.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName))
  );
}

/** Reads a colour or length of the style sheet, so that light and dark are told in one place. */
export function styleValue(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
