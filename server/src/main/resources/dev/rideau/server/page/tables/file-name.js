/** What a saved table is called: the trace, what it tells, its format. */
export function fileName(trace, what, format) {
  return `${trace.id}-${what}.${format}`;
}
