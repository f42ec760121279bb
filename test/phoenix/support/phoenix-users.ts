import { PhoenixClient } from './client';

/** Settings of a Phoenix that wants a key. They guard nothing: it lives as long as one test. */
const ADMIN_SECRET = 'an-administrator-of-one-test-only-0001';
export const WITH_AUTH = {
  PHOENIX_ENABLE_AUTH: 'true',
  PHOENIX_SECRET: 'signs-the-keys-of-one-test-only-0001',
  PHOENIX_ADMIN_SECRET: ADMIN_SECRET,
  PHOENIX_DISABLE_RATE_LIMIT: 'true',
};

/** The keys that such a Phoenix knows, and what they are good for. */
export interface Keys {
  /** PHOENIX_ADMIN_SECRET, which is a key too. */
  admin: string;
  /** Of the system: as made under Settings for programs. */
  system: string;
  /** Of a user who may only look. */
  viewer: string;
}

/** Makes the keys as the settings page does. */
export async function makeKeys(url: string): Promise<Keys> {
  const admin = new PhoenixClient(url, ADMIN_SECRET);
  const { createSystemApiKey } = await admin.graphql<{ createSystemApiKey: { jwt: string } }>(
    'mutation { createSystemApiKey(input: {name: "test"}) { jwt } }',
  );
  return { admin: ADMIN_SECRET, system: createSystemApiKey.jwt, viewer: await viewerKey(admin) };
}

async function viewerKey(admin: PhoenixClient): Promise<string> {
  const email = 'viewer@example.com';
  const password = 'Only-for-a-test-1';
  const user = { email, username: 'viewer', role: 'VIEWER', auth_method: 'LOCAL', password };
  const post = (path: string, body: object, headers = {}) =>
    admin.fetch(path, { method: 'POST', body: JSON.stringify(body), headers });
  await post('/v1/users', { user, send_welcome_email: false });

  // Nobody may make another's key: the viewer logs in.
  const login = await post('/auth/login', { email, password });
  const cookie = login.headers.getSetCookie().map((each) => each.split(';')[0]);
  const visitor = new PhoenixClient(admin.url);
  const made = await visitor.fetch('/v1/user/api_keys', {
    method: 'POST',
    body: JSON.stringify({ data: { name: 'test' } }),
    headers: { cookie: cookie.join('; ') },
  });
  const { data } = (await made.json()) as { data: { key: string } };
  return data.key;
}
