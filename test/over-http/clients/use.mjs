import console from 'node:console';

/** Lists, calls, ends the session and leaves; prints what came of it as JSON. Throws at any fault. */
export async function use(client, transport) {
  client.onerror = (fault) => {
    throw fault;
  };
  await client.connect(transport);
  const { tools } = await client.listTools();
  const add = { name: 'add', arguments: { a: 0.1, b: 0.2 } };
  const { structuredContent } = await client.callTool(add);
  await transport.terminateSession();
  await client.close();
  const names = tools.map(({ name }) => name);
  console.log(JSON.stringify({ tools: names, called: structuredContent }));
}
