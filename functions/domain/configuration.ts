import type { LandingZone } from './landing-zone';
import type { PlatformConfiguration } from './platform-configuration';

/** All that the operator decides: one platform, and its landing zones by name. */
export interface Configuration {
  readonly platform: PlatformConfiguration;
  readonly landingZones: Readonly<Record<string, LandingZone>>;
}
