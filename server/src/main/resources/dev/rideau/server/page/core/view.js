/**
 * What is looked at: the whole of it is in the address bar, so that a link shows the same and the
 * back button works. Values are texts; listeners are told which ones changed.
 *
 *     #/timeline?trace=1&window=0-6300000000&interval=1000000000-2000000000&thing=thread:7@1500000000
 */
export class View {
  #values = new Map();
  #listeners = [];
  /** How many actions are under way whose changes are one step of the history, and whether it was made. */
  #depth = 0;
  #isStepMade = false;

  constructor() {
    this.#values = read(location.hash);
    addEventListener('popstate', () => this.#replaceAll(read(location.hash)));
    addEventListener('hashchange', () => this.#replaceAll(read(location.hash)));
  }

  value(name) {
    return this.#values.get(name) ?? '';
  }

  /** A value of the form "a-b" as two numbers, or null. */
  range(name) {
    const parts = /^(-?\d+)-(-?\d+)$/.exec(this.value(name));
    if (!parts) return null;
    const [begin, end] = [Number(parts[1]), Number(parts[2])];
    return begin < end ? { begin, end } : null;
  }

  list(name) {
    const text = this.value(name);
    return text === '' ? [] : text.split(',').map(decodeURIComponent);
  }

  /**
   * Changes values. `quiet` replaces the entry of the history: for what changes all the time, such as
   * the window while it is dragged.
   */
  set(changes, { quiet = false } = {}) {
    const changed = new Set();
    for (const [name, value] of Object.entries(changes)) {
      const text = textOf(value);
      if (this.value(name) === text) continue;
      if (text === '') this.#values.delete(name);
      else this.#values.set(name, text);
      changed.add(name);
    }
    if (changed.size === 0) return;
    const address = write(this.#values);
    if (address !== location.hash) {
      if (quiet || (this.#depth > 0 && this.#isStepMade)) {
        history.replaceState(null, '', address);
      } else {
        history.pushState(null, '', address);
        this.#isStepMade = true;
      }
    }
    this.#tell(changed);
  }

  /** Does something whose changes the back button undoes as one. */
  together(action) {
    if (this.#depth++ === 0) this.#isStepMade = false;
    try {
      return action();
    } finally {
      this.#depth--;
    }
  }

  /** Calls `listener(changedNames)` after changes of any of `names`, until `signal` is aborted. */
  onChange(names, listener, signal) {
    const entry = { names, listener };
    this.#listeners.push(entry);
    signal?.addEventListener('abort', () => this.#listeners.splice(this.#listeners.indexOf(entry), 1));
  }

  /** The same view for those who look at it only until `signal` is aborted. */
  until(signal) {
    return {
      value: (name) => this.value(name),
      range: (name) => this.range(name),
      list: (name) => this.list(name),
      set: (changes, how) => this.set(changes, how),
      together: (action) => this.together(action),
      address: (changes) => this.address(changes),
      onChange: (names, listener) => this.onChange(names, listener, signal),
    };
  }

  /** The address of this view with some values changed, for links. */
  address(changes) {
    const values = new Map(this.#values);
    for (const [name, value] of Object.entries(changes)) {
      const text = textOf(value);
      if (text === '') values.delete(name);
      else values.set(name, text);
    }
    return write(values);
  }

  #replaceAll(values) {
    const changed = new Set();
    for (const name of new Set([...values.keys(), ...this.#values.keys()])) {
      if (values.get(name) !== this.#values.get(name)) changed.add(name);
    }
    this.#values = values;
    if (changed.size > 0) this.#tell(changed);
  }

  #tell(changed) {
    for (const { names, listener } of [...this.#listeners]) {
      if (names.some((name) => changed.has(name))) listener(changed);
    }
  }
}

function textOf(value) {
  if (value === null || value === undefined) return '';
  // As a part of an address all of it is encoded once more.
  if (Array.isArray(value)) return value.map((one) => String(one).replace(/[%,]/g, encodeURIComponent)).join(',');
  if (typeof value === 'object') return `${Math.round(value.begin)}-${Math.round(value.end)}`;
  return String(value);
}

function read(hash) {
  const [, tab, query] = /^#\/?([a-z]*)\??(.*)$/s.exec(hash || '#') ?? [null, '', ''];
  const values = new Map(new URLSearchParams(query));
  if (tab) values.set('tab', tab);
  return values;
}

function write(values) {
  const others = new URLSearchParams([...values].filter(([name]) => name !== 'tab').sort());
  const query = others.toString();
  return `#/${values.get('tab') ?? ''}${query === '' ? '' : `?${query}`}`;
}
