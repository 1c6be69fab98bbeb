import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  evidenceFault,
  evidenceLines,
  evidenceParts,
  type EvidenceParts,
  recordingFault,
  sourceFiles,
} from './evidence-lines';
import { type Branch, branchesIn, helpersIn } from './branches';
import { projectRoot } from '../environment';
import { embeddedDifferences } from '../recordings/differences';
import { type Recording, sourceOf } from '../recordings/recording';
import { stepFunctionsRecordings } from '../recordings/step-functions';

/** Where the model of AWS stands: what it answers is a belief about AWS. */
const MODEL = ['sandbox/organization', 'sandbox/runtime', 'sandbox/simulation'];

export const CLASSES = ['recorded', 'example', 'documented', 'reported', 'assumed'] as const;

type Counts = Readonly<Record<(typeof CLASSES)[number], number>>;

/** A behaviour of the model, and how it is known. */
export interface Behaviour extends EvidenceParts {
  /** File and line, from the project's root. */
  readonly place: string;
  readonly service: string;
  readonly plane: Plane;
}

/** The one that the functions run on, with IAM and STS, or the one that they manage. */
export type Plane = 'runtime' | 'organization';

export interface EvidenceCounts {
  readonly behaviours: number;
  readonly classes: Counts;
  readonly planes: Readonly<Record<Plane, Counts>>;
}

/** All that the model believes about AWS, in the order of files and lines, and what it was recorded to do. */
export const behaviours = (): readonly Behaviour[] => [
  ...evidenceLines(projectRoot, MODEL).map((line) => {
    const service = serviceOf(line.place);
    return { place: line.place, service, plane: planeOf(service), ...evidenceParts(line) };
  }),
  ...Object.entries(stepFunctionsRecordings).flatMap(([place, recordings]) =>
    recordings.filter(isPlayed).map((one) => ({ ...OF_RUNTIME, place, source: sourceOf(one), claim: one.shows })),
  ),
];

/** A recording that our own Step Functions plays otherwise is no behaviour of the model. */
const isPlayed = ({ shows }: Recording): boolean => embeddedDifferences.every((one) => !one.shows.includes(shows));

const OF_RUNTIME = { service: 'runtime', plane: 'runtime', kind: 'recorded' } as const;

/** What belongs to no service of its own, by the folder or file below `sandbox/organization`. */
const OTHER_SERVICES: Readonly<Record<string, string>> = {
  authorization: 'iam',
  scim: 'identitystore',
  'caller.ts': 'iam',
  lists: 'lists',
  wire: 'wire',
};

function serviceOf(place: string): string {
  const [, area = '', folder = '', service = ''] = (place.split(':')[0] ?? '').split('/');
  if (area !== 'organization') return area === 'runtime' ? 'runtime' : 'simulation';
  return folder === 'services' && !service.endsWith('.ts') ? service : (OTHER_SERVICES[folder] ?? 'organizations');
}

const RUNTIME: ReadonlySet<string> = new Set(['runtime', 'iam', 'sts', 'lambda', 'wire', 'simulation']);

const planeOf = (service: string): Plane => (RUNTIME.has(service) ? 'runtime' : 'organization');

/** What `npm run evidence -- --json` prints. */
export function evidenceCounts(all: readonly Behaviour[]): EvidenceCounts {
  const of = (plane: Plane): Counts => countsOf(all.filter((one) => one.plane === plane));
  return {
    behaviours: all.length,
    classes: countsOf(all),
    planes: { runtime: of('runtime'), organization: of('organization') },
  };
}

export const countsOf = (some: readonly Behaviour[]): Counts => {
  const count = (kind: string): number => some.filter((one) => one.kind === kind).length;
  return {
    recorded: count('recorded'),
    example: count('example'),
    documented: count('documented'),
    reported: count('reported'),
    assumed: count('assumed'),
  };
};

/** The operations and errors of the model that have no evidence beside them, and lines that are not of the form. */
export function evidenceGaps(): readonly string[] {
  const faults = evidenceLines(projectRoot, BELIEFS).flatMap((line) => {
    const fault = evidenceFault(line);
    return fault === undefined ? [] : [`${line.place} ${fault}`];
  });
  const unnamed = Object.entries(stepFunctionsRecordings).flatMap(([place, recordings]) =>
    recordings.flatMap((one) => {
      const fault = recordingFault(sourceOf(one));
      return fault === undefined ? [] : [`${place} (${one.shows}) ${fault}`];
    }),
  );
  const gaps = modelBranches().filter(({ evidence }) => evidence === undefined);
  const weak = modelBranches().filter((one) => one.isWrite && !isFromAws(one.evidence));
  return [
    ...faults,
    ...unnamed,
    ...gaps.map(({ file, line, keys }) => `${file}:${line} has no evidence of ${keys.join(' ')}`),
    ...weak.map(
      ({ file, line, keys }) => `${file}:${line} writes, and AWS has neither said nor shown ${keys.join(' ')}`,
    ),
  ];
}

/** No write rests on what people say, or on what nobody says. */
const isFromAws = (evidence = ''): boolean => /^(?:recorded|example|documented) /u.test(evidence);

/** Where lines stand: beside the model, and beside the code that acts upon what it believes. */
const BELIEFS = ['sandbox', 'functions', 'infra'];

/** Every operation and every error of the model. */
function modelBranches(): readonly Branch[] {
  const files = sourceFiles(projectRoot, ['sandbox/organization', 'sandbox/runtime/embedded']);
  const texts = files.map((file) => [file, readFileSync(path.join(projectRoot, file), 'utf8')] as const);
  const helpers = new Map(texts.flatMap(([file, text]) => helpersIn(file, text)));
  return texts.flatMap(([file, text]) => branchesIn(file, text, helpers));
}
