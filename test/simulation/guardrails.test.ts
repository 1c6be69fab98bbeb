import { deployedDefinition } from '../../sandbox/embedded/local-definition';
import { type Ground, makeGround } from '../../sandbox/simulation/ground';
import { sentOnce, staged, tenantsIn } from './staged-simulation';

const INVARIANT = 'nobody gets in before the guardrails';

/** The workflow as it is deployed, in which a state goes straight on to another. */
function shortened(state: string, next: string): object {
  const definition = deployedDefinition('vend-account') as { readonly States: Readonly<Record<string, object>> };
  return { ...definition, States: { ...definition.States, [state]: { Type: 'Pass', Next: next } } };
}

/** On a busy machine. */
jest.setTimeout(120_000);

describe('guardrails', () => {
  let ground: Ground;

  beforeAll(async () => {
    ground = await makeGround();
  });

  const seen = async (landingZone: string, definition?: object): Promise<readonly string[]> => {
    const tenants = tenantsIn(landingZone, 1, 2).map(sentOnce);
    const { violations } = await staged(ground, { tenants, stage: () => 'go-on', ...(definition && { definition }) });
    return violations.all.filter(({ invariant }) => invariant === INVARIANT).map((one) => one.seen);
  };

  it.each(['everything', 'baselines'])('are in place when somebody gets in: %s', async (landingZone) => {
    expect(await seen(landingZone)).toEqual([]);
  });

  it.each([
    {
      skipped: 'Control Tower and stack sets',
      landingZone: 'everything',
      definition: () => shortened('IsEnrollmentPlanned', 'GrantAccess'),
      missing: [/without Control Tower|without its unit/u, /baseline in /u],
    },
    {
      skipped: 'stack sets',
      landingZone: 'baselines',
      definition: () => shortened('WaitForRoles', 'GrantAccess'),
      missing: [/without baseline in /u],
    },
  ])('are missed where access comes before them: $skipped', async ({ landingZone, definition, missing }) => {
    const found = await seen(landingZone, definition());
    expect(found.length).toBeGreaterThan(0);
    for (const words of missing) expect(found[0]).toMatch(words);
    expect(found[0]).toContain('CheckGrants (CreateAccountAssignment)');
  });
});
