import { onOff, pieces } from '../readers';
import { optionalSetting, setting } from '../setting';

/** What `observe` does with a server that is not ours. */
export const observe = {
  propagate: setting(onOff, {
    flag: '--propagate',
    env: ['TS_CALCULATOR_PROPAGATE'],
    appliesTo: 'observe',
    description: "Each message to the observed server carries its span's context in params._meta",
    default: 'off',
  }),
  redact: optionalSetting(pieces, {
    flag: '--redact',
    placeholder: '<words>',
    env: ['TS_CALCULATOR_REDACT'],
    appliesTo: 'observe',
    description:
      'More words (* stands for anything) in keys whose values are never recorded, beside password, token, secret and their like',
  }),
};

/** Where nobody says otherwise: what a server is told that is not ours may hold secrets. */
export const OBSERVE_DEFAULTS = { captureContent: 'off' } as const;
