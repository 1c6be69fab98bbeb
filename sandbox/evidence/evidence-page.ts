import { withBlock } from '../marked-block';
import { type Difference, embeddedDifferences, miniStackDifferences } from '../recordings/differences';
import { stepFunctionsRecordings } from '../recordings/step-functions';
import { type Behaviour, CLASSES, countsOf } from './known-evidence';

const MARKS = ['<!-- counts by npm run evidence -- --write: begin -->', '<!-- counts: end -->'] as const;

/** `docs/aws-evidence.md` with these behaviours, counted by service and class. */
export const withCounts = (markdown: string, all: readonly Behaviour[]): string =>
  withBlock(
    markdown,
    MARKS,
    [
      `| service | behaviours | ${CLASSES.join(' | ')} |`,
      `|---|${'---:|'.repeat(CLASSES.length + 1)}`,
      ...servicesOf(all).map((service) => row(service, ofService(all, service))),
      row('all', all),
    ].join('\n'),
  );

/** A page of the site: each behaviour of the model with its class and source. */
export function evidenceList(all: readonly Behaviour[]): string {
  const recorded = Object.values(stepFunctionsRecordings).flat().length;
  const asRecorded = recorded - miniStackDifferences.flatMap(({ shows }) => shows).length;
  return `# Every belief about AWS

Generated from the lines \`@evidence\` in [sandbox](sandbox). [What the model of AWS knows](docs/aws-evidence.md)
explains the classes.

## Recordings of Step Functions

LocalStack has recorded what Step Functions does. Our own Step Functions plays these recordings and has to end in the
same events. Where it differs, it is left so:

| recordings | why |
|---:|---|
${reasons(embeddedDifferences)}

MiniStack plays ${asRecorded} of the ${recorded} recordings as they are, but for the names of events, and the others differently:

| recordings | why |
|---:|---|
${reasons(miniStackDifferences)}

${servicesOf(all)
  .map((service) => section(service, ofService(all, service)))
  .join('\n\n')}
`;
}

const servicesOf = (all: readonly Behaviour[]): readonly string[] =>
  [...new Set(all.map(({ service }) => service))].toSorted();

const reasons = (differences: readonly Difference[]): string =>
  differences.map(({ why, shows }) => `| ${shows.length} | ${why} |`).join('\n');

const ofService = (all: readonly Behaviour[], service: string): readonly Behaviour[] =>
  all.filter((one) => one.service === service);

function row(name: string, some: readonly Behaviour[]): string {
  const counts = countsOf(some);
  return `| ${[name, some.length, ...CLASSES.map((kind) => counts[kind])].join(' | ')} |`;
}

const section = (service: string, some: readonly Behaviour[]): string =>
  [`## ${service}`, '', '| class | source | behaviour | code |', '|---|---|---|---|', ...some.map(line)].join('\n');

function line({ kind, source, claim, place }: Behaviour): string {
  const [file = ''] = place.split(':');
  return `| ${kind} | ${escaped(source)} | ${escaped(claim)} | [${file.split('/').at(-1) ?? file}](${file}) |`;
}

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
