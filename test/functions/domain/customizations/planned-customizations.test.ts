import fc from 'fast-check';

import {
  checkCustomizationRoles,
  buildRoleNameOf,
  customizationRoles,
  plannedCustomizations,
  plannedDestructions,
  projectNameOf,
} from '../../../../functions/domain/customizations/planned-customizations';
import type { CustomizationRecord } from '../../../../functions/domain/records/account-records';
import { RejectedError } from '../../../../functions/domain/base/errors';
import { configuration } from '../examples';
import { customized, network, ROLE } from '../example-customization';

const zoneOf = (...customizations: readonly object[]) => {
  const { platform, landingZones } = configuration(customized(...customizations));
  const landingZone = landingZones['aws-dev'];
  if (landingZone === undefined) throw new Error('There is no such landing zone.');
  return { platform, landingZone, landingZones };
};

const recordFor = (name: string): CustomizationRecord => ({
  ...{
    name,
    project: projectNameOf({ landingZone: 'aws-dev', name }),
    phase: 'done',
    contentHash: '',
    n: 1,
    token: '',
  },
  ...{ askedAt: '2026-11-24T10:00:00.000Z', buildId: null, logLink: null, outputs: {}, inputs: { Stage: name } },
});

describe('the customizations of a plan', () => {
  it('are told what they ask for, as far as it is known before there is an account', () => {
    const { platform, landingZone } = zoneOf(network({ inputs: ['AccountId', 'Stage', 'tagOwner'] }));
    const { customizations = [] } = plannedCustomizations(platform, landingZone, {
      Stage: 'dev',
      ProductName: 'retail',
    });
    expect(customizations).toMatchObject([
      {
        name: 'network',
        region: 'eu-central-1',
        source: { type: 'S3', connectionArn: null },
        inputs: { AccountId: '', Stage: 'dev' },
        role: { name: ROLE, madeByStackSet: false },
      },
    ]);
    expect(JSON.parse(customizations[0]?.buildspec ?? '')).toMatchObject({
      version: '0.2',
      env: { 'exported-variables': ['NETWORK_ID'] },
    });
  });

  it('are none where the landing zone has none, so that plans stay as they were', () => {
    const { platform, landingZone } = zoneOf();
    expect(plannedCustomizations(platform, landingZone, {})).toEqual({});
  });

  it('take back in the opposite order what was run, by what it was told then', () => {
    const destroy = { command: 'terraform destroy' };
    const { platform, landingZone } = zoneOf(
      network({ destroy }),
      network({ name: 'kept' }),
      network({ name: 'second', destroy }),
      network({ name: 'never-run', destroy }),
    );
    const records = ['network', 'kept', 'second', 'gone'].map(recordFor);
    const { customizations = [] } = plannedDestructions(platform, landingZone, records);
    expect(customizations.map(({ name, inputs, destroys }) => [name, inputs, destroys])).toEqual([
      ['second', { Stage: 'second' }, true],
      ['network', { Stage: 'network' }, true],
    ]);
    expect(plannedDestructions(platform, undefined, records)).toEqual({});
  });

  it('have a role that trusts the builds of all customizations that name it, and nobody else', () => {
    const bySet = { name: 'OfStackSet', managedPolicyArns: ['arn:aws:iam::aws:policy/X'], madeByStackSet: true };
    const configured = zoneOf(network(), network({ name: 'second' }), network({ name: 'third', role: bySet }));
    const roleOf = (name: string): string =>
      `arn:aws:iam::333333333333:role/${buildRoleNameOf({ landingZone: 'aws-dev', name })}`;
    expect(customizationRoles(configured)).toEqual([
      {
        name: ROLE,
        managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
        trustedAccountId: '333333333333',
        trustedRoleArns: [roleOf('network'), roleOf('second')],
      },
    ]);
  });

  it('have names that AWS takes, and no two the same', () => {
    const names = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,26}[a-z0-9])?$/u);
    const zones = fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/u);
    const places = fc.record({ landingZone: zones, name: names });
    fc.assert(
      fc.property(places, places, (one, other) => {
        expect(projectNameOf(one)).toMatch(/^[A-Za-z0-9][A-Za-z0-9\-_]{1,149}$/u);
        expect(buildRoleNameOf(one)).toMatch(/^[\w+=,.@-]{1,64}$/u);
        const isSame = one.landingZone === other.landingZone && one.name === other.name;
        expect(projectNameOf(one) === projectNameOf(other)).toBe(isSame);
        expect(buildRoleNameOf(one) === buildRoleNameOf(other)).toBe(isSame);
      }),
    );
  });
});

describe('a sealed account', () => {
  const seal = { boundaryArn: 'arn:aws:iam::444444444444:policy/seal', since: '2026-11-24T10:00:00.000Z' };
  const planOf = (changes: object = {}) => {
    const { platform, landingZone } = zoneOf(network(changes));
    return { landingZone: 'aws-dev', ...plannedCustomizations(platform, landingZone, {}) };
  };
  const role = { name: ROLE, managedPolicyArns: ['arn:aws:iam::aws:policy/X'] };

  it('gets no new customization, unless a stack set makes its role', () => {
    expect(() => {
      checkCustomizationRoles(planOf(), { seal });
    }).toThrow(RejectedError);
    expect(() => {
      checkCustomizationRoles(planOf(), { seal });
    }).toThrow(/madeByStackSet in landing-zones\/aws-dev\.json/u);
  });

  it.each([
    ['whose role a stack set makes', { role: { ...role, madeByStackSet: true } }, { seal }],
    ['that was run there already', {}, { seal, customizations: [recordFor('network')] }],
    ['where the account is not sealed', {}, { seal: null }],
  ])('may have one %s', (_what, changes, tenant) => {
    expect(() => {
      checkCustomizationRoles(planOf(changes), tenant);
    }).not.toThrow();
  });
});
