import { tagAccount } from '../../../functions/steps/TagAccount/step';
import { FakeAccountTags } from '../../fakes/fake-account-tags';
import { account, TENANT, vending } from '../../fakes/vending';

const OURS = { 'account-vending:tenant-uuid': TENANT };

const run = (tags: FakeAccountTags, wanted: Record<string, string>, prefix: string | null = 'meshstack_') =>
  tagAccount({ tags })(vending({ tenant: { account }, plan: { tags: wanted, tagNamespacePrefix: prefix } }));

describe('TagAccount', () => {
  it('makes the tags with our prefix as the plan says, and leaves those of others', async () => {
    const tags = new FakeAccountTags({ ...OURS, meshstack_old: 'x', meshstack_project: 'before', owner: 'finance' });
    expect(await run(tags, { meshstack_project: 'webshop-dev', meshstack_env: '' })).toEqual({
      result: { put: 2, removed: 1 },
      changes: [
        { what: 'tag meshstack_old', from: 'x', to: null },
        { what: 'tag meshstack_project', from: 'before', to: 'webshop-dev' },
        { what: 'tag meshstack_env', from: null, to: '' },
      ],
    });
    expect(tags.tags).toEqual({ ...OURS, meshstack_project: 'webshop-dev', meshstack_env: '', owner: 'finance' });
  });

  it('writes nothing when all is as wanted', async () => {
    const tags = new FakeAccountTags({});
    await run(tags, { meshstack_project: 'webshop-dev' });
    const written = tags.writes.length;
    expect(await run(tags, { meshstack_project: 'webshop-dev' })).toEqual({
      result: { put: 0, removed: 0 },
      changes: [],
    });
    expect(tags.writes).toHaveLength(written);
  });

  it('puts the tag back that ties the account to its tenant', async () => {
    const tags = new FakeAccountTags({ 'account-vending:tenant-uuid': 'somebody changed it' });
    await run(tags, {});
    expect(tags.tags).toEqual(OURS);
  });

  it.each([null, ''])('takes nothing away without a prefix (%j), not even what it once put', async (prefix) => {
    const tags = new FakeAccountTags({ ...OURS, meshstack_old: 'x', owner: 'finance', nullable: 'x' });
    await run(tags, {}, prefix);
    expect(tags.writes).toEqual([]);
  });

  it('never takes the tenant tag away, even when the prefix covers it', async () => {
    const tags = new FakeAccountTags({ ...OURS, 'account-vending:old': 'x' });
    await run(tags, {}, 'account-vending:');
    expect(tags.tags).toEqual(OURS);
  });

  it('makes room before it adds: an account has 50 tags at most', async () => {
    const old = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`meshstack_old${index}`, 'x']));
    const wanted = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`meshstack_new${index}`, 'x']));
    const tags = new FakeAccountTags({ ...OURS, ...old });
    await run(tags, wanted);
    expect(tags.tags).toEqual({ ...OURS, ...wanted });
  });
});
