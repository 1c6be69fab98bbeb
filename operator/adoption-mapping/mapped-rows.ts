import { type Checked, checked, type Fault, shown } from '../../functions/domain/base/fault';
import { nearest } from '../../functions/domain/base/nearest-name';
import type { FileRow } from '../adopt/mapping-file';
import type { KnownAccounts } from './known-accounts';
import type { LeftOut, ReadSource, SourceAccount } from './source-account';

export interface LandingZoneRule {
  /** `*`: every unit that no other rule names. */
  readonly unit: string;
  readonly landingZone: string;
}

/** Where the identifier of a workspace or project comes from. */
export type IdentifierSource =
  | { readonly from: 'ou' | 'name' }
  | { readonly from: 'tag' | 'field'; readonly key: string }
  | { readonly from: 'text'; readonly text: string };

export interface MappingRules {
  readonly landingZones: readonly LandingZoneRule[];
  /** Units, names or e-mails. */
  readonly leaveOut: readonly string[];
  readonly workspace: IdentifierSource;
  readonly project: IdentifierSource;
}

export interface Mapped {
  readonly rows: readonly Omit<FileRow, 'line'>[];
  readonly leftOut: readonly LeftOut[];
}

/** The rows of a mapping, or everything that is wrong at once. */
export function mappedRows(source: ReadSource, known: KnownAccounts, rules: MappingRules): Checked<Mapped> {
  const { accounts } = source;
  const wanted = accounts.filter((account) => !rules.leaveOut.some((word) => isMeant(account, word)));
  const faults: Fault[] = [...source.faults, ...uselessWords(accounts, rules), ...unitsWithoutZone(wanted, rules)];
  const leftOut: LeftOut[] = [
    ...source.leftOut,
    ...accounts.filter((one) => !wanted.includes(one)).map(({ at, name }) => ({ at, name, why: 'you said so' })),
  ];
  const seen = new Map<string, string>();
  const rows: Mapped['rows'][number][] = [];
  for (const account of wanted) {
    const found = known.find(account);
    if (!found.ok) {
      faults.push(...found.faults);
      continue;
    }
    if (found.value.closed !== null) {
      leftOut.push({ at: account.at, name: account.name, why: found.value.closed });
      continue;
    }
    const { workspace, project } = namesOf(account, rules, faults);
    const row = { accountId: found.value.id, workspace, project, landingZone: zoneOf(account, rules) ?? '' };
    faults.push(...doubles(seen, account, row));
    rows.push({ ...row, ...contactOf(account), ...tagsOf(account) });
  }
  return checked({ rows, leftOut }, faults);
}

const contactOf = ({ contactEmail }: SourceAccount): Pick<FileRow, 'contactEmail'> =>
  contactEmail === null ? {} : { contactEmail };

const tagsOf = ({ tags }: SourceAccount): Pick<FileRow, 'tags'> => (Object.keys(tags).length === 0 ? {} : { tags });

/** Without the slashes that paths of units begin and end with. */
const bare = (unit: string): string => unit.replaceAll(/^\/+|\/+$/gu, '');

const unitsOf = ({ unit, unitAliases }: SourceAccount): readonly string[] => [...unitAliases, unit].map(bare);

const isMeant = (account: SourceAccount, word: string): boolean =>
  unitsOf(account).includes(bare(word)) || word === account.name || word.toLowerCase() === account.email.toLowerCase();

const REST = '*';

/** A rule that names this very unit comes before one that names all of its name, and that before the rest. */
function zoneOf(account: SourceAccount, { landingZones }: MappingRules): string | undefined {
  const ruleOf = (unit: string): LandingZoneRule | undefined => landingZones.find((rule) => bare(rule.unit) === unit);
  return [...unitsOf(account), REST].map(ruleOf).find((rule) => rule !== undefined)?.landingZone;
}

/** A word that means nothing is a misspelt one. */
function uselessWords(accounts: readonly SourceAccount[], { landingZones, leaveOut }: MappingRules): readonly Fault[] {
  const units = [...new Set(accounts.flatMap(unitsOf))];
  const unknown = (option: string, word: string, known: readonly string[]): Fault => {
    const meant = nearest(bare(word), known);
    const hint = meant === undefined ? `There are ${known.map(shown).join(', ') || 'none'}.` : `Did you mean ${meant}?`;
    return { field: option, message: `is ${shown(word)}, which no account has. ${hint}` };
  };
  const rules = landingZones.filter(({ unit }) => unit !== REST && !units.includes(bare(unit)));
  const words = leaveOut.filter((word) => !accounts.some((account) => isMeant(account, word)));
  const all = [...units, ...accounts.flatMap(({ name, email }) => [name, email])];
  return [
    ...rules.map(({ unit }) => unknown('--landing-zone', unit, units)),
    ...words.map((word) => unknown('--leave-out', word, all)),
  ];
}

function unitsWithoutZone(accounts: readonly SourceAccount[], rules: MappingRules): readonly Fault[] {
  const without = accounts.filter((account) => zoneOf(account, rules) === undefined);
  return [...Map.groupBy(without, ({ unit }) => unit)].map(([unit, [first, ...others]]) => ({
    field: `${first?.at ?? ''}, unit`,
    message:
      `is ${shown(unit)}${others.length === 0 ? '' : `, as in ${others.length} more`}; it has no landing zone. ` +
      `Add --landing-zone '${bare(unit)}=LANDING_ZONE', or --leave-out '${bare(unit)}'.`,
  }));
}

function namesOf(
  account: SourceAccount,
  { workspace, project }: MappingRules,
  faults: Fault[],
): { readonly workspace: string; readonly project: string } {
  const identifier = (field: string, source: IdentifierSource): string => {
    const text = textOf(account, source);
    const made = identifierOf(text ?? '');
    if (text === undefined || made === '') faults.push(nameless(account, field, source, text));
    return made;
  };
  return { workspace: identifier('workspace', workspace), project: identifier('project', project) };
}

function textOf({ name, unit, tags, fields }: SourceAccount, source: IdentifierSource): string | undefined {
  switch (source.from) {
    case 'ou':
      return bare(unit);
    case 'name':
      return name;
    case 'tag':
      return tags[source.key];
    case 'field':
      return fields[source.key];
    case 'text':
      return source.text;
  }
}

function nameless(account: SourceAccount, field: string, source: IdentifierSource, text: string | undefined): Fault {
  if (text !== undefined || (source.from !== 'tag' && source.from !== 'field')) {
    const message = `would be made of ${shown(text)}, which has no letter or digit. Choose another source by --${field}.`;
    return { field: `${account.at}, ${field}`, message };
  }
  const known = Object.keys(source.from === 'tag' ? account.tags : account.fields);
  const meant = nearest(source.key, known);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  const message = `comes from the ${source.from} ${shown(source.key)}, which ${shown(account.name)} does not have.${hint} Add it, or choose another source by --${field}.`;
  return { field: `${account.at}, ${field}`, message };
}

/** Lower-case letters, digits and single hyphens: what projects may be called. */
const identifierOf = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');

function doubles(
  seen: Map<string, string>,
  { at }: SourceAccount,
  { accountId, workspace, project }: Mapped['rows'][number],
): readonly Fault[] {
  const faultOf = (key: string, field: string, remedy: string): readonly Fault[] => {
    const earlier = seen.get(key);
    if (earlier === undefined) seen.set(key, at);
    return earlier === undefined
      ? []
      : [{ field: `${at}, ${field}`, message: `is ${shown(key)}, as in ${earlier}. ${remedy}` }];
  };
  return [
    ...faultOf(accountId, 'account', 'An account becomes one tenant: take one of the two out.'),
    ...(workspace === '' || project === ''
      ? []
      : faultOf(
          `${workspace}.${project}`,
          'project',
          'A project has one account: choose other sources by --workspace or --project.',
        )),
  ];
}
