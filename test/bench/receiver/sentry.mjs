/** Calls `take(id)` for each span in an envelope: of transactions, or of a stream of spans. */
export function eachSentrySpan(body, take) {
  const lines = body.toString('utf8').split('\n');
  // The envelope's header, then an item's header and its payload by turns.
  for (let i = 1; i + 1 < lines.length; i += 2) {
    const { type } = JSON.parse(lines[i]);
    if (type !== 'transaction' && type !== 'span') continue;
    const payload = JSON.parse(lines[i + 1]);
    if (type === 'span') for (const { span_id: id } of payload.items) take(id);
    else for (const { span_id: id } of [payload.contexts.trace, ...payload.spans]) take(id);
  }
}
