import { attributeList } from '../pairs';
import { text } from '../readers';
import { optionalSetting } from '../setting';

/** Who reports. */
export const service = {
  serviceName: optionalSetting(text, {
    flag: '--service-name',
    placeholder: '<name>',
    env: ['OTEL_SERVICE_NAME'],
    description:
      'The service that the telemetry is from; service.name of the resource attributes stands in',
    usual: 'ts-calculator',
  }),
  serviceVersion: optionalSetting(text, {
    flag: '--service-version',
    placeholder: '<version>',
    env: ['SERVICE_VERSION'],
    description: "The service's version; service.version of the resource attributes stands in",
    otherwise: "the package's",
  }),
  resourceAttributes: optionalSetting(attributeList, {
    env: ['OTEL_RESOURCE_ATTRIBUTES'],
    description: 'More attributes of the resource: key=value,key2=value2, percent-encoded',
  }),
};
