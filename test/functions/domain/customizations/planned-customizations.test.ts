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
import { account } from '../../../fakes/vending';
import { configuration } from '../examples';
import { customized, network, ROLE } from '../example-customization';

const zoneOf = (...customizations: readonly object[]) => {
  const { platform, landingZones } = configuration(customized(...customizations));
  const landingZone = landingZones['aws-dev'];
  if (landingZone === undefined) throw new Error('There is no such landing zone.');
  return { platform, landingZone, landingZones };
};

const recordFor = (name: string): CustomizationRecord => ({
  name,
  project: projectNameOf({ landingZone: 'aws-dev', name }),
  phase: 'done',
  contentHash: '',
  n: 1,
  token: '',
  askedAt: '2026-11-24T10:00:00.000Z',
  buildId: null,
  logLink: null,
  outputs: {},
  inputs: { Stage: name },
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

describe('the build of a customization', () => {
  const buildOf = (changes: Parameters<typeof network>[0]) => {
    const { platform, landingZone } = zoneOf(network(changes));
    const [build] = plannedCustomizations(platform, landingZone, { Stage: 'dev' }).customizations ?? [];
    return build;
  };
  const commandsOf = (outputs: readonly string[]): unknown =>
    JSON.parse(buildOf({ command: 'make\nmake test', outputs })?.buildspec ?? '');

  it('runs the commands as the role in the account, and stops at the first that fails', () => {
    const phases = {
      build: {
        commands: [
          `printf '%s' "$VENDING_INPUTS" > vending.auto.tfvars.json`,
          'export AWS_CONFIG_FILE="$(mktemp)"',
          `printf '[profile account]\\nrole_arn = %s\\ncredential_source = EcsContainer\\n' "$VENDING_ROLE_ARN" > "$AWS_CONFIG_FILE"`,
          'set -e\nmake\nmake test',
        ],
      },
    };
    expect(commandsOf([])).toStrictEqual({ version: '0.2', env: { shell: 'bash' }, phases });
    expect(commandsOf(['A'])).toStrictEqual({
      version: '0.2',
      env: { shell: 'bash', 'exported-variables': ['A'] },
      phases,
    });
  });

  it('has the buildspec of its source, where it names one', () => {
    expect(buildOf({ command: undefined, outputs: [], buildspec: 'build/spec.yml' })?.buildspec).toBe('build/spec.yml');
  });

  it.each([
    ['github', 'GITHUB'],
    ['gitlab', 'GITLAB'],
    ['bitbucket', 'BITBUCKET'],
  ])('has its source as CodeBuild calls it: %s', (type, expected) => {
    const connectionArn = `arn:aws:codeconnections:eu-central-1:333333333333:connection/${'0'.repeat(36)}`;
    const source = { type, location: 'https://github.com/org/repo.git', version: 'v1', connectionArn };
    expect(buildOf({ source })?.source).toEqual({ ...source, type: expected });
  });

  it('is told what is always passed, before there is an account, and nothing else that is not known', () => {
    expect(buildOf({ inputs: ['AccountArn', 'Stage', 'tagOwner'] })?.inputs).toStrictEqual({
      AccountArn: '',
      Stage: 'dev',
    });
  });

  it('has a project that is named after its landing zone, without its dots', () => {
    const place = { landingZone: `a.b.${'x'.repeat(100)}`, name: 'n' };
    expect(projectNameOf(place)).toMatch(/^account-vending-a-b-x{76}-n-[0-9a-f]{8}$/);
    expect(projectNameOf({ ...place, landingZone: 'a.b' })).not.toBe(projectNameOf({ ...place, landingZone: 'a-b' }));
    expect(buildRoleNameOf(place)).toMatch(/^account-vending-build-n-[0-9a-f]{8}$/);
  });
});

describe('the roles of customizations', () => {
  it('trust the builds that name them, wherever the automation role is', () => {
    const { platform, landingZones } = zoneOf(network(), network({ name: 'second' }));
    const automationAccountRole = 'arn:aws:iam::333333333333:role/path/Automation';
    const [role, ...others] = customizationRoles({ platform: { ...platform, automationAccountRole }, landingZones });
    expect(others).toStrictEqual([]);
    expect(role).toMatchObject({ name: ROLE, trustedAccountId: '333333333333' });
    expect(role?.trustedRoleArns).toStrictEqual(
      ['network', 'second']
        .map((name) => `arn:aws:iam::333333333333:role/${buildRoleNameOf({ landingZone: 'aws-dev', name })}`)
        .toSorted(),
    );
  });

  it('are not made in a sealed account, where a person is told what to do', () => {
    const { platform, landingZone } = zoneOf(network());
    const { customizations = [] } = plannedCustomizations(platform, landingZone, {});
    const seal = { boundaryArn: 'arn', since: '' };
    const checking =
      (tenant: Parameters<typeof checkCustomizationRoles>[1], made = customizations) =>
      () => {
        checkCustomizationRoles({ customizations: made, landingZone: 'aws-dev' }, tenant);
      };
    expect(checking({ seal, account })).toThrow(
      `Account 444444444444 is sealed: nobody can make the role ${ROLE} there any more, by which the customization "network" works. Let a stack set`,
    );
    expect(checking({ seal, account })).toThrow(
      'in landing-zones/aws-dev.json; or open the account as docs/iam.md describes under "Opening a sealed account". Then replay this run.',
    );
    expect(checking({ seal })).toThrow('Account  is sealed');
    expect(checking({ seal, customizations: [recordFor('other')] })).toThrow(RejectedError);
    expect(checking({ seal, customizations: [recordFor('network')] })).not.toThrow();
    expect(checking({ seal: null })).not.toThrow();
    expect(checking({})).not.toThrow();
    expect(checking({ seal }, [])).not.toThrow();
    const byStackSet = customizations.map((one) => ({ ...one, role: { ...one.role, madeByStackSet: true } }));
    expect(checking({ seal }, byStackSet)).not.toThrow();
  });

  it('take nothing back where there is no landing zone', () => {
    const { platform } = zoneOf();
    expect(plannedDestructions(platform, undefined, [recordFor('network')])).toStrictEqual({});
  });
});
