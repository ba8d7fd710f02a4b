/** Heights in pixels. */
export const ROW_HEIGHT = 20;
const GROUP_HEIGHT = 24;

const KIND_NAMES = {
  group: 'group',
  cpu: 'CPU',
  cpu_irq: 'interrupts of a CPU',
  cpu_softirq: 'softirqs of a CPU',
  cpu_frequency: 'frequency of a CPU',
  cpu_idle: 'idle states of a CPU',
  process: 'process',
  thread: 'thread',
  disk: 'disk',
  net_device: 'network device',
  irq: 'interrupt',
  softirq: 'softirq',
  events: 'records',
};

export function kindName(kind) {
  return KIND_NAMES[kind] ?? kind;
}

/** Rows of the timeline as a tree: what is open, pinned, filtered; and where each row stands. */
export class Rows {
  #byId = new Map();
  #children = new Map();
  #top = [];
  /** Rows that are open when they usually are closed, and the other way round. */
  toggled = new Set();
  pins = [];
  filter = '';
  showsIdle = false;
  /** Number of the only machine whose rows are shown; '' for all. */
  host = '';
  visible = [];
  pinned = [];
  height = 0;
  hiddenIdle = 0;

  constructor(rows) {
    for (const row of rows) {
      this.#byId.set(row.id, row);
      const siblings = row.parent < 0 ? this.#top : this.#childrenOf(row.parent);
      siblings.push(row);
    }
    this.layOut();
  }

  #childrenOf(id) {
    let children = this.#children.get(id);
    if (!children) this.#children.set(id, (children = []));
    return children;
  }

  row(id) {
    return this.#byId.get(id) ?? null;
  }

  all() {
    return [...this.#byId.values()];
  }

  children(id) {
    return this.#children.get(id) ?? [];
  }

  find(test) {
    for (const row of this.#byId.values()) if (test(row)) return row;
    return null;
  }

  isOpen(row) {
    const usually = row.kind === 'group' && !row.name.startsWith('Interrupts');
    return usually !== this.toggled.has(row.id);
  }

  hasChildren(row) {
    return this.children(row.id).length > 0;
  }

  /** Id of the row that is drawn for the one with that id. */
  drawnId(id) {
    const row = this.row(id);
    return row ? this.#drawn(row).id : id;
  }

  /** The row that is drawn for a row: of a process with one thread that thread, which tells more. */
  #drawn(row) {
    const children = this.children(row.id);
    return row.kind === 'process' && children.length === 1 ? children[0] : row;
  }

  toggle(row) {
    if (!this.toggled.delete(row.id)) this.toggled.add(row.id);
    this.layOut();
  }

  /** Opens whatever hides a row and returns the id of the one that is drawn for it. */
  reveal(id) {
    const wanted = this.row(id);
    if (!wanted) return undefined;
    const row = this.#drawn(wanted);
    if (this.place(row.id)) return row.id;
    for (let up = this.row(row.parent); up; up = this.row(up.parent)) {
      const isDrawn = this.#drawn(up) === up;
      if (isDrawn && !this.isOpen(up)) this.toggle(up);
    }
    if (!this.place(row.id)) {
      this.filter = '';
      this.showsIdle = true;
      if (wanted.host >= 0 && this.host !== '') this.host = String(wanted.host);
      this.layOut();
    }
    return row.id;
  }

  /** Ids of these rows and of what they hide because they are closed. */
  within(places) {
    const ids = [];
    const addAll = (row) => {
      ids.push(row.id);
      this.children(row.id).forEach(addAll);
    };
    for (const { row } of places) {
      if (this.isOpen(row)) ids.push(row.id);
      else addAll(row);
    }
    return ids;
  }

  /** The row that stands for another one: itself, or the closed one that hides it. */
  standIn(id) {
    for (let row = this.row(id); row; row = this.row(row.parent)) {
      const place = this.place(row.id);
      if (place) return place;
    }
    return null;
  }

  place(id) {
    return this.pinned.find((place) => place.row.id === id) ?? this.#places.get(id) ?? null;
  }

  #places = new Map();

  layOut() {
    this.visible = [];
    this.hiddenIdle = 0;
    this.#places.clear();
    const wanted = this.filter.trim().toLowerCase();
    let y = 0;
    const add = (given, depth, isMatched) => {
      const row = this.#drawn(given);
      const matches = isMatched || wanted === '' || matchesFilter(given, wanted) || matchesFilter(row, wanted);
      const children = this.children(row.id);
      if (wanted !== '' && !matches && !this.#hasMatch(row, wanted)) return;
      if (this.#isIdle(row) && !this.pins.includes(row.id) && wanted === '') {
        this.hiddenIdle++;
        return;
      }
      const height = row.kind === 'group' ? GROUP_HEIGHT : ROW_HEIGHT;
      const place = { row, depth, y, height, isPinned: false };
      this.visible.push(place);
      this.#places.set(row.id, place);
      y += height;
      const isOpen = this.isOpen(row) || (wanted !== '' && !matches);
      if (!isOpen || !this.hasChildren(row)) return;
      for (const child of children) add(child, depth + 1, matches && wanted !== '' && row.kind !== 'group');
    };
    for (const row of this.#top) {
      const isOther = this.host !== '' && row.host >= 0 && String(row.host) !== this.host;
      if (!isOther && (this.children(row.id).length > 0 || row.hasStates)) add(row, 0, false);
    }
    this.height = y;
    let pinnedY = 0;
    this.pinned = this.pins
      .map((id) => this.row(id))
      .filter((row) => row !== null)
      .map((row) => {
        const place = { row, depth: 0, y: pinnedY, height: ROW_HEIGHT, isPinned: true };
        pinnedY += ROW_HEIGHT;
        return place;
      });
  }

  get pinnedHeight() {
    return this.pinned.length * ROW_HEIGHT;
  }

  #isIdle(row) {
    if (this.showsIdle || row.busy || !['process', 'thread', 'irq', 'softirq'].includes(row.kind)) return false;
    return this.children(row.id).every((child) => !child.busy);
  }

  #hasMatch(row, wanted) {
    return this.children(row.id).some(
      (child) => matchesFilter(child, wanted) || this.#hasMatch(child, wanted),
    );
  }
}

function matchesFilter(row, wanted) {
  return wanted.split('|').some((part) => {
    const text = part.trim();
    if (text === '') return false;
    if (/^\d+$/.test(text)) return String(row.tid) === text || String(row.pid) === text;
    return row.name.toLowerCase().includes(text);
  });
}
