import { parseDeletion } from '../../../../functions/domain/desired-state/parse-deletion';
import { requestFaults, sequenceFaults } from '../../../../functions/domain/desired-state/request-faults';
import { NOW } from '../../../fakes/vending';
import { changed, configuration, desiredStateJson } from '../examples';
import { says } from '../says';

const CONFIGURATION = configuration();
const faults = (parts: Parameters<typeof requestFaults>[0]) => requestFaults(parts, CONFIGURATION);

describe('identifiers', () => {
  it.each([
    ['workspaceIdentifier', 16],
    ['projectIdentifier', 30],
  ] as const)('%s may be as long as configured, %s', (name, longest) => {
    expect(faults({ [name]: 'x'.repeat(longest - 1) })).toEqual([]);
    expect(faults({ [name]: 'x'.repeat(longest) })).toEqual([]);
    expect(faults({ [name]: 'x'.repeat(longest + 1) })).toEqual([
      {
        field: name === 'workspaceIdentifier' ? 'tenant.metadata.ownedByWorkspace' : 'tenant.metadata.ownedByProject',
        message: says(
          `which has ${longest + 1} characters; at most ${longest} are allowed. Choose a shorter identifier, or raise identifierLimits.${name} in`,
        ),
        value: 'x'.repeat(longest + 1),
        limit: longest,
      },
    ]);
  });

  it.each([
    ['a', true, true],
    ['a1-b2-c3', true, true],
    ['Retail', true, false],
    ['', false, false],
    ['-a', false, false],
    ['a-', false, false],
    ['a--b', false, false],
    ['a_b', false, false],
    ['ä', false, false],
    ['a\n', false, false],
  ])('%j is one of a workspace: %s, of a project: %s', (identifier, ofWorkspace, ofProject) => {
    expect(faults({ workspaceIdentifier: identifier }).length === 0).toBe(ofWorkspace);
    expect(faults({ projectIdentifier: identifier }).length === 0).toBe(ofProject);
  });

  it('have rules that are told', () => {
    const [workspace, project] = faults({ workspaceIdentifier: 'a_b', projectIdentifier: 'A' });
    const ends = ', digits and single hyphens, with no hyphen at either end';
    expect(workspace).toEqual({
      field: 'tenant.metadata.ownedByWorkspace',
      value: 'a_b',
      limit: `letters${ends}`,
      message: `is 'a_b'; it may have letters${ends}. Choose another identifier.`,
    });
    expect(project).toMatchObject({ field: 'tenant.metadata.ownedByProject', limit: `lower-case letters${ends}` });
  });
});

describe('a landing zone', () => {
  it.each(['unknown', 'constructor'])('that is not configured is told which are: %s', (landingZone) => {
    const [zone] = Object.values(CONFIGURATION.landingZones);
    if (zone === undefined) throw new Error('There is no landing zone.');
    const two = { ...CONFIGURATION, landingZones: { b: zone, a: zone } };
    expect(requestFaults({ landingZone }, two)).toEqual([
      {
        field: 'tenant.spec.landingZoneRef.name',
        message: `is '${landingZone}', which is not a configured landing zone. Known are 'a', 'b'; name one of them, or add landing-zones/<name>.json to the configuration.`,
        value: landingZone,
        limit: 'a, b',
      },
    ]);
  });

  it('that is configured, or was not read, is no fault', () => {
    expect(faults({ landingZone: 'aws-dev' })).toEqual([]);
    expect(faults({})).toEqual([]);
  });
});

describe('a sequence', () => {
  const years = 2;
  const limit = Math.floor(NOW.getTime() + years * 365.25 * 24 * 3600 * 1000);
  const platform = { ...CONFIGURATION.platform, replicationSequenceYearsAhead: years };

  it.each([
    [0, true],
    [limit - 1, true],
    [limit, true],
    [limit + 1, false],
  ])('of %s is plausible: %s', (sequence, expected) => {
    const found = sequenceFaults(sequence, NOW, platform);
    const message = says(`is ${sequence}; at most ${limit} is plausible now, which as milliseconds`);
    const fault = { field: 'replicationSequence', message, value: sequence, limit };
    expect(found).toEqual(expected ? [] : [fault]);
  });
});

describe('a deletion', () => {
  const marked = (...changes: Parameters<typeof changed>[1][]) =>
    parseDeletion(changed(desiredStateJson, ['tenant.status.lifecycle.state', 'MARKED_FOR_DELETION'], ...changes));

  it.each(['MARKED_FOR_DELETION', 'DELETED'])('is said by %s', (state) => {
    const found = parseDeletion(changed(desiredStateJson, ['tenant.status.lifecycle.state', state]));
    expect(found).toMatchObject({
      ok: true,
      value: { replicationSequence: 17, tenant: { metadata: { ownedByWorkspace: 'retail' } } },
    });
    expect(found).not.toHaveProperty('value.workspace');
  });

  it.each([['ACTIVE'], [undefined], ['constructor']])('is not said by %s', (state) => {
    expect(parseDeletion(changed(desiredStateJson, ['tenant.status.lifecycle.state', state]))).toBeUndefined();
  });

  it.each([null, 'DELETED', {}, { tenant: {} }, { tenant: { status: {} } }])('is not said by %j', (input) => {
    expect(parseDeletion(input)).toBeUndefined();
  });

  it('needs the tenant and its sequence alone', () => {
    const rest = ['workspace', 'project', 'userPermissions', 'projectCreatorEmail'].map(
      (name) => [name, undefined] as const,
    );
    expect(marked(...rest)).toMatchObject({ ok: true });
    expect(marked(['replicationSequence', undefined])).toMatchObject({
      ok: false,
      faults: [{ field: 'replicationSequence', message: says('is missing') }],
    });
  });

  it('is refused where it is too large to be read', () => {
    const refused = marked(['more', 'x'.repeat(2 * 1024 * 1024)]);
    expect(refused).toMatchObject({ ok: false, faults: [{}] });
  });
});
