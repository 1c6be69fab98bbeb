import { type Command, Option } from 'commander';

import { described } from '../described';
import { acting, type Session } from '../session';
import { wholeNumber } from '../values';

interface Given {
  readonly profile?: string;
  readonly region: string;
  readonly email?: string;
  readonly budgetAccounts?: number;
  readonly readOnly?: boolean;
  readonly folder?: string;
  readonly endpoint?: string;
  readonly yes?: boolean;
}

export function conformanceCommand(session: Session): Command {
  return described('conformance', {
    summary: 'ask AWS itself what the model of AWS believes',
    notes:
      'For the owner of an organization that can be thrown away. Says what it will make and cost, and asks; --read-only changes nothing. Writes a recording ' +
      'without ids, names and addresses, which a pull request can bring, and a report. A run that was interrupted goes on when it is started again.',
    examples: [
      'npx account-vending conformance --profile management --region "$REGION" --read-only',
      `npx account-vending conformance --profile management --region "$REGION" --budget-accounts 3 --email 'aws+{}@example.com'`,
    ],
    exitCodes: { 1: 'AWS differs' },
  })
    .option('--profile <name>', 'a profile of the AWS CLI for the management account')
    .addOption(
      new Option(
        '--region <region>',
        'the home region of Control Tower, and that of IAM Identity Center',
      ).makeOptionMandatory(),
    )
    .option('--email <pattern>', 'the root e-mail addresses of new accounts, with {} behind a plus sign')
    .addOption(
      new Option('--budget-accounts <number>', 'how many accounts may be made (default: 1)').argParser(
        wholeNumber(1, 1000),
      ),
    )
    .option('--read-only', 'change nothing')
    .option('--folder <folder>', 'for the run and its recording (default: conformance-run)')
    .option('--endpoint <url>', 'a model of AWS that stands in for AWS')
    .option('--yes', 'do not ask')
    .action(acting(session, (given: Given) => run(session, given)));
}

async function run({ context }: Session, given: Given): Promise<number> {
  const { region, email, readOnly = false, folder = 'conformance-run', profile, endpoint } = given;
  const { budgetAccounts: budget = 1 } = given;
  const { conformance } = await import('../../operator/conformance/conformance');
  const { awsSubject } = await import('../../conformance/subject');
  const subject = awsSubject({
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    region,
    now: () => context.now().getTime(),
    wait: context.pause,
    isMissing: ({ name }) => name === 'UnknownOperationException',
  });
  const options = { subject, folder, email, budget, readOnly, run: context.now().getTime().toString(36).slice(-5) };
  return conformance({ ...options, confirm: given.yes === true ? () => Promise.resolve(true) : confirmed }, context);
}

async function confirmed(question: string): Promise<boolean> {
  const { asker } = await import('../asker');
  const person = asker();
  if (person === undefined) return false;
  try {
    return /^y(?:es)?$/iu.test(await person.ask(`${question} [y/N]`, ''));
  } finally {
    person.close();
  }
}
