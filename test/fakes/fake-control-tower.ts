import type { Registration, Standing } from '../../functions/domain/unregistered-unit';

/** Knows every unit as registered but those that a test names. */
export class FakeControlTower {
  readonly registrations = new Map<string, Registration | Error>();

  standing: Standing = 'absent';
  /** `<account> in <unit>`, each time somebody asked. */
  readonly asked: string[] = [];

  enrollmentOf(accountArn: string, unitArn: string): Promise<Standing> {
    this.asked.push(`${accountArn.split('/').at(-1)} in ${unitArn.split('/').at(-1)}`);
    return Promise.resolve(this.standing);
  }

  registrationOf(unitArn: string): Promise<Registration> {
    const known = this.registrations.get(unitArn) ?? 'registered';
    return known instanceof Error ? Promise.reject(known) : Promise.resolve(known);
  }
}
