import openapi from '../../docs/openapi.json';
import { ROLLOUTS } from '../src/logic/rollouts';
import { badgeOf, isUnderWay, STATUS_NAMES, statusNamed, STATUSES } from '../src/logic/statuses';

const { enum: statuses } = openapi.components.schemas.VendingStatus;

describe('the badge of a status', () => {
  it.each(statuses)('is there for %s of the API', (status) => {
    expect(STATUSES).toHaveProperty(status);
    expect(STATUS_NAMES).toContain(status);
    expect(statusNamed(status)).toBe(status);
  });

  it('is there for no other', () => {
    expect(Object.keys(STATUSES).toSorted()).toEqual(statuses.toSorted());
    expect(STATUS_NAMES).toHaveLength(statuses.length);
    expect(statusNamed('lost')).toBeUndefined();
    expect(statusNamed('Awaiting approval')).toBe('AWAITING_APPROVAL');
  });

  it('is there for each of a rollout, with words of its own', () => {
    expect(Object.keys(ROLLOUTS).toSorted()).toEqual(openapi.components.schemas.RolloutStatus.enum.toSorted());
    expect(new Set(Object.values(ROLLOUTS).map(({ text }) => text)).size).toBe(Object.keys(ROLLOUTS).length);
  });

  it('has words of its own for each', () => {
    expect(new Set(Object.values(STATUSES).map(({ text }) => text)).size).toBe(statuses.length);
  });

  it('says that a stopped run is stopping until its end is recorded', () => {
    expect(badgeOf({ status: 'RUNNING', stoppedAt: '2026-11-28T12:00:00Z' }).text).toBe('Stopping');
    expect(badgeOf({ status: 'FAILED', stoppedAt: '2026-11-28T12:00:00Z' }).text).toBe('Failed');
    expect(badgeOf({ status: 'RUNNING', stoppedAt: null }).text).toBe('Running');
  });
});

describe('isUnderWay', () => {
  it('is true of what goes on by itself', () => {
    expect(STATUS_NAMES.filter(isUnderWay).toSorted()).toEqual(['ACCEPTED', 'AWAITING_APPROVAL', 'QUEUED', 'RUNNING']);
  });
});
