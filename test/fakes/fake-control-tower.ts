import type { Registration } from '../../functions/domain/unregistered-unit';

/** Knows every unit as registered but those that a test names. */
export class FakeControlTower {
  readonly registrations = new Map<string, Registration | Error>();

  registrationOf(unitArn: string): Promise<Registration> {
    const known = this.registrations.get(unitArn) ?? 'registered';
    return known instanceof Error ? Promise.reject(known) : Promise.resolve(known);
  }
}
