// Reads Parquet files with an implementation of its own and compares names of columns and all rows
// with JSON lines:  node parquet.mjs LIST   where LIST is a JSON array of [FILE, LINES] pairs.
import { readFileSync } from 'node:fs';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

// Numbers as text: those with 64 bits have more digits than a double.
const text = (value) => {
  if (value === undefined || value === null) return null;
  return typeof value === 'bigint' || typeof value === 'number' ? String(value) : value;
};
const row = (line) =>
  JSON.parse(
    line.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, (token) =>
      /^-?\d{15,}$/.test(token) ? `"${token}"` : token,
    ),
  );

let rows = 0;
let nulls = 0;
const codecs = new Set();
const types = new Set();
for (const [file, lines] of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const bytes = readFileSync(file);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const about = parquetMetadata(buffer);
  const columns = about.schema.slice(1).map((each) => each.name);
  about.schema.slice(1).forEach((each) => types.add(each.type));
  about.row_groups.forEach((group) =>
    group.columns.forEach((each) => codecs.add(each.meta_data.codec)),
  );
  const found = await parquetReadObjects({ file: buffer, compressors });
  const wanted = readFileSync(lines, 'utf8').split('\n').filter(Boolean).map(row);
  const fail = (why) => {
    console.error(`${file}: ${why}`);
    process.exit(1);
  };
  // Kept facts have no host: it is the number in their names.
  const named = (wanted.length ? Object.keys(wanted[0]) : columns).filter(
    (each) => each !== 'host' || columns.includes('host'),
  );
  if (named.join() !== columns.join()) fail(`columns ${columns}, wanted ${named}`);
  if (Number(about.num_rows) !== wanted.length || found.length !== wanted.length) {
    fail(`${found.length} rows of ${about.num_rows}, wanted ${wanted.length}`);
  }
  const values = (each) => JSON.stringify(columns.map((column) => text(each[column])));
  const left = found.map(values).sort();
  const right = wanted.map(values).sort();
  const at = left.findIndex((each, index) => each !== right[index]);
  if (at >= 0) fail(`a row is ${left[at]}, wanted ${right[at]}`);
  rows += found.length;
  found.forEach((each) => columns.forEach((name) => (nulls += text(each[name]) === null ? 1 : 0)));
}
console.log(`${rows} ${nulls} ${[...codecs].sort()} ${[...types].sort()}`);
