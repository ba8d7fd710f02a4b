/** Heights of states in ninths of a row, as [first, after last]: activity is high, waiting is low. */
const FULL = [0, 9];
const TALL = [2, 9];
const MIDDLE = [4, 8];
const LINE = [6, 8];

/** Keys of states, as the server names them: [colour of the style sheet, height]. */
const KEYS = {
  'running-user': ['--state-user', FULL],
  running: ['--state-user', FULL],
  'running-syscall': ['--state-syscall', FULL],
  'running-kernel': ['--state-kernel', FULL],
  'running-irq': ['--state-irq', FULL],
  'running-softirq': ['--state-softirq', FULL],
  'runnable-woken': ['--state-runnable', TALL],
  'runnable-new': ['--state-runnable', TALL],
  runnable: ['--state-runnable', TALL],
  'runnable-preempted': ['--state-preempted', TALL],
  'blocked-disk': ['--state-disk', MIDDLE],
  'blocked-page-fault': ['--state-disk', MIDDLE],
  'blocked-futex': ['--state-lock', MIDDLE],
  'blocked-pipe': ['--state-io', LINE],
  'blocked-socket': ['--state-io', LINE],
  'blocked-poll': ['--state-sleep', LINE],
  'blocked-timer': ['--state-sleep', LINE],
  'blocked-process': ['--state-sleep', LINE],
  'blocked-syscall': ['--state-sleep', LINE],
  'blocked-unknown': ['--state-blocked', LINE],
  stopped: ['--state-lock', MIDDLE],
  dead: ['--state-none', LINE],
  unknown: ['--state-none', LINE],
  'cpu-idle': ['--state-none', LINE],
  'cpu-user': ['--cpu-mixed', FULL],
  'cpu-kernel-thread': ['--cpu-kernel', FULL],
  irq: ['--state-irq', FULL],
  softirq: ['--state-softirq', FULL],
  'net-send': ['--state-syscall', FULL],
  event: ['--state-event', FULL],
  'net-receive': ['--state-runnable', FULL],
};

/** Keys that end in a number grow with it. */
const STEPS = {
  frequency: ['--step-frequency', [3, 4, 6, 7, 9]],
  idle: ['--step-idle', [3, 5, 7, 9]],
  disk: ['--state-disk', { 1: 3, 2: 4, 4: 6, 8: 7, 16: 9 }],
};

/** What the legend shows, in this order. */
export const LEGEND = [
  ['running-user', 'runs its own program'],
  ['running-syscall', 'runs in a system call'],
  ['running-kernel', 'runs in the kernel'],
  ['running-irq', 'is interrupted'],
  ['process', 'process of several threads: one runs'],
  ['runnable-woken', 'waits for a CPU'],
  ['runnable-preempted', 'was preempted'],
  ['blocked-disk', 'waits for a disk'],
  ['blocked-futex', 'waits for a lock'],
  ['blocked-pipe', 'waits for a pipe or socket'],
  ['blocked-timer', 'sleeps'],
  ['cpu-user', 'on a CPU: a colour for each program'],
  ['cpu-kernel-thread', 'on a CPU: kernel thread'],
  ['irq', 'interrupt'],
  ['softirq', 'softirq'],
  ['event', 'record: a colour for each event'],
];

/** Which of them mean something where there are such rows only. */
export const LEGEND_ROWS = {
  cpu: ['cpu-user', 'cpu-kernel-thread'],
  irq: ['irq'],
  softirq: ['softirq'],
  events: ['event'],
};

/** States in which nothing is done: what else a pixel holds is drawn over them. */
function isRest(key) {
  return /^(blocked|stopped|dead|unknown|cpu-idle)/.test(key);
}

/** How codes of the server look in the colours of now. */
export class Styles {
  #codes = new Map();
  #named;

  constructor(styles, palette) {
    this.palette = palette;
    const mixed = palette.plain('--state-mixed', FULL);
    const mixedOnCpu = palette.plain('--cpu-mixed', FULL);
    for (const { code, key, name } of styles) {
      const [color, height] = heightOf(key);
      const style = { ...palette.plain(color, height), key, name, rest: null, isMark: key === 'event' };
      if (isRest(key)) style.rest = key === 'cpu-idle' ? mixedOnCpu : mixed;
      this.#codes.set(code, style);
    }
    this.#named = new Map();
    // What its threads do differs, so a closed process has none of their colours.
    this.process = { ...palette.plain('--state-process', FULL), key: 'running', name: 'Running', rest: null };
  }

  /** Threads on CPUs, and records, have the colour of their name, everything else that of its state. */
  of(code, label, kind = '') {
    const style = this.#codes.get(code);
    if (kind === 'process' && style?.key === 'running') return this.process;
    if (!style) return this.palette.plain('--state-none', LINE);
    if (label === '' || (style.key !== 'cpu-user' && style.key !== 'event')) return style;
    const name = label.replace(/ \(\d+\)$/, '');
    let named = this.#named.get(name);
    if (!named) {
      const color = style.isMark ? this.palette.record(name) : this.palette.program(name);
      this.#named.set(name, (named = { ...style, ...color }));
    }
    return named;
  }

  name(code) {
    return this.#codes.get(code)?.name ?? '';
  }

  key(code) {
    return this.#codes.get(code)?.key ?? 'unknown';
  }
}

function heightOf(key) {
  const step = /^(frequency|idle|disk)-(\d+)$/.exec(key);
  if (!step) return KEYS[key] ?? ['--state-none', LINE];
  const [color, heights] = STEPS[step[1]];
  return [color, [9 - (heights[Number(step[2])] ?? 5), 9]];
}
