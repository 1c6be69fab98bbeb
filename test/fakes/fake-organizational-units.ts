import type { OrganizationalUnit, OrganizationalUnits } from '../../functions/ports/organizations';
import { unitArn } from './fake-organization-tree';
import { KillableCalls } from './killable-calls';

/** The units in one parent; names are taken once, as in AWS. */
export class FakeOrganizationalUnits extends KillableCalls implements OrganizationalUnits {
  readonly units: OrganizationalUnit[] = [];
  /** Somebody else makes this one between a look and a call. */
  madeMeanwhile: string | null = null;
  /** A list does not show yet what was made. */
  isLate = false;

  unitsIn(): Promise<readonly OrganizationalUnit[]> {
    return this.call(false, () => (this.isLate ? [] : [...this.units]));
  }

  createUnit(_: string, name: string): Promise<OrganizationalUnit | 'taken'> {
    return this.call(true, () => {
      if (this.madeMeanwhile !== null) this.plant(this.madeMeanwhile);
      return this.units.some((unit) => unit.name === name) ? 'taken' : this.plant(name);
    });
  }

  plant(name: string): OrganizationalUnit {
    const id = `ou-ab12-unit000${this.units.length + 1}`;
    const unit = { id, name, arn: unitArn(id) };
    this.units.push(unit);
    return unit;
  }
}
