import { TOLD_EVENT_TYPES } from '../../functions/domain/run/told-events';
import { indicatorOf } from '../src/logic/told-events';

describe('the icon of an event', () => {
  it('says what has happened', () => {
    expect(TOLD_EVENT_TYPES.map((type) => `${type}: ${indicatorOf(type)}`)).toEqual([
      'Account Vended: success',
      'Account Vending Failed: error',
      'Account Vending Shadowed: info',
      'Account Vending Delayed: warning',
      'Account Vending Awaits Approval: pending',
      'Account Closed: success',
      'Account Closing Failed: error',
      'Account Closing Shadowed: info',
      'Account Closing Delayed: warning',
      'Account Closing Awaits Approval: pending',
    ]);
  });
});
