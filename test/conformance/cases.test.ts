import { allCases } from '../../conformance/all-cases';
import { operationOf, SERVICES, type Step } from '../../conformance/case';

/**
 * An account cannot be deleted: it is closed. Versions go with their policy, change sets with their stack, passing
 * requests leave nothing behind.
 */
const REMOVALS: Readonly<Record<string, RegExp>> = {
  CreateAccount: /^CloseAccount$/u,
  CreateGovCloudAccount: /^CloseAccount$/u,
  CreateChangeSet: /^Delete(?:ChangeSet|Stack)$/u,
  CreateGroupMembership: /^Delete(?:GroupMembership|Group|User)$/u,
  CreateStackInstances: /^DeleteStackInstances$/u,
  ProvisionProduct: /^TerminateProvisionedProduct$/u,
  PutAlternateContact: /^DeleteAlternateContact$/u,
  PutRolePolicy: /^DeleteRolePolicy$/u,
  PutRolePermissionsBoundary: /^Delete(?:RolePermissionsBoundary|Role)$/u,
  AttachRolePolicy: /^DetachRolePolicy$/u,
  AssociatePrincipalWithPortfolio: /^DisassociatePrincipalFromPortfolio$/u,
};

const isMaking = (step: Step): boolean =>
  'output' in step.expect && /^(?:Create|Provision|Put|Attach|Associate)/u.test(operationOf(step));

const removalOf = (operation: string): RegExp =>
  REMOVALS[operation] ?? new RegExp(`^${operation.replace('Create', 'Delete')}$`, 'u');

describe('the cases of conformance', () => {
  it('are 300 and more, about every service, with names of their own', () => {
    expect(allCases.length).toBeGreaterThanOrEqual(300);
    expect(SERVICES.filter((service) => !allCases.some((one) => one.service === service))).toEqual([]);
    const names = allCases.map(({ service, name }) => `${service}: ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('are sequences of three calls and more, at least half of them', () => {
    const sequences = allCases.filter(({ steps }) => steps.length >= 3);
    expect(sequences.length).toBeGreaterThanOrEqual(allCases.length / 2);
  });

  it('say who says so', () => {
    expect(allCases.filter(({ evidence }) => evidence.length < 10)).toEqual([]);
  });

  it('remove again what they make', () => {
    const left = allCases.flatMap(({ service, name, steps, cleanup = [] }) => {
      const all = [...steps, ...cleanup].map(operationOf);
      return steps
        .filter(isMaking)
        .map(operationOf)
        .filter((made) => !all.some((one) => removalOf(made).test(one)))
        .map((made) => `${service}: ${name}: ${made}`);
    });
    // These requests fail, so that no account is made.
    expect(left.filter((one) => !one.endsWith('CreateAccount'))).toEqual([]);
  });
});
