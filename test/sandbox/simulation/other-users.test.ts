import type { Call } from '../../../sandbox/organization/call-log';
import type {
  ProductRecord,
  ProvisionedProduct,
} from '../../../sandbox/organization/services/service-catalog/account-factory-state';
import { OtherUsers } from '../../../sandbox/simulation/other-users';
import { organizationUnderTest } from '../organization/organization-under-test';

const PRODUCTS = 60;

const product = (id: string): ProvisionedProduct => ({
  id,
  name: id,
  arn: id,
  createdAt: 0,
  roleArn: '',
  sessionArn: '',
  artifactId: '',
  parameters: {
    AccountEmail: '',
    AccountName: '',
    ManagedOrganizationalUnit: '',
    SSOUserEmail: '',
    SSOUserFirstName: '',
    SSOUserLastName: '',
  },
  status: 'AVAILABLE',
  statusMessage: null,
  physicalId: null,
  idempotencyToken: '',
  lastRecordId: '',
  lastProvisioningRecordId: '',
  lastSuccessfulProvisioningRecordId: null,
});

const record = (id: string, provisionedProductId: string): ProductRecord => ({
  id,
  type: 'PROVISION_PRODUCT',
  token: id,
  request: '',
  provisionedProductId,
  provisionedProductName: '',
  artifactId: '',
  pathId: '',
  createdAt: 0,
  sessionArn: '',
  roleArn: '',
  updatedAt: 0,
  status: 'SUCCEEDED',
  error: null,
  outputs: [],
});

const look = (Id: string): Call => ({
  at: 0,
  service: 'servicecatalog',
  operation: 'DescribeRecord',
  region: '',
  input: { Id },
  callerFunction: 'CheckEnrollment',
  principal: null,
  write: false,
  outcome: 'ok',
  injected: false,
  notYet: false,
  actions: [],
  deniedAction: null,
  output: {},
});

describe('people who change what Control Tower manages', () => {
  const { state } = organizationUnderTest().organization;
  const otherUsers = new OtherUsers(
    { tenants: 1, seed: 7, faults: new Set(['factory-tainted']), kill: false, rounds: 1 },
    () => state,
  );
  const taintedOf = (ids: readonly string[]): number =>
    ids.filter((id) => state.accountFactory?.provisionedProducts.get(id)?.status === 'TAINTED').length;

  const idsOf = (kind: string): readonly string[] => Array.from({ length: PRODUCTS }, (_, index) => `${kind}-${index}`);
  const [seen, unseen] = [idsOf('seen'), idsOf('unseen')];

  it('taint some products after the look that sees their end, and none that nobody comes back to', () => {
    for (const id of [...seen, ...unseen]) {
      state.accountFactory?.provisionedProducts.set(id, product(id));
      state.accountFactory?.records.set(`rec-${id}`, record(`rec-${id}`, id));
    }

    for (const id of seen) otherUsers.taintAfter(look(`rec-${id}`));

    expect(taintedOf(seen)).toBeGreaterThan(0);
    expect(taintedOf(seen)).toBeLessThan(PRODUCTS / 2);
    expect(taintedOf(unseen)).toBe(0);
  });
});
