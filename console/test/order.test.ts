import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parseDesiredState } from '../../functions/domain/desired-state/desired-state';
import { schemaFaults } from '../src/logic/desired-state-faults';
import { uniquenessRemarks } from '../../functions/domain/configuration/pattern-uniqueness';
import { desiredStateDraft, draftLike } from '../src/logic/desired-state-draft';
import { fieldAt, placed } from '../src/logic/fault-places';
import { createdBy, isOnConfiguration, orderQuestion } from '../src/logic/plan-rows';
import { forgetDraft, saveDraft, savedDraft } from '../src/logic/saved-draft';
import { valueText } from '../src/logic/value-text';

const EXAMPLE = readFileSync(path.join(import.meta.dirname, '../../sandbox/examples/fraud-lab.json'), 'utf8');

describe('faults of a desired state, as one types', () => {
  it('are none of the example and of the draft', () => {
    expect(schemaFaults(EXAMPLE)).toEqual([]);
    expect(schemaFaults(desiredStateDraft('5b0c1b1e-0000-4000-8000-000000000002'))).toEqual([]);
  });

  it('are those that the API finds, in its words, each at its line', () => {
    const text = EXAMPLE.replace('"meshTenant"', '"meshtenant"').replace('"tenantPlatformNumber": 43', '"x": 43');
    const parsed = parseDesiredState(JSON.parse(text));
    const faults = schemaFaults(text);

    expect(faults.map(({ field, message }) => ({ field, message }))).toEqual(
      (parsed.ok ? [] : parsed.faults).map(({ field, message }) => ({ field, message })),
    );
    expect(faults.map(({ field, line }) => [field, line])).toEqual([
      ['tenant.kind', 6],
      ['tenantPlatformNumber', 1],
    ]);
  });

  it('are one, where the text is no JSON', () => {
    expect(schemaFaults('{ "a": }')).toHaveLength(1);
  });

  it('are as many as a person reads', () => {
    const text = EXAMPLE.replace('"userPermissions": [', `"userPermissions": [${'{},'.repeat(200)}`);

    expect(schemaFaults(text)).toHaveLength(50);
  });
});

describe('the field at the cursor', () => {
  const text = '{ "tenant": { "spec": { "a": 1 } }, "userPermissions": [{}, { "euid": "x" }] }';

  it.each([
    ['"a"', 'tenant.spec.a'],
    ['"x"', 'userPermissions[1].euid'],
  ])('at %s is %s', (place, field) => {
    expect(fieldAt(text, text.indexOf(place) + 1)).toBe(field);
  });

  it('is none before the first one', () => {
    expect(fieldAt(text, 0)).toBeNull();
  });
});

describe('a value on one line', () => {
  it.each([
    [undefined, '–'],
    ['text', 'text'],
    [['a', 1], '["a",1]'],
    [null, 'null'],
  ])('of %p is %s', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});

describe('a fault of a name that the configuration makes', () => {
  const textOf = (workspace: string, project: string): string =>
    JSON.stringify({ tenant: { metadata: { ownedByWorkspace: workspace, ownedByProject: project } } }, null, 2);
  const lineOf = (field: string, text: string): number | undefined =>
    placed(text, [{ field, message: 'renders to …' }])[0]?.line;

  it('stands at the identifier that has unusual characters', () => {
    expect(lineOf('accountAliasPattern', textOf('re_tail', 'a-long-project'))).toBe(4);
    expect(lineOf('accountAliasPattern', textOf('a-long-workspace', 'Shop'))).toBe(5);
  });

  it('stands at the longer one else', () => {
    expect(lineOf('account.name', textOf('retail', 'a-long-project'))).toBe(5);
    expect(lineOf('workspaceOrgUnits.namePattern', textOf('a-long-workspace', 'shop'))).toBe(4);
    expect(lineOf('accountEmailPattern', '{}')).toBe(1);
  });
});

describe('another one like a tenant that is there', () => {
  it('is a tenant of its own, at its beginning, without an account', () => {
    const before: unknown = JSON.parse(
      EXAMPLE.replace('"platformTenantId": null', '"platformTenantId": "444444444444"'),
    );
    const text = draftLike(before, '5b0c1b1e-0000-4000-8000-0000000000ff');
    const read = parseDesiredState(JSON.parse(text));
    expect(read.ok && read.value).toMatchObject({
      replicationSequence: 1,
      tenant: { metadata: { uuid: '5b0c1b1e-0000-4000-8000-0000000000ff' }, spec: { platformTenantId: null } },
    });
  });
});

describe('a draft', () => {
  it('is kept until it is ordered', () => {
    const kept = new Map<string, string>();
    const store = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    };
    expect(savedDraft(store)).toBeNull();
    saveDraft(store, '{ "a": 1');
    expect(savedDraft(store)).toBe('{ "a": 1');
    forgetDraft(store);
    expect(savedDraft(store)).toBeNull();
  });
});

describe('a plan', () => {
  const plan = {
    account: { name: 'retail.shop', email: 'a@b.example', alias: 'shop', accessRole: 'r', enforceAlias: true },
    targetOrgUnitId: 'ou-1',
    tags: { env: 'dev' },
    enrollment: null,
    stackSets: [{ name: 'network', homeRegion: 'eu-central-1', regions: ['eu-central-1'], parameters: {} }],
    groups: [{ name: 'mst-admin', awsRole: 'admin', projectRoles: [], permissionSetArns: [], members: ['a', 'b'] }],
  };

  it('of a new account lists what is created', () => {
    expect(createdBy(plan).map(({ state, to }) => `${state} ${to}`)).toEqual([
      'CreateAccount retail.shop, a@b.example',
      'TagAccount dev',
      'MoveAccount ou-1',
      'SetAccountAlias shop',
      'DeployStackInstances eu-central-1',
      'GrantAccess 2 members',
    ]);
  });

  it('tells what nobody who orders can change from what they can', () => {
    const remarks = uniquenessRemarks({ accountEmailPattern: 'a@b.example', accountAliasPattern: 'corp' });
    expect(remarks.map(isOnConfiguration)).toEqual([true, true]);
    expect(isOnConfiguration('The user u-16 has no euid and gets no access.')).toBe(false);
  });

  it.each([
    [{ existingAccountId: null, changes: null }, 'Create 1 AWS account in aws-sandbox?'],
    [{ existingAccountId: null, changes: [] }, 'Change this tenant’s account?'],
    [{ existingAccountId: '444444444444', changes: null }, 'Bring account 444444444444 to this desired state?'],
    [{ existingAccountId: null, changes: [], accountState: 'KEPT' as const }, 'Delete this tenant?'],
  ])('is asked about before it is ordered: %j', (changes, question) => {
    expect(orderQuestion({ landingZone: 'aws-sandbox', ...changes })).toBe(question);
  });
});
