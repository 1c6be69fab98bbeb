import { cannotBeEnrolled } from '../../functions/domain/enrollment/enrollment-obstacles';
import type { VendingDetail } from '../src/api/client';
import { causesOf } from '../src/logic/causes';
import { failureTitle } from '../src/logic/failure-title';
import { nowText, tookText } from '../src/logic/now-text';

type Entry = VendingDetail['timeline'][number];

const rejected = (message: string): string => failureTitle({ name: 'RejectedError', message });

describe('the title of a failure', () => {
  it.each([
    ['AWS did not make the account "a.b" (a@b.example): EMAIL_ALREADY_EXISTS, another AWS account has it.', 'E-mail'],
    ['The email "a@b.example" belongs to another tenant (7d0c).', 'E-mail address already taken'],
    ['The alias "likvid" belongs to another tenant (7d0c).', 'Account alias already taken'],
    ['The group "mst" belongs to another tenant (7d0c).', 'Group name already taken'],
    ['Control Tower could not enroll the account, 3 times (provision): it has a delivery channel.', 'AWS Config'],
    [
      'Control Tower could not enroll the account, 3 times (provision): the OU is not registered.',
      'Organizational unit',
    ],
    ['Control Tower had no place for this account for 4 hours.', 'Control Tower failed or took too long'],
    ['The organization has no account 444444444444, which tenant.spec.platformTenantId names.', 'Account not in the'],
    ['The organizational unit ou-1 does not exist.', 'Organizational unit does not exist'],
    [cannotBeEnrolled({ id: '444444444444', name: 'x' }, ['a delivery channel "y" in eu-west-1']).reason, 'AWS Config'],
  ])('is the cause, not the class: %s', (message, title) => {
    expect(rejected(message)).toMatch(new RegExp(`^${title}`, 'u'));
  });

  it('is said by the name of an error that has one cause', () => {
    expect(failureTitle({ name: 'ApprovalExpired', message: 'x' })).toBe('Approval expired');
  });

  it('is the first words of what nobody has named yet', () => {
    expect(rejected('The moon is full. Wait.')).toBe('The moon is full');
    expect(rejected('one two three four five six seven eight nine ten eleven twelve thirteen')).toBe(
      'one two three four five six seven eight nine ten eleven…',
    );
    expect(rejected('')).toBe('RejectedError');
  });
});

describe('a cause of several tenants', () => {
  const failed = (id: string) => ({
    tenantUuid: id,
    workspaceIdentifier: 'w',
    projectIdentifier: 'p',
    timeline: [],
    lastError: { name: 'RejectedError', message: `No, ${id}.`, remedy: `Delete the recorder in account ${id}, today.` },
    account: { id, arn: 'a', name: 'n', email: 'e', knownSince: '', imported: false },
  });

  it('names no account of one of them', () => {
    const [cause, ...more] = causesOf([failed('111111111111'), failed('222222222222')]);
    expect(more).toEqual([]);
    expect(cause?.remedy).toBe('Delete the recorder in the account of each tenant below, today.');
    expect(cause?.message).toBe('No, that account.');
  });

  it('names that of the only one', () => {
    expect(causesOf([failed('111111111111')])[0]?.remedy).toContain('account 111111111111');
  });
});

describe('what goes on now', () => {
  const NOW = new Date('2026-11-29T12:01:00Z');
  const entry = (state: string, finishedAt: string | null, remark: string | null = null): Entry => ({
    state,
    startedAt: '2026-11-29T12:00:47Z',
    finishedAt,
    attempts: 1,
    remark,
    error: null,
    changes: [],
  });
  const running = { status: 'RUNNING', stoppedAt: null, lane: null } as const;

  it('is the state that has not ended, what it says, and since when', () => {
    const timeline = [entry('PlanVending', '2026-11-29T12:00:48Z'), entry('CheckStackInstances', null, 'It waits.')];
    expect(nowText({ ...running, timeline }, NOW)).toBe('CheckStackInstances (It waits), 13 s');
    expect(nowText({ ...running, timeline: [entry('MoveAccount', null)] }, NOW)).toBe('MoveAccount, 13 s');
  });

  it('is the line in which it stands', () => {
    const lane = { name: 'account-creation', position: 3, since: '2026-11-29T12:00:00Z' };
    expect(nowText({ ...running, status: 'QUEUED', lane, timeline: [] }, NOW)).toBe(
      'waiting in the lane account-creation, position 3, 60 s',
    );
  });

  it('is nothing once it has ended, was stopped, or has not begun', () => {
    const timeline = [entry('MoveAccount', null)];
    expect(nowText({ ...running, status: 'FAILED', timeline }, NOW)).toBeNull();
    expect(nowText({ ...running, stoppedAt: '2026-11-29T12:00:59Z', timeline }, NOW)).toBeNull();
    expect(nowText({ ...running, timeline: [] }, NOW)).toBeNull();
  });

  it('is told by how long it took, once it is vended', () => {
    const ended = { timeline: [entry('PlanVending', '2026-11-29T12:00:48Z')], statusChangedAt: '2026-11-29T12:01:31Z' };
    expect(tookText({ ...ended, status: 'VENDED' })).toBe('44 s');
    expect(tookText({ ...ended, status: 'RUNNING' })).toBeNull();
    expect(tookText({ ...ended, status: 'VENDED', timeline: [] })).toBeNull();
  });
});
