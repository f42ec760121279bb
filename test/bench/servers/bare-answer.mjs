const add = ({ a, b }) => (typeof a === 'string' ? String(BigInt(a) + BigInt(b)) : a + b);

/** The bare servers' answer to a message, as text; '' to a notification. */
export function answer({ id, method, params }) {
  if (id === undefined) return '';
  if (method === 'initialize') {
    const { protocolVersion } = params;
    const serverInfo = { name: 'bare', version: '1.0.0' };
    return reply(id, { protocolVersion, capabilities: { tools: {} }, serverInfo });
  }
  const result = add(params.arguments);
  return reply(id, {
    content: [{ type: 'text', text: String(result) }],
    structuredContent: { result },
  });
}

const reply = (id, result) => JSON.stringify({ jsonrpc: '2.0', id, result });
