import { isObject, type Params } from '../json-rpc';

// What each capability of a client may hold for its `initialize` to be plain. Others are the client's own.
const CAPABILITIES: Readonly<Record<string, (value: Record<string, unknown>) => boolean>> = {
  experimental: holdsObjects,
  extensions: holdsObjects,
  sampling: holdsObjects,
  elicitation: (value) => Object.values(value).every(isEmptyObject),
  roots: ({ listChanged }) => listChanged === undefined || typeof listChanged === 'boolean',
  tasks: isEmptyObject,
};
const OPTIONAL_TEXTS = ['title', 'websiteUrl', 'description'];

/**
 * Whether params of `initialize` are surely what MCP asks for. False says little: it may be a capability
 * of a rarer form, which the SDK's own schema then judges.
 */
export function isPlainInitialize({ protocolVersion, capabilities, clientInfo }: Params): boolean {
  return (
    typeof protocolVersion === 'string' &&
    isObject(capabilities) &&
    Object.keys(CAPABILITIES).every((name) => {
      const value = capabilities[name];
      return value === undefined || (isObject(value) && CAPABILITIES[name]!(value));
    }) &&
    isObject(clientInfo) &&
    typeof clientInfo['name'] === 'string' &&
    typeof clientInfo['version'] === 'string' &&
    clientInfo['icons'] === undefined &&
    OPTIONAL_TEXTS.every((key) => ['undefined', 'string'].includes(typeof clientInfo[key]))
  );
}

function holdsObjects(value: Record<string, unknown>): boolean {
  return Object.values(value).every(isObject);
}

function isEmptyObject(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length === 0;
}
