import { type Command, InvalidArgumentError, Option } from 'commander';

import { nearest } from '../../functions/domain/base/nearest-name';
import type { IdentifierSource, LandingZoneRule } from '../../operator/adoption-mapping/mapped-rows';
import { described } from '../described';
import { acting, type Session } from '../session';
import { usageError } from '../usage-error';
import { jsonOption } from './common';

interface Given {
  readonly fromAft?: readonly string[];
  readonly fromLza?: readonly string[];
  readonly fromAdf?: readonly string[];
  readonly accounts?: string;
  readonly landingZone?: readonly LandingZoneRule[];
  readonly leaveOut?: readonly string[];
  readonly workspace?: IdentifierSource;
  readonly project?: IdentifierSource;
}

const SOURCES = ['ou', 'name', 'tag:KEY', 'field:KEY', 'text:IDENTIFIER'];

export function adoptionMappingCommand(session: Session): Command {
  const command = described('adoption-mapping', {
    summary: 'print the mapping of an adoption from what AFT, LZA or ADF keep about their accounts',
    notes:
      'It reads files alone; `npx account-vending vendings adopt` takes the mapping. A source of an identifier is ou (the unit), name (of the ' +
      'account), tag:KEY, field:KEY (custom fields of AFT) or text:IDENTIFIER.',
    examples: [
      "npx account-vending adoption-mapping --from-aft scan.json --accounts accounts.json --landing-zone '*=aws-dev' > mapping.csv",
    ],
  });
  return command
    .option('--from-aft <file...>', 'a scan of the table aft-request, an export of it to S3, or its items as JSON')
    .option('--from-lza <file...>', 'accounts-config.yaml')
    .option('--from-adf <path...>', 'the folder adf-accounts, or a file of it')
    .option('--accounts <file>', 'the answer of aws organizations list-accounts, which has the ids')
    .addOption(
      new Option('--landing-zone <rule...>', 'UNIT=LANDING_ZONE; UNIT is * for all others').argParser(withRule),
    )
    .option('--leave-out <word...>', 'a unit, a name or an e-mail')
    .addOption(new Option('--workspace <source>', 'where its identifier comes from (default: ou)').argParser(sourceOf))
    .addOption(new Option('--project <source>', 'where its identifier comes from (default: name)').argParser(sourceOf))
    .addOption(jsonOption('print errors as a problem (RFC 9457); the mapping is CSV'))
    .action(
      acting(session, async (given: Given) => {
        const { fromAft: aft = [], fromLza: lza = [], fromAdf: adf = [], accounts, leaveOut = [] } = given;
        if (aft.length + lza.length + adf.length === 0) {
          throw usageError(command, 'There is nothing to read. Add --from-aft, --from-lza or --from-adf.');
        }
        const { adoptionMapping } = await import('../../operator/adoption-mapping/adoption-mapping');
        const { landingZone: landingZones = [], workspace = { from: 'ou' }, project = { from: 'name' } } = given;
        return adoptionMapping(
          { aft, lza, adf, accounts, leaveOut, landingZones, workspace, project },
          session.context,
        );
      }),
    );
}

/** Names of units may have an equals sign, those of landing zones have none. */
function withRule(given: string, before: readonly LandingZoneRule[] = []): readonly LandingZoneRule[] {
  const [, unit, landingZone] = /^(.+)=([^=]+)$/u.exec(given) ?? [];
  if (unit !== undefined && landingZone !== undefined) return [...before, { unit, landingZone }];
  throw new InvalidArgumentError('write UNIT=LANDING_ZONE, as in Sandbox=aws-dev');
}

const KEYED = ['tag', 'field'] as const;

function sourceOf(given: string): IdentifierSource {
  if (given === 'ou' || given === 'name') return { from: given };
  const [word = '', ...rest] = given.split(':');
  const value = rest.join(':');
  const from = KEYED.find((one) => one === word);
  if (value !== '' && from !== undefined) return { from, key: value };
  if (value !== '' && word === 'text') return { from: 'text', text: value };
  const wordOf = (source: string): string => source.split(':')[0] ?? '';
  const meant = nearest(word, SOURCES.map(wordOf));
  const hint = SOURCES.find((source) => wordOf(source) === meant);
  throw new InvalidArgumentError(
    `it may be ${SOURCES.join(', ')}.${hint === undefined ? '' : ` Did you mean ${hint}?`}`,
  );
}
