import { contentHash } from '../../../functions/domain/base/json';
import { storeConfiguration } from '../../../functions/store-configuration/store-configuration';

const TEXT = '{"landingZones":{},"platform":{}}';
const request = {
  ResponseURL: 'https://answers.example/1',
  StackId: 'arn:aws:cloudformation:eu-central-1:111111111111:stack/VendingStack/1',
  RequestId: 'r-1',
  LogicalResourceId: 'Stored',
};

function stack({ failing = false } = {}) {
  const kept = new Map<string, string>();
  const answers: (readonly [string, unknown])[] = [];
  const ports = {
    store: {
      read: () => Promise.reject(new Error('Nobody reads here.')),
      keep: (hash: string, text: string) => {
        if (failing) return Promise.reject(new Error('The bucket says no.'));
        kept.set(hash, text);
        return Promise.resolve();
      },
    },
    text: () => TEXT,
    answer: (url: string, body: string) => {
      answers.push([url, JSON.parse(body)]);
      return Promise.resolve();
    },
  };
  return { kept, answers, ports };
}

describe('a deployment', () => {
  it.each(['Create', 'Update'])('stores its configuration under the hash of its text: %s', async (RequestType) => {
    const { kept, answers, ports } = stack();
    await storeConfiguration(ports, { ...request, RequestType });

    expect([...kept]).toEqual([[contentHash(JSON.parse(TEXT)), TEXT]]);
    const { ResponseURL, ...known } = request;
    expect(answers).toEqual([[ResponseURL, { ...known, PhysicalResourceId: 'configuration', Status: 'SUCCESS' }]]);
  });

  it('is told why its configuration could not be stored, and rolls back', async () => {
    const { answers, ports } = stack({ failing: true });
    await storeConfiguration(ports, { ...request, RequestType: 'Update', PhysicalResourceId: 'configuration' });

    expect(answers).toMatchObject([[request.ResponseURL, { Status: 'FAILED', Reason: 'The bucket says no.' }]]);
  });

  it('that removes the stack leaves all configurations', async () => {
    const { kept, answers, ports } = stack({ failing: true });
    await storeConfiguration(ports, { ...request, RequestType: 'Delete', PhysicalResourceId: 'configuration' });

    expect(kept.size).toBe(0);
    expect(answers).toMatchObject([[request.ResponseURL, { Status: 'SUCCESS' }]]);
  });
});
