import * as z from 'zod/mini';
import { settingMeta, type SettingMeta } from '../setting';
import { behaviour } from './behaviour';
import { destinations } from './destinations';
import { http } from './http';
import { observe } from './observe';
import { otlp } from './otlp';
import { proxy } from './proxy';
import { sdk } from './sdk';
import { service } from './service';

/** Every setting: the flags, variables and defaults, and what makes them values. */
export const schema = z.object({
  ...service,
  ...destinations,
  ...behaviour,
  ...http,
  ...observe,
  ...otlp,
  ...proxy,
  ...sdk,
});

export type SettingKey = keyof typeof schema.shape;
/** What the schema makes of the texts; src/config/resolve makes `Settings` of it. */
export type Values = z.output<typeof schema>;

export const SETTING_KEYS = Object.keys(schema.shape) as readonly SettingKey[];

/** The settings in the order and under the headings that documents use. */
export const GROUPS: readonly { readonly title: string; readonly keys: readonly SettingKey[] }[] = [
  { title: 'Service', keys: keysOf(service) },
  { title: 'Destinations', keys: keysOf(destinations) },
  { title: 'Content and logging', keys: keysOf(behaviour) },
  { title: 'HTTP', keys: keysOf(http) },
  { title: 'Observed servers', keys: keysOf(observe) },
  { title: 'OTLP', keys: keysOf(otlp) },
  { title: 'Proxy', keys: keysOf(proxy) },
  { title: 'OpenTelemetry SDK', keys: keysOf(sdk) },
];

/** Every field is registered by `setting` or `optionalSetting`: there is no other way to make one. */
export const metaOf = (key: SettingKey): SettingMeta => settingMeta.get(schema.shape[key])!;

function keysOf<Shape extends Partial<Record<SettingKey, unknown>>>(shape: Shape) {
  return Object.keys(shape) as SettingKey[];
}
