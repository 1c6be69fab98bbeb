import { awsJson } from '../../../sandbox/organization/wire/aws-json';
import { awsQuery } from '../../../sandbox/organization/wire/aws-query';
import { controlTowerJson } from '../../../sandbox/organization/wire/control-tower-json';

const ANSWER = { Name: 'one', Description: null, Inner: { Reason: null, Count: 1 } };
const textOf = ({ body }: { readonly body: Uint8Array }): string => Buffer.from(body).toString('utf8');

describe('a member that is null', () => {
  it('counts as absent in a request', () => {
    const body = Buffer.from(JSON.stringify({ Name: 'one', Filter: null, Inner: { Token: null, Sizes: [1] } }));
    const request = { method: 'POST', path: '/', query: {}, headers: { 'x-amz-target': 'A.List' }, body };
    expect(awsJson().decode(request)).toEqual({ operation: 'List', input: { Name: 'one', Inner: { Sizes: [1] } } });
  });

  it('is left out of an answer', () => {
    for (const protocol of [awsJson(), controlTowerJson()]) {
      expect(JSON.parse(textOf(protocol.encode('List', ANSWER, 'id')))).toEqual({ Name: 'one', Inner: { Count: 1 } });
    }
    expect(textOf(awsQuery('urn:x').encode('List', ANSWER, 'id'))).not.toMatch(/Description|Reason/u);
  });
});
