import {
  duration,
  hostName,
  listOfEach,
  oneOf,
  onOff,
  origin,
  text,
  urlPath,
  wholeNumber,
} from '../readers';
import { optionalSetting, setting } from '../setting';
import { TRANSPORTS } from '../settings';

const MAX_PORT = 65_535;

/** What carries the messages, and what the HTTP door lets in. */
export const http = {
  transport: setting(oneOf(...TRANSPORTS), {
    flag: '--transport',
    placeholder: '<kind>',
    env: ['TS_CALCULATOR_TRANSPORT'],
    appliesTo: 'serve',
    description: `What carries the messages: ${TRANSPORTS.join(' or ')}`,
    default: 'stdio',
  }),
  host: setting(hostName, {
    flag: '--host',
    placeholder: '<host>',
    env: ['TS_CALCULATOR_HOST'],
    appliesTo: 'serve',
    description:
      'The address that is listened at; one that is not this machine alone needs --auth-token-file or --insecure',
    default: '127.0.0.1',
  }),
  port: setting(wholeNumber(0, 'port', MAX_PORT), {
    flag: '--port',
    placeholder: '<port>',
    env: ['TS_CALCULATOR_PORT'],
    appliesTo: 'serve',
    description: 'The port; 0: any free one, which is told on stderr',
    default: '8100',
  }),
  path: setting(urlPath, {
    flag: '--path',
    placeholder: '<path>',
    env: ['TS_CALCULATOR_PATH'],
    appliesTo: 'serve',
    description: "The path of MCP's endpoint; /health and /metrics are beside it",
    default: '/mcp',
  }),
  sessionIdle: setting(duration, {
    flag: '--session-idle',
    placeholder: '<time>',
    env: ['TS_CALCULATOR_SESSION_IDLE'],
    appliesTo: 'serve',
    description: 'A session that was not used for so long is ended: 90s, 30m, 12h',
    default: '30m',
  }),
  authTokenFile: optionalSetting(text, {
    flag: '--auth-token-file',
    placeholder: '<file>',
    env: ['TS_CALCULATOR_AUTH_TOKEN_FILE'],
    appliesTo: 'serve',
    isFile: true,
    description: 'A file of bearer tokens, one a line: requests must carry one of them',
  }),
  insecure: setting(onOff, {
    flag: '--insecure',
    env: ['TS_CALCULATOR_INSECURE'],
    appliesTo: 'serve',
    description: 'Other machines may ask without a token',
    default: 'off',
  }),
  allowedOrigin: optionalSetting(listOfEach(origin), {
    flag: '--allowed-origin',
    placeholder: '<origins>',
    env: ['TS_CALCULATOR_ALLOWED_ORIGIN'],
    appliesTo: 'serve',
    description: 'Web pages that may ask, as a list: https://app.example.com',
  }),
  allowedHost: optionalSetting(listOfEach(hostName), {
    flag: '--allowed-host',
    placeholder: '<hosts>',
    env: ['TS_CALCULATOR_ALLOWED_HOST'],
    appliesTo: 'serve',
    description:
      'Names, beside localhost and --host, under which the server is known to who asks (in a network, behind a proxy), as a list',
  }),
};
