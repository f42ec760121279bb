import * as z from 'zod/mini';
import { Problem } from './errors';
import type { Reader } from './readers';

/** Who takes settings: `observe`, `serve`, or all of the calculator's own commands. */
export type Taker = 'observe' | 'serve' | 'calculator';

/** What a setting is called, where it is read from and what it does. */
export interface SettingMeta {
  /** `--log-level`; the setting's key is this in camel case, as commander makes it. */
  readonly flag?: `--${string}`;
  /** What stands for the value in the help: `<level>`. Absent: the flag takes none, and means `on`. */
  readonly placeholder?: `<${string}>`;
  /** Variables, the first that is set wins. One named TS_CALCULATOR_* is ours, all others are foreign. */
  readonly env: readonly string[];
  /** One sentence, without a full stop. */
  readonly description: string;
  /** The default as one would write it; only `setting` takes one. */
  readonly default?: string;
  /** What an optional setting comes to where nothing else stands in for it. */
  readonly usual?: string;
  /** The default in words, where it is not one fixed text. */
  readonly otherwise?: string;
  /** The only ones that it is for; absent: all. */
  readonly appliesTo?: Taker;
  /** Never printed. */
  readonly secret?: true;
  /** The value is the path of a file. */
  readonly isFile?: true;
  /** The variable's forms for single signals, in short: `OTEL_EXPORTER_OTLP_{TRACES,…}_TIMEOUT`. */
  readonly perSignal?: string;
  /** This is such a form: the README tells it beside the general one. */
  readonly isSignalForm?: true;
}

/** The meta data of every field of the schema. */
export const settingMeta = z.registry<SettingMeta>();

type Parsed<T> = z.ZodMiniTransform<T, string>;
export type DefaultedField<T> = z.ZodMiniPrefault<Parsed<T>>;
export type OptionalField<T> = z.ZodMiniOptional<Parsed<T>>;

/** A setting with a fixed default, which is read like any text that a user gives. */
export function setting<T>(
  read: Reader<T>,
  meta: SettingMeta & { readonly default: string },
): DefaultedField<T> {
  return z.prefault(parsed(read), meta.default).register(settingMeta, meta);
}

/** A setting that stays undefined where nobody sets it: other settings stand in for it (src/config/resolve). */
export function optionalSetting<T>(
  read: Reader<T>,
  meta: SettingMeta & { readonly default?: never },
): OptionalField<T> {
  return z.optional(parsed(read)).register(settingMeta, meta);
}

function parsed<T>(read: Reader<T>): Parsed<T> {
  return z.transform<string, T>((text, context) => {
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const { piece, phrase } = error;
      context.issues.push({ code: 'custom', input: text, message: phrase, params: { piece } });
      return z.NEVER;
    }
  });
}
