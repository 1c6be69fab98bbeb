import { OpenEntries } from '../../../sandbox/organization/services/cloudformation/judge-entries';
import { organizationUnderTest } from './organization-under-test';

describe('the ways of open operations into accounts', () => {
  it('are judged once until something changes, and every call waits until they are', async () => {
    const { state } = organizationUnderTest().organization;
    const entries = new OpenEntries();

    const judged = entries.judge(state, 0);
    const waited = entries.judge(state, 0);
    entries.noteChange();
    const again = entries.judge(state, 0);

    expect(waited).toBe(judged);
    expect(again).not.toBe(judged);
    await Promise.all([judged, again]);
  });
});
