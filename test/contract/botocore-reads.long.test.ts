import path from 'node:path';

import { projectRoot } from '../../sandbox/environment';
import { serveOrganization } from '../../sandbox/organization/http-server';
import { allServices } from '../../sandbox/organization/services/all-services';
import { botocoreReadings } from './botocore-readings';
import { callsOf, openGround } from './ground';
import { importedOperations, operationsOf } from './imported-operations';
import type { Reading } from './reading';
import { readWithBotocore, type Seen } from './read-with-botocore';

describe('botocore', () => {
  const seen = new Map<string, readonly [Seen, Seen]>();
  const placeholders = botocoreReadings({
    management: '',
    member: '',
    root: '',
    unit: '',
    requestId: '',
    invitationId: '',
    provisionedProductId: '',
    recordId: '',
    buildId: '',
    access: { userId: '', groupId: '', membershipId: '', creationRequestId: '', deletionRequestId: '' },
  });
  let expected: readonly Reading[] = [];

  beforeAll(async () => {
    const { test, ground } = await openGround();
    const server = await serveOrganization(test.organization);
    expected = botocoreReadings(ground);
    try {
      const results = await readWithBotocore(server.endpoint, callsOf(expected, ground));
      expected.forEach(({ operation }, n) => seen.set(operation, [results[2 * n] ?? {}, results[2 * n + 1] ?? {}]));
    } finally {
      await server.close();
    }
  });

  it.each(placeholders.map(({ operation }) => operation))('reads an answer and an error of %s', (operation) => {
    const reading = expected.find((one) => one.operation === operation);
    const [answered, refused] = seen.get(operation) ?? [];
    expect(answered).toMatchObject({ answer: reading?.answer });
    expect(refused).toEqual({ error: reading?.refused.error, status: reading?.refused.status });
  });

  it('reads every operation of the model', () => {
    const modelled = allServices.flatMap(({ signingName, operations }) =>
      [...operations.keys()].map((name) => `${signingName}:${name}`),
    );
    expect(placeholders.map(({ operation }) => operation).sort()).toEqual(modelled.sort());
  });

  it('reads every operation that the functions import', () => {
    const imported = importedOperations(path.join(projectRoot, 'functions'));
    expect(imported.length).toBeGreaterThan(10);
    expect(placeholders.map(({ operation }) => operation)).toEqual(expect.arrayContaining([...imported]));
  });
});

describe('the list of imported operations', () => {
  it('knows commands and paginators, and no other service', () => {
    const source = `
      import { type Account, DescribeAccountCommand, OrganizationsClient, paginateListAccounts } from '@aws-sdk/client-organizations';
      import { SendMessageCommand } from '@aws-sdk/client-sqs';`;
    expect(operationsOf(source)).toEqual(['organizations:DescribeAccount', 'organizations:ListAccounts']);
  });

  it('knows what our own client of Control Tower calls', () => {
    expect(importedOperations(path.join(projectRoot, 'functions'))).toEqual(
      expect.arrayContaining(['controltower:GetLandingZone', 'controltower:ListEnabledBaselines']),
    );
  });
});
