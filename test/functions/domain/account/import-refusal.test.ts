import {
  hasImportTag,
  isImport,
  isInImportUnit,
  notAllowed,
  servesOthers,
} from '../../../../functions/domain/account/import-refusal';
import { account, creation } from '../../../fakes/vending';

const TAG = { key: 'vend', value: 'yes' };
const UNITS = ['ou-ab12-import01', 'ou-ab12-import02'];
const OTHER = '555555555555';

describe('the tag by which an account may be imported', () => {
  it.each([
    [TAG, { vend: 'yes' }, true],
    [TAG, { vend: 'yes', more: 'tags' }, true],
    [TAG, { vend: 'no' }, false],
    [TAG, {}, false],
    [{ key: 'constructor', value: 'yes' }, {}, false],
    [null, { vend: 'yes' }, false],
  ])('%o on an account with the tags %o: %s', (tag, tags, expected) => {
    expect(hasImportTag({ organizationalUnits: [], tag }, tags)).toBe(expected);
  });

  it('has to have the value that is configured, not only to be absent like an absent one', () => {
    const tag = { key: 'vend', value: undefined as unknown as string };
    expect(hasImportTag({ organizationalUnits: [], tag }, {})).toBe(false);
  });
});

describe('the units from which accounts may be imported', () => {
  it.each([
    [UNITS, ['ou-ab12-import01', 'r-ab12'], true],
    [UNITS, ['ou-ab12-deeper01', 'ou-ab12-import02', 'r-ab12'], true],
    [UNITS, ['ou-ab12-deeper01', 'r-ab12'], false],
    [UNITS, [], false],
    [[], ['ou-ab12-import01', 'r-ab12'], false],
  ])('%o, of an account below %o: %s', (organizationalUnits, unitsAbove, expected) => {
    expect(isInImportUnit({ organizationalUnits, tag: null }, unitsAbove)).toBe(expected);
  });
});

describe('an account that may not be imported', () => {
  const unit = 'ou-ab12-elsewher';
  const found = 'tenant.spec.platformTenantId is 444444444444 ("retail.webshop-dev"), which is in ou-ab12-elsewher';

  it.each([
    [null, 'imports are off, so the account cannot be imported.', 'To allow it, add ou-ab12-elsewher to import.'],
    [
      { organizationalUnits: UNITS, tag: null },
      'only accounts in or below ou-ab12-import01, ou-ab12-import02 may be imported.',
      'Move the account into one of these units and replay this run. Or add ou-ab12-elsewher to import.',
    ],
    [
      { organizationalUnits: [], tag: TAG },
      'only accounts with the tag vend = yes may be imported.',
      'Put the tag vend = yes on the account in AWS Organizations and replay this run. Or add ou-ab12-elsewher',
    ],
    [
      { organizationalUnits: UNITS, tag: TAG },
      'only accounts in or below ou-ab12-import01, ou-ab12-import02, or with the tag vend = yes may be imported.',
      'Put the tag vend = yes on the account',
    ],
  ])('is told which are: rules %o', (rules, reason, remedy) => {
    const error = notAllowed(account, unit, rules);
    expect(error.reason).toBe(`${found}: ${reason}`);
    expect(error.remedy).toContain(remedy);
    expect(error.remedy).toContain('deploy, and send the desired state with a higher replicationSequence.');
  });

  it('serves all tenants, which it is told', () => {
    const error = servesOthers(account, { id: account.id, what: 'the automation account' });
    expect(error.reason).toContain('444444444444 ("retail.webshop-dev"), the automation account: it can never be');
    expect(error.remedy).toContain('another account or null');
  });
});

describe('a run imports', () => {
  it.each([
    ['nothing where none is named', null, { account: null, creation: null }, false],
    ['the named account where the tenant has none', OTHER, { account: null, creation: null }, true],
    ['nothing where the tenant has it already', account.id, { account, creation: null }, false],
    [
      'the named one where AWS was never asked for another',
      OTHER,
      { account: null, creation: creation({ attempt: 0 }) },
      true,
    ],
    [
      'nothing where it is the one that AWS has just made',
      OTHER,
      { account: null, creation: creation({ madeAccountId: OTHER }) },
      false,
    ],
  ])('%s', (_, existingAccountId, records, expected) => {
    expect(isImport({ existingAccountId }, records)).toBe(expected);
  });

  it('no account in place of the one that the tenant has', () => {
    const importing = () => isImport({ existingAccountId: OTHER }, { account, creation: null });
    expect(importing).toThrow('platformTenantId is 555555555555, but this tenant has account 444444444444');
    expect(importing).toThrow('Send the desired state with 444444444444 or null there');
    expect(importing).toThrow('To use 555555555555, import it for a tenant of its own.');
  });

  it('no account while AWS makes another one', () => {
    const importing = () => isImport({ existingAccountId: OTHER }, { account: null, creation: creation() });
    expect(importing).toThrow('AWS was asked for an account for this tenant ("retail.webshop-dev")');
    expect(importing).toThrow('Send the desired state with null there');
  });
});
