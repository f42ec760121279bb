import { isObject, type Params } from '../json-rpc';
import { cutText, MAX_NAME_CHARACTERS } from './bounded-json';
import type { Session } from './operation';

/** What the two sides tell of themselves. */
export type SessionFacts = Pick<
  Session,
  'protocolVersion' | 'clientName' | 'clientVersion' | 'serverName' | 'serverVersion'
>;

/** What a request to `initialize` tells of its client. */
export function factsOfInitialize(params: Params | undefined): SessionFacts {
  return client(params?.['clientInfo']);
}

/** What its answer tells: who the server is, and what they agreed on. */
export function factsOfInitialized(result: unknown): SessionFacts {
  const { protocolVersion, serverInfo } = isObject(result) ? result : {};
  return { ...server(serverInfo), ...revision(protocolVersion) };
}

const KEY = 'io.modelcontextprotocol/';

/** What a request's `_meta` tells since MCP 2026-07-28, which has no `initialize`. */
export function factsOfMeta(meta: Params): SessionFacts | undefined {
  const said = meta[`${KEY}protocolVersion`];
  return said === undefined
    ? undefined
    : { ...revision(said), ...client(meta[`${KEY}clientInfo`]) };
}

/** What any result tells of its server since then. */
export function factsOfResult(result: unknown): SessionFacts {
  const meta = isObject(result) ? result['_meta'] : undefined;
  return isObject(meta) ? server(meta[`${KEY}serverInfo`]) : {};
}

/** Whether `facts` say something that `session` does not. */
export function isNews(facts: SessionFacts, session: Session): boolean {
  for (const key in facts) {
    const fact = key as keyof SessionFacts;
    if (facts[fact] !== session[fact]) return true;
  }
  return false;
}

function revision(said: unknown): SessionFacts {
  return typeof said === 'string' ? { protocolVersion: bounded(said) } : {};
}

function client(said: unknown): SessionFacts {
  const { name, version } = party(said);
  return {
    ...(name !== undefined && { clientName: name }),
    ...(version !== undefined && { clientVersion: version }),
  };
}

function server(said: unknown): SessionFacts {
  const { name, version } = party(said);
  return {
    ...(name !== undefined && { serverName: name }),
    ...(version !== undefined && { serverVersion: version }),
  };
}

function party(said: unknown): { name?: string; version?: string } {
  if (!isObject(said)) return {};
  const { name, version } = said;
  return {
    // Some say an empty version.
    ...(typeof name === 'string' && name !== '' && { name: bounded(name) }),
    ...(typeof version === 'string' && version !== '' && { version: bounded(version) }),
  };
}

const bounded = (text: string): string => cutText(text, MAX_NAME_CHARACTERS);
