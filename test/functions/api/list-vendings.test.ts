import { ProblemSchema, VendingListSchema } from '../../../functions/api/responses';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import { after } from '../../fakes/vending';
import { failed, referenceTo } from '../ledger/ledger-calls';
import { ApiWorld, expectProblem } from './api-world';

describe('the API', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  describe('GET /vendings', () => {
    const uuidOf = (index: number): string => `7d0c1b1e-0000-4000-8000-0000000000${index + 10}`;

    beforeEach(async () => {
      for (const index of [0, 1, 2]) {
        api.seconds = index;
        await api.post(null, ['tenant.metadata.uuid', uuidOf(index)]);
      }
      await closeRun(api.ledger, referenceTo(17, 1, uuidOf(0)), failed, after(10));
    });

    it('lists vendings, newest first: 200', async () => {
      const answer = await api.list();
      const { vendings, cursor } = VendingListSchema.parse(answer.body);
      expect(answer).toMatchObject({ status: 200, type: 'application/json' });
      expect(vendings.map(({ tenantUuid, status }) => `${tenantUuid} ${status}`)).toEqual([
        `${uuidOf(0)} FAILED`,
        `${uuidOf(2)} ACCEPTED`,
        `${uuidOf(1)} ACCEPTED`,
      ]);
      expect(cursor).toBeNull();
    });

    it.each([
      { status: 'FAILED', found: [0] },
      { status: 'ACCEPTED', found: [2, 1] },
      { status: 'CLOSED', found: [] },
    ])('lists those that are $status', async ({ status, found }) => {
      const { vendings } = VendingListSchema.parse((await api.list({ status })).body);
      expect(vendings.map(({ tenantUuid }) => tenantUuid)).toEqual(found.map(uuidOf));
    });

    it('gives pages that join by their cursor', async () => {
      const first = VendingListSchema.parse((await api.list({ limit: '2' })).body);
      expect(first.vendings).toHaveLength(2);
      const second = VendingListSchema.parse((await api.list({ limit: '2', cursor: first.cursor ?? '' })).body);
      const joined = [...first.vendings, ...second.vendings].map(({ tenantUuid }) => tenantUuid);
      expect(joined).toEqual([uuidOf(0), uuidOf(2), uuidOf(1)]);
      expect(second.cursor).toBeNull();
    });

    it('gives 50 rows unless told, and takes up to 100', async () => {
      const limits: number[] = [];
      jest.spyOn(api.ledger, 'list').mockImplementation(({ limit }) => {
        limits.push(limit);
        return Promise.resolve({ items: [], cursor: null });
      });
      await api.list();
      await api.list({ limit: '100' });
      expect(limits).toEqual([50, 100]);
    });

    it.each(['0', '101', '-1', '1.5', 'many', ''])('refuses the limit %j: 400', async (limit) => {
      const answer = await api.list({ limit });
      expectProblem(answer, 400, 'invalid-request', 'limit');
      expect(ProblemSchema.parse(answer.body).errors[0]?.message).toContain('a whole number from 1 to 100');
    });

    it('refuses an unknown status and names those that there are: 400', async () => {
      const answer = await api.list({ status: 'failed', limit: 'x' });
      expectProblem(answer, 400, 'invalid-request', 'status', 'limit');
      expect(ProblemSchema.parse(answer.body).errors[0]?.message).toContain(
        'ACCEPTED, QUEUED, RUNNING, AWAITING_APPROVAL, VENDED, FAILED',
      );
    });

    it('refuses a cursor that it has not given out, and one of another list: 400', async () => {
      expectProblem(await api.list({ cursor: 'x' }), 400, 'invalid-request', 'cursor');
      const { cursor } = VendingListSchema.parse((await api.list({ limit: '1' })).body);
      expectProblem(await api.list({ status: 'FAILED', cursor: cursor ?? '' }), 400, 'invalid-request', 'cursor');
    });
  });
});
