import { TransientError } from '../../../functions/domain/base/errors';
import { ApiWorld, detailOf, expectProblem } from './api-world';

describe('the API', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  describe('any other call', () => {
    it.each([
      { httpMethod: 'DELETE', resource: '/vendings' },
      { httpMethod: 'GET', resource: '/nothing' },
      { httpMethod: 'POST', resource: '/vendings/{tenantUuid}' },
    ])('is not known: 404 ($httpMethod $resource)', async (event) => {
      const answer = await api.call(event);
      expectProblem(answer, 404, 'not-found');
      expect(detailOf(answer)).toContain(`${event.httpMethod} ${event.resource}`);
    });
  });

  describe('a call that fails', () => {
    it.each([
      { by: 'a fault that passes', failure: new TransientError('secret detail'), status: 503, kind: 'unavailable' },
      { by: 'anything else', failure: new Error('secret detail'), status: 500, kind: 'internal' },
    ])('by $by is a problem that gives nothing away, and a log entry: $status', async ({ failure, status, kind }) => {
      api.ledger.beforeNextCommit = () => Promise.reject(failure);
      const answer = await api.post();
      expectProblem(answer, status, kind);
      expect(detailOf(answer)).not.toContain('secret detail');
      expect(api.log.entries).toMatchObject([
        { level: 'error', keys: { method: 'POST', resource: '/vendings' }, cause: failure },
      ]);
    });
  });
});
