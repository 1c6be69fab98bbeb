import { contractExceptions } from './contract-exceptions';
import { iamCases } from './iam-cases';
import { outcomeOf } from './masked';
import { startMoto, type MotoServer } from './moto-server';
import { organizationsCases } from './organizations-cases';
import { identityStoreCases } from './identity-store-cases';
import { lambdaCases } from './lambda-cases';
import { managedPolicyCases } from './managed-policy-cases';
import { samlProviderCases } from './saml-provider-cases';
import { ssoAdminCases } from './sso-admin-cases';
import { stackCases } from './stack-cases';
import { stackSetCases } from './stack-set-cases';
import { configCases } from './config-cases';
import { stsCases } from './sts-cases';
import { cloudFormation } from '../../sandbox/organization/services/cloudformation/cloudformation';
import { iam } from '../../sandbox/organization/services/iam/iam';
import { identityStore } from '../../sandbox/organization/services/identitystore/identity-store';
import type { Service } from '../../sandbox/organization/services/operation';
import { organizations } from '../../sandbox/organization/services/organizations/organizations';
import { ssoAdmin } from '../../sandbox/organization/services/sso-admin/sso-admin';
import { sts } from '../../sandbox/organization/services/sts/sts';
import { modelSubject, motoSubject, type Subject } from './subject';
import type { ContractCase } from './contract-case';
import { without } from './without';

const cases: readonly ContractCase[] = [
  ...organizationsCases,
  ...stsCases,
  ...configCases,
  ...iamCases,
  ...managedPolicyCases,
  ...samlProviderCases,
  ...stackSetCases,
  ...stackCases,
  ...lambdaCases,
  ...identityStoreCases,
  ...ssoAdminCases,
];
const nameOf = (one: { readonly operation: string; readonly case: string }) => `${one.operation}, ${one.case}`;

const operationsOf = (service: Service) =>
  [...service.operations.values()].map(({ name }) => `${service.signingName}:${name}`);

/** No server of ours to compare with: moto 5 has neither invitations nor GovCloud. */
const notInMoto = [
  'organizations:CreateGovCloudAccount',
  'organizations:InviteAccountToOrganization',
  'organizations:AcceptHandshake',
];

describe('the contract', () => {
  it.each(
    [organizations, sts, iam, cloudFormation, identityStore, ssoAdmin]
      .flatMap(operationsOf)
      .filter((name) => !notInMoto.includes(name)),
  )('has a success and an error case for %s', (operation) => {
    const kinds = cases.filter((one) => one.operation === operation).map((one) => one.case.split(':')[0]);
    expect([...new Set(kinds)].sort()).toEqual(['error', 'success']);
  });

  it('has as many exceptions as were counted, each of a case that there is', () => {
    expect(contractExceptions).toHaveLength(105);
    expect(cases.map(nameOf)).toEqual(expect.arrayContaining(contractExceptions.map(nameOf)));
  });
});

describe('model and moto', () => {
  let fresh: MotoServer;
  let kept: MotoServer;
  let keptSubject: Omit<Subject, 'unique'>;

  beforeAll(async () => {
    [fresh, kept] = await Promise.all([startMoto(), startMoto({ managedPolicies: true })]);
    keptSubject = await motoSubject(kept);
  });

  afterAll(async () => {
    await Promise.all([fresh.stop(), kept.stop()]);
  });

  it.each(cases.map((one, n) => [nameOf(one), one, `case${n}`] as const))(
    'agree on %s',
    async (name, { run }, unique) => {
      const moto = name.startsWith('organizations:') ? await motoSubject(fresh) : keptSubject;
      const model = await modelSubject();
      const theirs = await outcomeOf(() => run({ ...moto, unique }));
      const ours = await outcomeOf(() => run({ ...model, unique }));
      const paths = contractExceptions.filter((one) => nameOf(one) === name).map(({ path }) => path);

      expect(without(ours, paths)).toEqual(without(theirs, paths));
      for (const path of paths) {
        const others = paths.filter((other) => other !== path);
        // An exception that is no longer needed has to go.
        expect(without(ours, others)).not.toEqual(without(theirs, others));
      }
    },
  );
});
