import { fault } from '../fault';
import { listOf, oneOf, onOff, text } from '../readers';
import { optionalSetting, setting } from '../setting';
import { LOG_LEVELS, VOCABULARIES } from '../settings';

/** What is recorded, and what stderr shows. */
export const behaviour = {
  vocabulary: setting(listOf(...VOCABULARIES), {
    flag: '--vocabulary',
    placeholder: '<names>',
    env: ['TS_CALCULATOR_VOCABULARY'],
    description: `Names for attributes and metrics: a list of ${VOCABULARIES.join(', ')}`,
    default: VOCABULARIES.join(','),
  }),
  captureContent: setting(onOff, {
    flag: '--capture-content',
    placeholder: '<on|off>',
    env: ['TS_CALCULATOR_CAPTURE_CONTENT'],
    description: 'Whether arguments and results are recorded on spans',
    default: 'on',
    otherwise: 'on; under observe off',
  }),
  logLevel: setting(oneOf(...LOG_LEVELS), {
    flag: '--log-level',
    placeholder: '<level>',
    env: ['TS_CALCULATOR_LOG_LEVEL'],
    description: `The least that is logged: ${LOG_LEVELS.join(', ')}`,
    default: 'info',
  }),
  logFormat: setting(oneOf('text', 'json'), {
    flag: '--log-format',
    placeholder: '<format>',
    env: ['TS_CALCULATOR_LOG_FORMAT'],
    description: 'Lines on stderr: text or json',
    default: 'text',
  }),
  fault: optionalSetting(fault, {
    flag: '--fault',
    placeholder: '<faults>',
    env: ['TS_CALCULATOR_FAULT'],
    appliesTo: 'calculator',
    description:
      'Drill: slow=MS delays each tool call, error=SHARE fails that share of them; either or both',
  }),
  envFile: optionalSetting(text, {
    flag: '--env-file',
    placeholder: '<file>',
    env: [],
    isFile: true,
    description: 'A file of NAME=VALUE lines that lies beneath the real environment',
  }),
};
