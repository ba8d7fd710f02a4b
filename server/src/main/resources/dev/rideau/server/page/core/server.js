/** What the server said when it could not answer. */
export class ServerError extends Error {
  constructor(status, message, advice) {
    super(message);
    this.status = status;
    this.advice = advice;
  }
}

/** Requests under way, for the bar that shows that something is going on. */
class Activity extends EventTarget {
  count = 0;

  async during(promise) {
    this.#add(1);
    try {
      return await promise;
    } finally {
      this.#add(-1);
    }
  }

  #add(change) {
    this.count += change;
    this.dispatchEvent(new Event('change'));
  }
}

export const activity = new Activity();

/** The answers of one trace. A request whose signal is aborted is stopped in the server as well. */
export class Server {
  static traces() {
    return json('/api/traces').then((answer) => answer.traces);
  }

  static about() {
    return json('/api/server');
  }

  /** @param host number of the only machine that is asked about, as a function; '' for all */
  constructor(traceId, complete = null, host = () => '') {
    this.traceId = traceId;
    this.complete = complete;
    this.host = host;
    this.base = `/api/traces/${encodeURIComponent(traceId)}`;
  }

  /** The same for rows that are all there are, or those made before there are facts. */
  during(complete) {
    return new Server(this.traceId, complete, this.host);
  }

  #query(values) {
    return query({ host: this.host(), ...values });
  }

  #hosted(body) {
    const host = this.host();
    return host === '' ? body : { host: Number(host), ...body };
  }

  trace = (signal) => json(this.base, { signal, isQuiet: true });
  progress = (signal) => json(`${this.base}/progress`, { signal, isQuiet: true });
  explain = (range, signal) => json(`${this.base}/explain${query(range)}`, { signal });

  rows = (signal) => json(`${this.base}/timeline/rows`, { signal, isQuiet: true });
  density = (signal) => json(`${this.base}/density`, { signal, isQuiet: true });
  styles = (signal) => json(`${this.base}/timeline/styles`, { signal });
  /** What is at a time of a row; null for nothing. */
  details = (row, ts, signal) =>
    orNothing(json(`${this.base}/timeline/details${query({ row, ts })}`, { signal }));
  /** The state before or after that at a time of a row; null for none. */
  step = (row, ts, direction, signal) =>
    orNothing(json(`${this.base}/timeline/step${query({ row, ts, direction })}`, { signal }));
  arrows = (body, signal) => json(`${this.base}/timeline/arrows`, { body, signal });
  marks = (range, signal) => json(`${this.base}/marks${query(range)}`, { signal });
  criticalPath = (row, range, signal) =>
    json(`${this.base}/critical-path${query({ row, ...range })}`, { signal });
  search = (values, signal) => json(`${this.base}/search${query(values)}`, { signal });

  /** States of rows, as {labels, rows: Map(id → Int32Array of three words for each segment)}. */
  async states(body, signal) {
    const response = await send(`${this.base}/timeline/states`, {
      body: { ...body, complete: this.complete },
      signal,
      accept: 'application/octet-stream',
    });
    return decodeStates(await response.arrayBuffer());
  }

  charts = () => json('/api/charts').then((answer) => answer.charts);
  chart = (name, values, signal) => json(`${this.base}/charts/${name}${this.#query(values)}`, { signal });
  usage = (values, signal) => json(`${this.base}/usage${query(values)}`, { signal });
  scatter = (kind, values, signal) => json(`${this.base}/scatter/${kind}${this.#query(values)}`, { signal });

  reports = () => json('/api/reports').then((answer) => answer.reports);
  availability = () => json(`${this.base}/reports`);
  report = (name, values, signal) => json(this.reportAddress(name, values), { signal });
  reportAddress = (name, values) => `${this.base}/reports/${name}${this.#query(values)}`;

  events = (values, signal) => json(`${this.base}/events${query(values)}`, { signal });
  eventAt = (ts, signal) => json(`${this.base}/events/at${query({ ts })}`, { signal });
  eventClasses = () => json(`${this.base}/events/classes`).then((answer) => answer.classes);

  sql = (body, signal) => json(`${this.base}/sql`, { body: this.#hosted(body), signal });
  completion = () => json(`${this.base}/sql/completion`);

  /** The result of a statement as a file. */
  async sqlFile(body) {
    const response = await send(`${this.base}/sql`, { body: this.#hosted(body) });
    return response.blob();
  }
}

async function orNothing(answer) {
  try {
    return await answer;
  } catch (error) {
    if (error.status === 404) return null;
    throw error;
  }
}

async function json(address, options = {}) {
  const response = await send(address, options);
  return response.json();
}

function send(address, { body, signal, accept = 'application/json', isQuiet = false }) {
  const request = sendPlain(address, body, signal, accept);
  return isQuiet ? request : activity.during(request);
}

async function sendPlain(address, body, signal, accept) {
  const response = await fetch(address, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { accept, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  });
  if (response.ok) return response;
  let answer = null;
  try {
    answer = await response.json();
  } catch {
    // Not an answer of ours; the status has to do.
  }
  throw new ServerError(
    response.status,
    answer?.error ?? `the server answered ${response.status}`,
    answer?.advice ?? null,
  );
}

/** Values as a query; null and undefined are left out, times become whole numbers. */
export function query(values) {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(values ?? {})) {
    if (value === null || value === undefined || value === '') continue;
    parts.set(name, typeof value === 'number' ? String(Math.round(value)) : String(value));
  }
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}

/** See "timeline/states" in the description of the server's interface. */
export function decodeStates(buffer) {
  const [version, textBytes] = new Int32Array(buffer, 0, 2);
  if (version !== 1) throw new Error(`states of version ${version}; reload the page`);
  const text = new TextDecoder().decode(new Uint8Array(buffer, 8, textBytes));
  const head = JSON.parse(text);
  const start = 8 + textBytes;
  const rows = new Map();
  for (const { id, at, count } of head.rows) {
    rows.set(id, new Int32Array(buffer, start + at * 4, count * 3));
  }
  return { labels: head.labels, rows };
}

/** Whether an error only says that nobody wants the answer any more. */
export function isAborted(error) {
  return error?.name === 'AbortError';
}

/** Keeps the latest request of a kind and stops the one before it. */
export class Latest {
  #controller = null;

  start() {
    this.#controller?.abort();
    this.#controller = new AbortController();
    return this.#controller.signal;
  }

  stop() {
    this.#controller?.abort();
    this.#controller = null;
  }
}
