import type { Settings } from '../settings';

/** Who reports, as somebody gave it. */
export interface GivenIdentity {
  readonly serviceName?: string | undefined;
  readonly serviceVersion?: string | undefined;
  readonly phoenixProject?: string | undefined;
}

/** Who reports, where nobody says otherwise. */
export interface UsualIdentity {
  readonly name: string;
  readonly version: string;
}

/** Attributes of the resource stand in for settings, and the service's name for the project's. */
export function resolveIdentity(
  given: GivenIdentity,
  resourceAttributes: Settings['resourceAttributes'],
  usual: UsualIdentity,
): Pick<Settings, keyof GivenIdentity> {
  const attribute = (name: string): string | undefined => resourceAttributes[name] || undefined;
  const serviceName = given.serviceName ?? attribute('service.name') ?? usual.name;
  return {
    serviceName,
    serviceVersion: given.serviceVersion ?? attribute('service.version') ?? usual.version,
    phoenixProject: given.phoenixProject ?? attribute('openinference.project.name') ?? serviceName,
  };
}
