import { ProblemSchema, VendingAcceptedSchema } from '../../../functions/api/responses';
import { VendingPreviewSchema } from '../../../functions/api/vending-responses';
import { TransientError } from '../../../functions/domain/base/errors';
import { configurationHash } from '../../../functions/domain/configuration/configuration-hash';
import type { Enrollment } from '../../../functions/domain/records/account-records';
import { PlanSchema } from '../../../functions/domain/plan/plan';
import { releaseFirst } from '../../../functions/ledger/rollout/releases';
import { closeRun } from '../../../functions/ledger/runs/close-run';
import { account, NOW, TENANT } from '../../fakes/vending';
import { configuration, desiredStateJson, MANAGEMENT_ZONE } from '../domain/examples';
import { accept, overwriteTenant, referenceTo, tenantIn, vended } from '../ledger/ledger-calls';
import { rolledOut } from '../steps/removal-under-test';
import { ApiWorld, arnOf, CALLER, detailOf, expectProblem } from './api-world';

const ENROLLED: Enrollment = {
  phase: 'ended',
  kind: 'provision',
  attempt: 1,
  recordId: 'rec-1',
  requestHash: null,
  productName: null,
  askedAt: NOW.toISOString(),
  busySince: null,
  hasPaused: false,
  failures: 0,
};

describe('the API', () => {
  let api: ApiWorld;

  beforeEach(() => {
    api = new ApiWorld();
  });

  describe('POST /vendings', () => {
    const accepted = {
      tenantUuid: TENANT,
      replicationSequence: 17,
      executionArn: arnOf(`${TENANT}-17`),
      status: 'ACCEPTED',
    };

    it('accepts a desired state, with its execution: 202', async () => {
      const answer = await api.post();
      expect(answer).toEqual({ status: 202, type: 'application/json', body: accepted });
      expect(VendingAcceptedSchema.parse(answer.body)).toEqual(answer.body);
      expect([...api.workflow.started.keys()]).toEqual([`${TENANT}-17`]);
      expect(api.ledger.lastWriteOf('DESIRED#0000000000000017')).toMatchObject({
        data: { trigger: 'api', requestedBy: CALLER },
      });
      expect((await api.get(TENANT)).body).toMatchObject({ requestedBy: CALLER, replayedBy: null, stoppedBy: null });
    });

    it('gives the same body for the same sequence and content, however it is written: 200', async () => {
      await api.post();
      const reordered = Object.fromEntries(Object.entries(desiredStateJson).toReversed());
      expect(await api.send(reordered)).toEqual({ status: 200, type: 'application/json', body: accepted });
      expect(await api.post(null, ['unknownField', 'is ignored'])).toMatchObject({ status: 200 });
      expect(api.workflow.calls).toHaveLength(1);
    });

    it('accepts what has to wait as queued, without an execution: 202, then 200', async () => {
      await api.post();
      const queued = { ...accepted, replicationSequence: 18, executionArn: null, status: 'QUEUED' };
      expect(await api.post(null, ['replicationSequence', 18])).toMatchObject({ status: 202, body: queued });
      expect(await api.post(null, ['replicationSequence', 18])).toMatchObject({ status: 200, body: queued });
    });

    it('refuses other content under a known sequence and says what to do: 409', async () => {
      await api.post();
      const answer = await api.post(null, ['tenantPlatformNumber', 43]);
      expectProblem(answer, 409, 'conflict');
      expect(detailOf(answer)).toBe(
        'Sequence 17 of this tenant is known with other content. Send the changed desired state with a higher replicationSequence.',
      );
    });

    it('refuses an older sequence, names the newest and the way back: 409', async () => {
      await api.post();
      const answer = await api.post(null, ['replicationSequence', 16]);
      expectProblem(answer, 409, 'conflict');
      expect(detailOf(answer)).toMatch(/^Sequence 16 is older than 17, .*\?force=true/);
    });

    it('does not take an older sequence with ?force=false: 409', async () => {
      await api.post();
      expectProblem(await api.post({ force: 'false' }, ['replicationSequence', 16]), 409, 'conflict');
    });

    it('takes an older sequence with ?force=true: 202', async () => {
      await api.post();
      await closeRun(api.ledger, referenceTo(17), vended, NOW);
      const answer = await api.post({ force: 'true' }, ['replicationSequence', 16]);
      expect(answer).toMatchObject({ status: 202, body: { replicationSequence: 16, status: 'ACCEPTED' } });
      expect(await tenantIn(api.ledger)).toMatchObject({ latestSequence: 16 });
    });

    it('refuses a sequence that a person has gone back behind, and says how it can be taken again: 409', async () => {
      await api.post();
      await closeRun(api.ledger, referenceTo(17), vended, NOW);
      await api.post({ force: 'true' }, ['replicationSequence', 16]);
      const answer = await api.post();
      expectProblem(answer, 409, 'conflict');
      expect(detailOf(answer)).toMatch(/^Sequence 17 is known, and sequence 16 was put in its place .*\?force=true/);
      expect(await tenantIn(api.ledger)).toMatchObject({ latestSequence: 16 });
    });

    it('refuses what cannot be vended with every fault at once, and writes nothing: 422', async () => {
      const answer = await api.post(
        null,
        ['tenant.metadata.ownedByProject', 'p'.repeat(31)],
        ['tenant.spec.landingZoneRef.name', 'nowhere'],
        ['tenant.spec.platformTenantId', 'my account'],
        ['projectCreatorEmail', 7],
        ['workspace', undefined],
      );
      expect(answer.status).toBe(422);
      const { errors } = ProblemSchema.parse(answer.body);
      expect(errors.map(({ field }) => field).toSorted()).toEqual([
        'projectCreatorEmail',
        'tenant.metadata.ownedByProject',
        'tenant.spec.landingZoneRef.name',
        'tenant.spec.platformTenantId',
        'workspace',
      ]);
      expect(errors.find(({ field }) => field === 'tenant.metadata.ownedByProject')).toMatchObject({
        value: 'p'.repeat(31),
        limit: 30,
      });
      expect(api.ledger.writes).toEqual([]);
      expect(api.workflow.calls).toEqual([]);
    });

    it.each([
      { what: 'nobody could record it under', body: { replicationSequence: 1 } },
      { what: 'is no object', body: [] },
      { what: 'is null', body: 'null' },
    ])('refuses JSON that $what: 422', async ({ body }) => {
      expect(await api.send(body)).toMatchObject({ status: 422, type: 'application/problem+json' });
      expect(api.ledger.writes).toEqual([]);
    });

    it.each([{ body: '' }, { body: '{' }, { body: null }])(
      'refuses a body that is not JSON: 400 ($body)',
      async ({ body }) => {
        const answer = await api.call({ httpMethod: 'POST', resource: '/vendings', body });
        expectProblem(answer, 400, 'invalid-request');
        expect(detailOf(answer)).toContain('The body is not JSON');
      },
    );

    it('reads a body that API Gateway has encoded', async () => {
      const body = Buffer.from(JSON.stringify(desiredStateJson)).toString('base64');
      expect(await api.call({ httpMethod: 'POST', resource: '/vendings', body, isBase64Encoded: true })).toMatchObject({
        status: 202,
      });
    });

    it('refuses flags that are neither true nor false, each by its name: 400', async () => {
      expectProblem(await api.post({ dryRun: 'yes', force: '' }), 400, 'invalid-request', 'dryRun', 'force');
      expect(api.ledger.writes).toEqual([]);
    });

    it('starts once and answers the same when the first call failed between ledger and workflow', async () => {
      jest.spyOn(api.workflow, 'start').mockRejectedValueOnce(new TransientError('throttled'));
      expectProblem(await api.post(), 503, 'unavailable');
      expect(await api.post()).toMatchObject({ status: 200, body: accepted });
      expect([...api.workflow.started.keys()]).toEqual([`${TENANT}-17`]);
    });
  });

  describe('POST /vendings?dryRun=true', () => {
    it('goes by the released configuration, and on request by the one that is deployed', async () => {
      await releaseFirst(api.ledger, configurationHash(api.configuration), NOW);
      api.earlier.push(api.configuration);
      api.configuration = configuration(['platform.accountAliasPattern', 'new-#{projectIdentifier}']);
      await api.post({ dryRun: 'true' });
      await api.post({ dryRun: 'true', configuration: 'released' });
      await api.post({ dryRun: 'true', configuration: 'deployed' });
      expect(api.plans.map(({ account }) => account.alias)).toEqual([
        'corp-retail-webshop-dev',
        'corp-retail-webshop-dev',
        'new-webshop-dev',
      ]);
    });

    it.each([{ dryRun: 'true', configuration: 'next' }, { configuration: 'deployed' }])(
      'knows no other configuration, and accepts nothing by it: %j',
      async (query) => {
        expectProblem(await api.post(query), 400, 'invalid-request', 'configuration');
        expect(api.ledger.writes).toEqual([]);
      },
    );

    it('gives the plan and writes nothing: 200', async () => {
      const answer = await api.post({ dryRun: 'true' });
      expect(answer.status).toBe(200);
      expect(PlanSchema.parse(answer.body)).toMatchObject({
        tenantUuid: TENANT,
        account: { name: 'retail.webshop-dev', email: 'aws+retail.webshop-dev.42@corp.example' },
        targetOrgUnitId: 'ou-ab12-cdefgh34',
        tags: { meshstack_project: 'webshop-dev' },
      });
      expect(api.ledger.writes).toEqual([]);
      expect(api.workflow.calls).toEqual([]);
    });

    it('tells beside the plan what a run of it would change', async () => {
      const { body } = await api.post({ dryRun: 'true' });
      expect(VendingPreviewSchema.parse(body)).toMatchObject(api.previewed);
      expect(api.plans).toEqual([PlanSchema.parse(body)]);
    });

    it('plans what a tenant has from before and is wanted no more: stack instances, and Control Tower', async () => {
      api.configuration = configuration(
        ['landingZone.awsEnrollAccount', false],
        ['landingZone.stackSets.0.removeStackInstances', true],
      );
      const query = { dryRun: 'true' };
      expect((await api.post(query)).body).toMatchObject({ stackSetRemovals: [] });
      await accept(api.ledger, 16);
      expect((await api.post(query)).body).not.toHaveProperty('unenrollment');
      await overwriteTenant(api.ledger, {
        account,
        enrollment: ENROLLED,
        stackInstances: ['eu-central-1', 'us-east-1'].map((region) =>
          rolledOut(region, { stackSet: 'baseline', homeRegion: 'eu-west-1' }),
        ),
      });
      expect((await api.post(query)).body).toMatchObject({
        stackSetRemovals: [{ name: 'baseline', homeRegion: 'eu-west-1', regions: ['us-east-1'] }],
        unenrollment: { accountFactoryProductId: 'prod-abcd1234' },
      });
    });

    it('takes nothing away from the management account, as its run would not', async () => {
      await accept(api.ledger, 16);
      await overwriteTenant(api.ledger, {
        account: { ...account, id: '222222222222' },
        enrollment: ENROLLED,
        stackInstances: [rolledOut('eu-central-1', { stackSet: 'baseline', homeRegion: 'eu-west-1' })],
      });
      api.configuration = configuration(...MANAGEMENT_ZONE);
      const { body } = await api.post({ dryRun: 'true' });
      expect(body).toMatchObject({ accessOnly: true, stackSetRemovals: [] });
      expect(body).not.toHaveProperty('unenrollment');
    });

    it('says when AWS could not be looked at in time: 503', async () => {
      api.failure = new TransientError('too slow');
      expectProblem(await api.post({ dryRun: 'true' }), 503, 'unavailable');
    });

    it('gives every fault instead: 422', async () => {
      const answer = await api.post(
        { dryRun: 'true' },
        ['tenant.spec.landingZoneRef.name', 'x'],
        ['tenant.metadata.ownedByProject', 'p'.repeat(31)],
      );
      expectProblem(
        answer,
        422,
        'invalid-desired-state',
        'tenant.metadata.ownedByProject',
        'tenant.spec.landingZoneRef.name',
      );
    });

    it('is off when it is false', async () => {
      expect(await api.post({ dryRun: 'false' })).toMatchObject({ status: 202 });
    });
  });
});
