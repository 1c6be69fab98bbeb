import { calledHosts } from '../../../functions/aws/lambda/own-runtime';
import { wayOutChecks } from '../../../functions/preflight/checks/own-runtime';
import { loadConfiguration } from '../../../infra/config';
import { codeIn, rowsOf } from '../../docs/pages';

const configuration = loadConfiguration('sandbox/config');
const hosts = calledHosts(configuration);

describe('a preflight of functions in subnets', () => {
  it('names what is not reached, for what it is needed, and what to do', async () => {
    const subnets = {
      ids: 'subnet-0123456789abcdef0',
      isReached: (host: string) => Promise.resolve(!host.startsWith('organizations.')),
    };
    const found = await Promise.all(
      wayOutChecks(subnets, hosts).map(async (check) => [check, await check.judge()] as const),
    );
    const failures = found.filter(([, { result }]) => result === 'failed');

    expect(failures.map(([{ id, sentence }]) => [id, sentence])).toEqual([
      [
        'way-out:organizations.us-east-1.amazonaws.com',
        'Functions reach organizations.us-east-1.amazonaws.com, for accounts, units and tags.',
      ],
    ]);
    expect(failures[0]?.[1]).toMatchObject({
      detail: expect.stringContaining('from subnet-0123456789abcdef0') as unknown,
      remedy: expect.stringMatching(/security groups out on port 443.*NAT gateway/u) as unknown,
    });
    expect(found.length).toBeGreaterThan(7);
  });

  it('looks at nothing of it where functions are in no subnets', () => {
    expect(wayOutChecks(null, hosts)).toEqual([]);
  });

  it('tries the hosts that the documentation lists', () => {
    const listed = rowsOf('docs/deployment.md', 'host').flatMap(([cell = '']) => codeIn(cell));
    const inWords = hosts.map(({ host }) => host.replace(/\.(?:eu|us)-[a-z]+-\d\./u, '.<region>.'));

    expect(
      inWords.filter((host) => !listed.map((one) => one.replace('.us-east-1.', '.<region>.')).includes(host)),
    ).toEqual([]);
  });
});
