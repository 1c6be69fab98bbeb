import type { PlannedCustomization } from '../../../functions/domain/plan/plan';
import type { CustomizationRecord } from '../../../functions/domain/records/account-records';
import type { StepReport } from '../../../functions/domain/run/step-context';
import { checkCustomizations } from '../../../functions/steps/CheckCustomizations/step';
import { customizeAccount } from '../../../functions/steps/CustomizeAccount/step';
import { FakeBuilds } from '../../fakes/fake-builds';
import { FakeTenantRepository } from '../../fakes/fake-tenant-repository';
import { after, vending } from '../../fakes/vending';

export const customization = (changes: Partial<PlannedCustomization> = {}): PlannedCustomization => ({
  name: 'network',
  project: 'account-vending-aws-dev-network-01234567',
  region: 'eu-central-1',
  image: 'aws/codebuild/standard:7.0',
  source: { type: 'S3', location: 'scripts/network.zip', version: 'v1', connectionArn: null },
  buildspec: 'buildspec.yml',
  environment: { CIDR: '10.0.0.0/16' },
  inputs: { AccountId: '', Stage: 'dev' },
  timeLimitMinutes: 60,
  role: { name: 'NetworkCustomization', madeByStackSet: false },
  ...changes,
});

/** Both steps over one tenant. */
export class CustomizationsUnderTest {
  readonly builds = new FakeBuilds();
  readonly repository = FakeTenantRepository.withAccount();
  /** Undefined: as a plan that has none. */
  customizations: PlannedCustomization[] | undefined = [customization()];
  at = 0;

  customize(): Promise<StepReport> {
    return customizeAccount(this)(this.#context());
  }

  check(): Promise<StepReport> {
    return checkCustomizations(this)(this.#context());
  }

  get record(): CustomizationRecord | undefined {
    return this.repository.tenant.customizations?.[0];
  }

  #context() {
    const { tenant } = this.repository;
    const { customizations } = this;
    const plan = customizations === undefined ? {} : { customizations };
    return { ...vending({ tenant, plan }), now: after(this.at) };
  }
}
