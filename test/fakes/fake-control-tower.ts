import type { Governance, Registration, Standing } from '../../functions/domain/enrollment/governance';
import type { ControlTowerLandingZone, SharedAccount } from '../../functions/ports/control-tower';

/** Knows every unit as registered but those that a test names. */
export class FakeControlTower {
  readonly registrations = new Map<string, Registration | Error>();

  standing: Standing = 'absent';
  sharedAccounts: readonly SharedAccount[] = [];
  /** Whether it is set up. */
  isThere = true;
  /** What is moved into a registered unit, or out of it, needs nothing else. */
  enrollsByItself = false;
  governance: Governance = 'none';
  governedRegions: readonly string[] | null = null;
  /** The ARN of the one account that it knows, where a test minds. */
  knownAccount: string | null = null;
  /** From which unit it governs the account, where a test minds. */
  governedFrom: string | null = null;
  /** How often somebody asked whether an account is governed. */
  governanceAsked = 0;
  /** `<account> in <unit>`, each time somebody asked. */
  readonly asked: string[] = [];

  landingZone(): Promise<ControlTowerLandingZone | undefined> {
    const { sharedAccounts, enrollsByItself, governedRegions } = this;
    const landingZone = {
      version: '4.0',
      status: 'ACTIVE',
      enrollsByItself,
      governedRegions,
      sharedAccounts,
    };
    return Promise.resolve(this.isThere ? landingZone : undefined);
  }

  enrollmentOf(accountArn: string, unitArn: string): Promise<Standing> {
    this.asked.push(`${accountArn.split('/').at(-1)} in ${unitArn.split('/').at(-1)}`);
    return Promise.resolve(this.standing);
  }

  governanceOf(accountArn?: string, unitArn?: string): Promise<Governance> {
    this.governanceAsked += 1;
    if (this.knownAccount !== null && accountArn !== this.knownAccount) return Promise.resolve('none');
    const isElsewhere = this.governedFrom !== null && unitArn?.split('/').at(-1) !== this.governedFrom;
    return Promise.resolve(
      unitArn !== undefined && isElsewhere && this.governance === 'enrolled' ? 'elsewhere' : this.governance,
    );
  }

  registrationOf(unitArn: string): Promise<Registration> {
    const known = this.registrations.get(unitArn) ?? 'registered';
    return known instanceof Error ? Promise.reject(known) : Promise.resolve(known);
  }
}
