import { checkExternalAvm } from '../../../functions/steps/CheckExternalAvm/step';
import { expectRejected } from '../../fakes/expect-rejected';
import { FakeAccountTags } from '../../fakes/fake-account-tags';
import { account, vending } from '../../fakes/vending';

const externalAvm = { tags: { ProductName: 'retail', Stage: 'webshop-dev' } };

const check = (tags: FakeAccountTags, at = 0) =>
  checkExternalAvm({ tags })(vending({ tenant: { account }, plan: { externalAvm }, at }));

describe('CheckExternalAvm', () => {
  it.each([
    { at: 0, waitSeconds: 10 },
    { at: 200, waitSeconds: 24 },
    { at: 3600, waitSeconds: 60 },
  ])(
    'waits for both tags, looking more and more seldom: after $at s, in $waitSeconds s',
    async ({ at, waitSeconds }) => {
      expect(await check(new FakeAccountTags({ ProductName: 'retail' }), at)).toEqual({
        result: { ready: false, waitSeconds },
        remark: 'The external account vending machine is awaited: Stage=webshop-dev.',
      });
    },
  );

  it('goes on once they are there, and writes nothing', async () => {
    const tags = new FakeAccountTags({ ...externalAvm.tags, other: 'x' });
    expect((await check(tags)).result).toEqual({ ready: true, waitSeconds: 0 });
    expect(tags.writes).toEqual([]);
  });

  it('waits again after a project has moved: the values count', async () => {
    const tags = new FakeAccountTags({ ...externalAvm.tags, Stage: 'before' });
    expect((await check(tags)).result).toMatchObject({ ready: false });
  });

  it('gives up after four hours, and names what is missing', async () => {
    const tags = new FakeAccountTags({ ProductName: 'other' });
    expect((await check(tags, 4 * 3600 - 1)).result).toMatchObject({ ready: false });
    await expectRejected(
      check(tags, 4 * 3600),
      'no tag ProductName=retail and no tag Stage=webshop-dev',
      'set waitForExternalAvm in platform.json to false',
    );
  });

  it('lists all that is missing, and for how many hours it has waited', async () => {
    const tags = new FakeAccountTags({});
    expect((await check(tags)).remark).toContain('ProductName=retail, Stage=webshop-dev');
    await expectRejected(check(tags, 4 * 3600), 'within 4 hours', 'replay this run');
  });

  it('says that it is over', async () => {
    expect((await check(new FakeAccountTags(externalAvm.tags))).remark).toContain('has finished');
  });
});
