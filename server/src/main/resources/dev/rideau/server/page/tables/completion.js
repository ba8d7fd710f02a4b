import { fill, make } from '../core/dom.js';

/** Suggestions shown at a time. */
const MOST = 12;

/** What can stand at a place of a statement: tables, columns of the tables it names, macros, keywords. */
export class Completion {
  #choices = [];
  #chosen = 0;
  #from = 0;

  constructor(input, parent) {
    this.input = input;
    this.words = { tables: [], macros: [], events: [], keywords: [] };
    this.list = make('ul', { class: 'completion', role: 'listbox', id: 'completion', hidden: true });
    parent.append(this.list);
    input.setAttribute('aria-controls', 'completion');
    input.setAttribute('aria-autocomplete', 'list');
    input.addEventListener('input', () => this.#suggest());
    input.addEventListener('blur', () => setTimeout(() => this.close(), 120));
    input.addEventListener('keydown', (event) => this.#key(event));
  }

  get isOpen() {
    return !this.list.hidden;
  }

  #suggest(isWanted = false) {
    const end = this.input.selectionStart;
    const before = this.input.value.slice(0, end);
    const [word] = /[\w.]*$/.exec(before);
    this.#from = end - word.length;
    if (word.length < 2 && !isWanted && !word.includes('.')) return this.close();
    this.#choices = choicesFor(word, before, this.input.value, this.words).slice(0, MOST);
    if (this.#choices.length === 0) return this.close();
    this.#chosen = 0;
    this.list.hidden = false;
    this.#place(before);
    this.#draw();
  }

  /** Below the line of the cursor, as far as letters of equal width tell. */
  #place(before) {
    const lines = before.split('\n');
    const style = getComputedStyle(this.input);
    const size = parseFloat(style.fontSize);
    const top = lines.length * parseFloat(style.lineHeight) + 8 - this.input.scrollTop;
    const left = Math.min(lines.at(-1).length * size * 0.6 + 8, this.input.clientWidth - 220);
    this.list.style.top = `${this.input.offsetTop + top}px`;
    this.list.style.left = `${this.input.offsetLeft + Math.max(0, left)}px`;
  }

  #draw() {
    fill(
      this.list,
      this.#choices.map((choice, index) =>
        make(
          'li',
          {
            role: 'option',
            id: `completion-${index}`,
            'aria-selected': String(index === this.#chosen),
            title: choice.about ?? '',
            onmousedown: (event) => {
              event.preventDefault();
              this.#chosen = index;
              this.#take();
            },
          },
          make('span', {}, choice.text),
          make('span', { class: 'quiet-text' }, choice.kind),
        ),
      ),
    );
    this.input.setAttribute('aria-activedescendant', `completion-${this.#chosen}`);
  }

  close() {
    this.list.hidden = true;
    this.input.removeAttribute('aria-activedescendant');
  }

  #key(event) {
    if (event.ctrlKey && event.code === 'Space') {
      event.preventDefault();
      return this.#suggest(true);
    }
    if (!this.isOpen) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const way = event.key === 'ArrowDown' ? 1 : -1;
      this.#chosen = (this.#chosen + way + this.#choices.length) % this.#choices.length;
      this.#draw();
    } else if (event.key === 'Tab' || (event.key === 'Enter' && !event.ctrlKey)) {
      this.#take();
    } else if (event.key === 'Escape') {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #take() {
    const choice = this.#choices[this.#chosen];
    this.input.setRangeText(choice.insert ?? choice.text, this.#from, this.input.selectionStart, 'end');
    this.close();
    this.input.focus();
    this.input.dispatchEvent(new Event('change'));
  }
}

function choicesFor(word, before, statement, { tables, macros, events, keywords }) {
  const dot = word.lastIndexOf('.');
  if (dot >= 0) return columnsOf(word.slice(0, dot), word.slice(dot + 1), statement, tables, word);
  const wanted = word.toLowerCase();
  const afterFrom = /\b(from|join)\s+[\w]*$/i.test(before);
  const named = tables.filter((table) => new RegExp(`\\b${table.name}\\b`, 'i').test(statement));
  const all = [
    ...(afterFrom ? [] : named.flatMap((table) => table.columns.map((text) => ({ text, kind: table.name })))),
    ...tables.map((table) => ({ text: table.name, kind: 'table', about: table.text })),
    ...macros.map((macro) => ({ text: macro.name, kind: 'macro', about: macro.text, insert: `${macro.name}(` })),
    ...(afterFrom ? events.map((name) => ({ text: `events('${name}')`, kind: 'events' })) : []),
    ...keywords.map((text) => ({ text, kind: '' })),
  ];
  const seen = new Set();
  const starts = [];
  const contains = [];
  for (const choice of all) {
    const text = choice.text.toLowerCase();
    if (seen.has(text) || text === wanted || !text.includes(wanted)) continue;
    seen.add(text);
    (text.startsWith(wanted) ? starts : contains).push(choice);
  }
  return [...starts, ...contains];
}

function columnsOf(alias, part, statement, tables, word) {
  const before = [...statement.matchAll(new RegExp(`\\b(\\w+)(?:\\('[^']*'\\))?\\s+(?:as\\s+)?${alias}\\b`, 'gi'))].map((match) => match[1].toLowerCase());
  const table = tables.find((one) => one.name === alias) ?? tables.find((one) => before.includes(one.name));
  if (!table) return [];
  const wanted = part.toLowerCase();
  return table.columns
    .filter((column) => column.toLowerCase().startsWith(wanted))
    .map((text) => ({ text, kind: table.name, insert: word.slice(0, word.length - part.length) + text }));
}
