import { PreflightSchema } from '../../../functions/api/responses';
import { finishPreflight } from '../../../functions/ledger/fleet/preflights';
import { NOW, after } from '../../fakes/vending';
import { type ApiAnswer, ApiWorld, PREFLIGHT, detailOf, expectProblem } from './api-world';

describe('the API', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  describe('POST /preflight', () => {
    const ask = (): Promise<ApiAnswer> => api.call({ httpMethod: 'POST', resource: '/preflight', body: null });
    const look = (id: string): Promise<ApiAnswer> =>
      api.call({ httpMethod: 'GET', resource: '/preflight/{id}', pathParameters: { id }, body: null });

    it('asks for a preflight, and shows it as running from then on: 202', async () => {
      expect(await ask()).toMatchObject({ status: 202, body: { id: PREFLIGHT, status: 'RUNNING' } });
      expect(api.asked).toEqual([PREFLIGHT]);
      expect(await look(PREFLIGHT)).toMatchObject({
        status: 200,
        body: { id: PREFLIGHT, status: 'RUNNING', startedAt: NOW.toISOString(), finishedAt: null, checks: [] },
      });
    });

    it('is shown with every check at its end', async () => {
      await ask();
      const check = {
        id: 'account-quota',
        sentence: 'There is room.',
        result: 'ok',
        detail: null,
        remedy: null,
      } as const;
      await finishPreflight(api.ledger, PREFLIGHT, [check], after(60));

      const { body } = await look(PREFLIGHT);

      expect(PreflightSchema.parse(body)).toEqual({
        id: PREFLIGHT,
        status: 'PASSED',
        startedAt: NOW.toISOString(),
        finishedAt: after(60).toISOString(),
        checks: [check],
      });
    });

    it('says so when it has not come to its end', async () => {
      await ask();
      api.seconds = 20 * 60;
      expect(await look(PREFLIGHT)).toMatchObject({ body: { status: 'RUNNING' } });
      api.seconds += 1;
      expect(await look(PREFLIGHT)).toMatchObject({ body: { status: 'FAILED', finishedAt: null } });
    });

    it('is not known when nobody has asked for it: 404', async () => {
      const answer = await look('0b9d7c1e-0000-4000-8000-00000000000b');
      expectProblem(answer, 404, 'not-found');
      expect(detailOf(answer)).toContain('kept for 30 days');
    });
  });
});
