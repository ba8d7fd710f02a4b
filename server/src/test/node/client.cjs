// Walks through the protocol with its own client, tsp-typescript-client, and prints what it was
// told as one JSON object, for the test that started it to compare with the trace's tables.
//
// node client.cjs BASE TRACE OTHER TID BEGIN END
//   BASE   where the server's addresses begin
//   TRACE  path of a trace; OTHER path of another one
//   TID    a thread, and BEGIN and END a range of time to look at
// TSP_SPECIFICATION may name the specification of the protocol as JSON; the exchanges are then held
// against it as well.
'use strict';

const fs = require('node:fs');
const assert = require('node:assert/strict');
const { HttpTspClient, QueryHelper, Query, RestClient } = require('tsp-typescript-client');
const proxy = require('./proxy.cjs');

const [base, tracePath, otherPath, tidText, beginText, endText] = process.argv.slice(2);
const tid = Number(tidText);
const begin = BigInt(beginText);
const end = BigInt(endText);

// A value of a style may be a text or a number: the specification says so in words, and in its
// schemas that it must be an object as well.
function repaired(specification) {
  for (const name of ['StyleValue', 'MetadataValue']) {
    const schema = specification.components.schemas[name];
    delete schema.type;
    schema.anyOf = schema.oneOf;
    delete schema.oneOf;
  }
  return specification;
}

function model(response) {
  assert.ok(response.isOk(), `${response.getStatusCode()}: ${response.getText()}`);
  const value = response.getModel();
  assert.ok(value !== undefined, 'the client could not read ' + response.getText().slice(0, 500));
  return value;
}

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

// Asks until the answer is complete, as the protocol demands of clients.
async function completed(ask, statuses) {
  for (;;) {
    const answer = model(await ask());
    statuses.add(answer.status);
    if (answer.status !== 'RUNNING') {
      assert.equal(answer.status, 'COMPLETED', answer.statusMessage);
      return answer.model;
    }
    await sleep(20);
  }
}

async function main() {
  const text = await (await fetch(base + '/openapi.json')).text();
  const descriptions = [new proxy.Description(JSON.parse(text))];
  if (process.env.TSP_SPECIFICATION) {
    const specification = JSON.parse(fs.readFileSync(process.env.TSP_SPECIFICATION, 'utf8'));
    descriptions.push(new proxy.Description(repaired(specification)));
  }
  const between = await proxy.start(base, descriptions);
  const client = new HttpTspClient(between.url);
  const statuses = new Set();
  const result = {};

  assert.equal(model(await client.checkHealth()).status, 'UP');
  result.identifier = model(await client.fetchIdentifier());

  // Traces.
  const trace = model(await client.openTrace(new Query({ name: 'one', uri: tracePath })));
  const again = model(await client.openTrace(new Query({ name: 'one', uri: tracePath })));
  assert.equal(again.UUID, trace.UUID);
  const other = model(await client.openTrace(new Query({ name: 'other', uri: otherPath })));
  const clash = await client.openTrace(new Query({ name: 'one', uri: otherPath }));
  assert.equal(clash.getStatusCode(), 409);
  assert.equal(clash.getErrorResponse().trace.UUID, trace.UUID);
  const nowhere = await client.openTrace(new Query({ name: 'no', uri: '/no/such/trace' }));
  assert.equal(nowhere.getStatusCode(), 404);
  assert.ok(model(await client.fetchTraces()).some(each => each.UUID === trace.UUID));
  assert.equal(model(await client.fetchTrace(trace.UUID)).path, trace.path);

  // Experiments.
  const experiment = model(
    await client.createExperiment(new Query({ name: 'look', traces: [trace.UUID] })));
  const id = experiment.UUID;
  const sameNamed = await client.createExperiment(
    new Query({ name: 'look', traces: [other.UUID] }));
  assert.equal(sameNamed.getStatusCode(), 409);
  assert.equal(sameNamed.getErrorResponse().experiment.UUID, id);
  const first = await client.fetchTimeGraphTree(id, 'thread-states', QueryHelper.query({}));
  statuses.add(model(first).status);
  result.progress = model(first).statusMessage;
  let state = model(await client.fetchExperiment(id));
  while (state.indexingStatus === 'RUNNING') {
    await sleep(20);
    state = model(await client.fetchExperiment(id));
  }
  assert.equal(state.indexingStatus, 'COMPLETED');
  result.experiment = { start: state.start, end: state.end, events: state.nbEvents };
  assert.ok(model(await client.fetchExperiments()).some(each => each.UUID === id));
  const both = model(
    await client.createExperiment(new Query({ name: 'both', traces: [trace.UUID, other.UUID] })));
  assert.equal(both.traces.length, 2);

  // Outputs: everything that is listed answers.
  const outputs = model(await client.experimentOutputs(id));
  const ids = new Set(outputs.map(output => output.id));
  assert.equal(ids.size, outputs.length);
  result.outputs = outputs.map(output => output.id);
  const whole = QueryHelper.timeRangeQuery(state.start, state.end);
  for (const output of outputs) {
    assert.ok(output.parentId === undefined || ids.has(output.parentId), output.id);
    model(await client.fetchStyles(id, output.id, QueryHelper.query()));
    model(await client.fetchAnnotationsCategories(id, output.id));
    if (output.type === 'TIME_GRAPH') {
      await lookAtTimeGraph(client, id, output.id, state, statuses);
    } else if (output.type === 'TREE_TIME_XY' || output.type === 'TREE_GENERIC_XY') {
      await lookAtChart(client, id, output, state, statuses);
    } else if (output.type === 'DATA_TREE') {
      const tree = await completed(() => client.fetchDataTree(id, output.id, whole), statuses);
      checkTree(tree);
    } else if (output.type === 'TABLE') {
      const columns = await completed(
        () => client.fetchTableColumns(id, output.id, QueryHelper.query()), statuses);
      const lines = await completed(
        () => client.fetchTableLines(
          id, output.id, QueryHelper.tableQuery(columns.map(c => c.id), 0, 5)), statuses);
      assert.equal(lines.lines.length, Math.min(5, lines.size), output.id);
      lines.lines.forEach((line, at) => {
        assert.equal(line.index, at);
        assert.equal(line.cells.length, columns.length);
      });
    }
  }

  // States of a thread.
  const threads = await completed(
    () => client.fetchTimeGraphTree(id, 'thread-states', whole), statuses);
  const thread = threads.entries.find(
    entry => entry.metadata && entry.metadata.tid && Number(entry.metadata.tid[0]) === tid);
  assert.ok(thread, 'no entry of thread ' + tid);
  assert.equal(threads.entries[0].start, state.start);
  const states = await completed(
    () => client.fetchTimeGraphStates(
      id, 'thread-states', QueryHelper.selectionTimeRangeQuery(begin, end, 8192, [thread.id])),
    statuses);
  result.states = states.rows[0].states.map(
    each => ({ start: each.start, end: each.end, style: each.style.parentKey, label: each.label }));
  const longest = states.rows[0].states.reduce(
    (a, b) => (b.end - b.start > a.end - a.start ? b : a));
  const element = {
    elementType: 'STATE', time: longest.start, duration: longest.end - longest.start };
  result.tooltip = await completed(
    () => client.fetchTimeGraphTooltip(
      id, 'thread-states',
      QueryHelper.selectionTimeQuery(
        [longest.start], [thread.id], { [QueryHelper.REQUESTED_ELEMENT_KEY]: element })),
    statuses);
  const styles = model(await client.fetchStyles(id, 'thread-states', QueryHelper.query())).model;
  states.rows[0].states.forEach(each => assert.ok(styles.styles[each.style.parentKey]));
  const filtered = await completed(
    () => client.fetchTimeGraphStates(
      id, 'thread-states',
      QueryHelper.selectionTimeRangeQuery(begin, end, 8192, [thread.id], {
        filter_query_parameters: { filter_expressions_map: { 1: ['style == running-user'] } } })),
    statuses);
  result.dimmed = filtered.rows[0].states.filter(each => each.tags === 1).length;
  result.bright = filtered.rows[0].states.filter(each => each.tags !== 1).length;
  const arrows = await completed(
    () => client.fetchTimeGraphArrows(
      id, 'thread-states', QueryHelper.timeRangeQuery(state.start, state.end, 1000)), statuses);
  result.arrows = arrows.length;

  // CPU usage.
  const usage = await completed(
    () => client.fetchXYTree(
      id, 'cpu-usage', QueryHelper.timeRangeQuery(begin, end)), statuses);
  const used = usage.entries.find(entry => entry.labels[1] === String(tid));
  result.usageLabels = { total: usage.entries[0].labels, thread: used ? used.labels : null };
  const curves = await completed(
    () => client.fetchXY(
      id, 'cpu-usage',
      QueryHelper.selectionTimeRangeQuery(begin, end, 500, used ? [0, used.id] : [0])), statuses);
  result.usage = curves.series.map(
    series => ({ name: series.seriesName, mean: series.yValues.reduce((a, b) => a + b, 0) / 500 }));

  // Histogram: every event record is counted once.
  const histogram = await completed(
    () => client.fetchXY(
      id, 'histogram',
      QueryHelper.selectionTimeRangeQuery(state.start, state.end, 300, [1])), statuses);
  result.histogram = histogram.series[0].yValues.reduce((a, b) => a + b, 0);
  const tip = await client.fetchXYToolTip(id, 'cpu-usage', Number(begin));
  assert.ok(model(tip).model.Time);

  // The event table: by index, by time, by search.
  const at = await completed(
    () => client.fetchTableLines(
      id, 'events',
      QueryHelper.timeQuery([begin], { [QueryHelper.REQUESTED_TABLE_COUNT_KEY]: 1 })), statuses);
  result.eventAt = { index: at.lines[0].index, ns: at.lines[0].cells[5].content };
  result.events = at.size;
  const search = {
    table_search_expressions: { 2: '^sched_switch$' }, table_search_direction: 'NEXT' };
  const found = await completed(
    () => client.fetchTableLines(
      id, 'events', QueryHelper.tableQuery([0, 2, 5], at.lines[0].index, 3, search)), statuses);
  assert.equal(found.lines[0].cells[1].content, 'sched_switch');
  assert.equal(found.lines[0].tags, 8);
  result.foundAt = found.lines[0].cells[2].content;
  const back = await completed(
    () => client.fetchTableLines(
      id, 'events',
      QueryHelper.tableQuery([0, 2, 5], found.lines[0].index - 1, 1, {
        ...search, table_search_direction: 'PREVIOUS' })), statuses);
  assert.ok(back.lines[0].index < found.lines[0].index);
  const nothing = await completed(
    () => client.fetchTableLines(
      id, 'events',
      QueryHelper.tableQuery([0], 0, 1, {
        table_search_expressions: { 2: '^no such event$' }, table_search_direction: 'NEXT' })),
    statuses);
  assert.equal(nothing.lines.length, 0);

  // Statistics.
  const statistics = await completed(
    () => client.fetchDataTree(id, 'statistics', whole), statuses);
  result.statistics = Object.fromEntries(
    statistics.entries.map(entry => [entry.labels[0], Number(entry.labels[1])]));
  const part = await completed(
    () => client.fetchDataTree(id, 'statistics', QueryHelper.timeRangeQuery(begin, end)), statuses);
  result.statisticsInRange = Number(part.entries[0].labels[3]);
  const calls = await completed(
    () => client.fetchDataTree(id, 'syscall-latency-statistics', whole), statuses);
  result.syscalls = Object.fromEntries(
    calls.entries.map(entry => [entry.labels[0], Number(entry.labels[5])]));

  // Annotations and bookmarks.
  model(await client.fetchMarkerSets(id));
  const bookmarks = `${between.url}/experiments/${id}/bookmarks`;
  const bookmark = model(await RestClient.post(
    bookmarks, new Query({ name: 'here', start: begin, end })));
  assert.equal(model(await RestClient.get(bookmarks)).length, 1);
  const moved = model(await RestClient.put(
    `${bookmarks}/${bookmark.uuid}`, new Query({ name: 'there', start: begin, end })));
  assert.equal(moved.name, 'there');
  const annotations = await completed(
    () => client.fetchAnnotations(
      id, 'thread-states',
      QueryHelper.selectionTimeRangeQuery(begin, end, 100, [], {
        requested_marker_set: 'bookmarks' })), statuses);
  assert.equal(annotations.annotations.Bookmarks[0].label, 'there');
  model(await RestClient.delete(`${bookmarks}/${bookmark.uuid}`));
  assert.equal((await RestClient.get(`${bookmarks}/${bookmark.uuid}`)).getStatusCode(), 404);

  await configure(client, id, statuses, result);

  // What is not there, and what is in use.
  const missing = await client.fetchTimeGraphTree(id, 'no-such-output', QueryHelper.query({}));
  assert.equal(missing.getStatusCode(), 404);
  const wrong = await client.fetchTimeGraphStates(id, 'thread-states', new Query({}));
  assert.equal(wrong.getStatusCode(), 400);
  const unknown = await client.fetchExperiment('00000000-0000-0000-0000-000000000000');
  assert.equal(unknown.getStatusCode(), 404);
  assert.equal((await client.deleteTrace(trace.UUID)).getStatusCode(), 409);
  assert.equal(model(await client.deleteExperiment(both.UUID)).UUID, both.UUID);
  assert.equal(model(await client.deleteExperiment(id)).UUID, id);
  assert.equal(model(await client.deleteTrace(trace.UUID)).UUID, trace.UUID);
  assert.equal((await client.fetchTrace(trace.UUID)).getStatusCode(), 404);

  between.close();
  result.statuses = [...statuses];
  result.exchanges = Object.fromEntries(between.seen);
  result.problems = between.problems;
  console.log(JSON.stringify(
    result, (_, value) => (typeof value === 'bigint' ? value.toString() : value)));
}

function checkTree(tree) {
  const ids = new Set(tree.entries.map(entry => entry.id));
  assert.equal(ids.size, tree.entries.length, 'ids of entries are unique');
  for (const entry of tree.entries) {
    const parent = entry.parentId;
    assert.ok(parent === undefined || parent === -1 || ids.has(parent), 'parents are there');
    if (tree.headers.length > 0) {
      assert.equal(entry.labels.length, tree.headers.length);
    }
  }
}

async function lookAtTimeGraph(client, id, output, range, statuses) {
  const query = QueryHelper.timeRangeQuery(range.start, range.end);
  const tree = await completed(() => client.fetchTimeGraphTree(id, output, query), statuses);
  checkTree(tree);
  const wanted = tree.entries.filter(entry => entry.hasData).slice(0, 500).map(entry => entry.id);
  const states = await completed(
    () => client.fetchTimeGraphStates(
      id, output,
      QueryHelper.selectionTimeRangeQuery(range.start, range.end, 1000, wanted)), statuses);
  for (const row of states.rows) {
    assert.ok(wanted.includes(row.entryId));
    let last = range.start;
    for (const each of row.states) {
      assert.ok(each.start >= last && each.end > each.start, 'states follow one another');
      last = each.end;
    }
  }
  const arrows = await completed(
    () => client.fetchTimeGraphArrows(
      id, output, QueryHelper.timeRangeQuery(range.start, range.end, 1000)), statuses);
  const ids = new Set(tree.entries.map(entry => entry.id));
  arrows.forEach(arrow => assert.ok(ids.has(arrow.sourceId) && ids.has(arrow.targetId)));
  await completed(
    () => client.fetchAnnotations(
      id, output,
      QueryHelper.selectionTimeRangeQuery(range.start, range.end, 1000, wanted)), statuses);
}

async function lookAtChart(client, id, output, range, statuses) {
  const generic = output.type === 'TREE_GENERIC_XY';
  const query = QueryHelper.timeRangeQuery(range.start, range.end);
  const tree = await completed(
    () => (generic
      ? client.fetchGenericXYTree(id, output.id, query)
      : client.fetchXYTree(id, output.id, query)), statuses);
  checkTree(tree);
  const wanted = tree.entries.filter(entry => entry.hasData).slice(0, 20).map(entry => entry.id);
  const items = QueryHelper.selectionTimeRangeQuery(
    range.start, range.end, 100, wanted, undefined, generic);
  const chart = await completed(
    () => (generic
      ? client.fetchGenericXY(id, output.id, items)
      : client.fetchXY(id, output.id, items)), statuses);
  for (const series of chart.series) {
    assert.ok(wanted.includes(series.seriesId), output.id);
    const x = series.xValues || series.xRanges || series.xCategories;
    assert.equal(x.length, series.yValues.length, output.id);
  }
}

async function configure(client, id, statuses, result) {
  const types = model(await client.fetchConfigurationSourceTypes());
  assert.equal(types[0].id, 'sql');
  model(await client.fetchConfigurationSourceType('sql'));
  const sql = 'SELECT name, count(*) AS calls FROM syscall GROUP BY name ORDER BY calls DESC, name';
  const configuration = model(
    await client.createConfiguration('sql', QueryHelper.configurationQuery('calls', 'mine', { sql })));
  assert.equal(model(await client.fetchConfigurations('sql')).length, 1);
  model(await client.fetchConfiguration('sql', configuration.id));
  const mine = model(await client.experimentOutputs(id)).find(
    output => output.configuration && output.configuration.id === configuration.id);
  assert.equal(mine.type, 'TABLE');
  const lines = await completed(
    () => client.fetchTableLines(id, mine.id, QueryHelper.tableQuery([], 0, 3)), statuses);
  result.sqlLines = lines.lines.map(line => line.cells.map(cell => cell.content));
  model(await client.updateConfiguration(
    'sql', configuration.id,
    QueryHelper.configurationQuery('fewer', undefined, { sql: 'SELECT 42 AS answer' })));
  const fewer = await completed(
    () => client.fetchTableLines(id, mine.id, QueryHelper.tableQuery([], 0, 3)), statuses);
  assert.equal(fewer.lines[0].cells[0].content, '42');
  model(await client.deleteConfiguration('sql', configuration.id));
  assert.equal((await client.fetchConfiguration('sql', configuration.id)).getStatusCode(), 404);

  const kinds = model(await client.fetchOutputConfigurationTypes(id, 'critical-path'));
  model(await client.fetchOutputConfigurationType(id, 'critical-path', kinds[0].id));
  const derived = model(await client.createDerivedOutput(
    id, 'critical-path',
    QueryHelper.outputConfigurationQuery('of one', undefined, kinds[0].id, { tid })));
  assert.equal(derived.parentId, 'critical-path');
  const path = await completed(
    () => client.fetchTimeGraphTree(id, derived.id, QueryHelper.query({})), statuses);
  checkTree(path);
  model(await client.deleteDerivedOutput(id, 'critical-path', derived.id));
  const gone = await client.fetchTimeGraphTree(id, derived.id, QueryHelper.query({}));
  assert.equal(gone.getStatusCode(), 404);
}

main().catch(failure => {
  console.error(failure.stack || failure);
  process.exit(1);
});
