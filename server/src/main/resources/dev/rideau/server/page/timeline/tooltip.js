import { fill, make } from '../core/dom.js';

/** A small text that follows the pointer. */
export class Tooltip {
  constructor(parent) {
    this.element = make('div', { class: 'tooltip', hidden: true, 'aria-hidden': 'true' });
    parent.append(this.element);
  }

  /** Shows lines at a place of the window; the first one is the title. */
  show(x, y, lines) {
    fill(
      this.element,
      lines.filter(Boolean).map((line, index) => make('div', { class: index === 0 ? 'tooltip-title' : '' }, line)),
    );
    this.element.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const left = x + 14 + width > innerWidth ? x - width - 10 : x + 14;
    const top = y + 16 + height > innerHeight ? y - height - 10 : y + 16;
    this.element.style.left = `${Math.max(2, left)}px`;
    this.element.style.top = `${Math.max(2, top)}px`;
  }

  hide() {
    this.element.hidden = true;
  }
}
