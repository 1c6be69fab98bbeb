import { LandingZoneListSchema } from '../../../functions/api/shadow-responses';
import { configuration } from '../domain/examples';
import { type ApiAnswer, ApiWorld, CALLER, detailOf, expectProblem } from './api-world';

const zonesOf = ({ body }: ApiAnswer): unknown => (body as { landingZones: unknown }).landingZones;

describe('landing zones of the API', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  const list = (): Promise<ApiAnswer> => api.call({ httpMethod: 'GET', resource: '/landing-zones' });
  const switchTo = (mode: unknown, landingZone = 'aws-dev'): Promise<ApiAnswer> =>
    api.call({
      httpMethod: 'POST',
      resource: '/landing-zones/{landingZone}/mode',
      pathParameters: { landingZone },
      body: typeof mode === 'string' ? JSON.stringify({ mode }) : JSON.stringify(mode),
    });

  it('lists each with the mode of the configuration, as long as nobody has switched it', async () => {
    const answer = await list();
    expect(answer).toMatchObject({ status: 200, type: 'application/json' });
    const names = Object.keys(api.configuration.landingZones);
    expect(zonesOf(answer)).toEqual(names.map((name) => ({ name, mode: 'act', configuredMode: 'act', switches: [] })));
  });

  it('lists them in pages that join, by name, where a limit is given', async () => {
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: '1', ...(cursor === null ? {} : { cursor }) };
      const call = { httpMethod: 'GET', resource: '/landing-zones', queryStringParameters: query };
      const body = LandingZoneListSchema.parse((await api.call(call)).body);
      expect(body.landingZones).toHaveLength(1);
      names.push(...body.landingZones.map(({ name }) => name));
      ({ cursor } = body);
    } while (cursor !== null);
    expect(names).toEqual(Object.keys(api.configuration.landingZones).toSorted());
    const unlimited = { httpMethod: 'GET', resource: '/landing-zones', queryStringParameters: { limit: '0' } };
    expectProblem(await api.call(unlimited), 400, 'invalid-request', 'limit');
  });

  it('lists several by name, and without a limit or cursor as the configuration has them', async () => {
    const zone = Object.values(api.configuration.landingZones)[0];
    if (zone === undefined) throw new Error('There is no landing zone.');
    const landingZones = Object.fromEntries(['b', 'd', 'a', 'c'].map((name) => [name, { ...zone, name }]));
    api.configuration = { ...api.configuration, landingZones };
    const page = async (queryStringParameters: Record<string, string> | null) => {
      const { body } = await api.call({ httpMethod: 'GET', resource: '/landing-zones', queryStringParameters });
      const { landingZones: found, cursor } = LandingZoneListSchema.parse(body);
      return [found.map(({ name }) => name).join(''), cursor];
    };
    expect(await page(null)).toEqual(['bdac', null]);
    expect(await page({ limit: '3' })).toEqual(['abc', 'c']);
    expect(await page({ limit: '3', cursor: 'c' })).toEqual(['d', null]);
    expect(await page({ limit: '1', cursor: 'c' })).toEqual(['d', null]);
    expect(await page({ limit: '4' })).toEqual(['abcd', null]);
    expect(await page({ cursor: 'b' })).toEqual(['cd', null]);
    expect(detailOf(await switchTo('act', 'x'))).toBe(
      "There is no landing zone 'x'. Those of the configuration are b, d, a, c.",
    );
  });

  it('shows each with its own mode, on whichever page it comes', async () => {
    const zone = Object.values(api.configuration.landingZones)[0];
    if (zone === undefined) throw new Error('There is no landing zone.');
    const landingZones = Object.fromEntries(['b', 'd', 'a', 'c'].map((name) => [name, { ...zone, name }]));
    api.configuration = { ...api.configuration, landingZones };
    for (const name of ['b', 'c']) await switchTo('shadow', name);
    const modes = async (queryStringParameters: Record<string, string> | null) => {
      const answer = await api.call({ httpMethod: 'GET', resource: '/landing-zones', queryStringParameters });
      return (zonesOf(answer) as { readonly name: string; readonly mode: string }[]).map(
        ({ name, mode }) => `${name} ${mode}`,
      );
    };
    expect(await modes(null)).toEqual(['b shadow', 'd act', 'a act', 'c shadow']);
    expect(await modes({ limit: '2' })).toEqual(['a act', 'b shadow']);
    expect(await modes({ limit: '2', cursor: 'b' })).toEqual(['c shadow', 'd act']);
    expect(await modes({ limit: '1', cursor: 'c' })).toEqual(['d act']);
  });

  it('switches one of them, says who did it, and leaves the others', async () => {
    api.configuration = configuration(['platform.mode', 'shadow']);
    const switched = {
      name: 'aws-dev',
      mode: 'act',
      configuredMode: 'shadow',
      switches: [{ mode: 'act', at: '2026-11-24T10:01:30.000Z', by: CALLER }],
    };
    api.seconds = 90;
    expect(await switchTo('act')).toMatchObject({ status: 200, body: switched });
    const zones = zonesOf(await list()) as { readonly name: string; readonly mode: string }[];
    expect(zones).toContainEqual(switched);
    expect(zones.filter(({ mode }) => mode === 'act').map(({ name }) => name)).toEqual(['aws-dev']);
    expect(api.log.entries).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        sentence: 'A landing zone was switched',
        keys: { landingZone: 'aws-dev', mode: 'act', by: CALLER },
      }),
    );
  });

  it('sets it back, and keeps both switches', async () => {
    await switchTo('shadow');
    const answer = await switchTo('act');
    expect(answer.body).toMatchObject({ mode: 'act', switches: [{ mode: 'shadow' }, { mode: 'act' }] });
  });

  it.each([{ mode: 'pause' }, { mode: null }, {}, [], 7])('refuses %j: 400', async (body) => {
    const answer = await switchTo(body);
    expectProblem(answer, 400, 'invalid-request', 'mode');
    expect(JSON.stringify(answer.body)).toContain("has to be 'act' or 'shadow'");
  });

  it('refuses a body that is no JSON: 400', async () => {
    const answer = await api.call({
      httpMethod: 'POST',
      resource: '/landing-zones/{landingZone}/mode',
      pathParameters: { landingZone: 'aws-dev' },
      body: '{ "mode": ',
    });
    expectProblem(answer, 400, 'invalid-request');
    expect(JSON.stringify(answer.body)).toContain('Send { \\"mode\\": \\"act\\" }');
  });

  it('refuses a landing zone that there is not, and names those that there are: 404', async () => {
    const answer = await switchTo('act', 'aws-prod-eu');
    expectProblem(answer, 404, 'not-found');
    expect(detailOf(answer)).toContain("no landing zone 'aws-prod-eu'");
    expect(detailOf(answer)).toContain('aws-dev');
    expect((await switchTo('act', 'toString')).status).toBe(404);
  });
});
