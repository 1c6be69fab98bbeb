import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import { projectRoot } from '../../sandbox/environment';

/** What oxlint has no rule for: it would have to select by text. */
const FOLDERS = [
  'bench',
  'command',
  'console',
  'functions',
  'infra',
  'operator',
  'packages',
  'sandbox',
  'statemachines',
];

/** What stands behind "such as" is an example for people. */
const REGION =
  /(?<!such as '[^']*)\b(?:us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(?:-gov|-iso[a-z]?|-de)?-(?:north|south|central|northeast|northwest|southeast|southwest|east|west)-\d\b/u;
const ARN = /(?<!such as '[^']*)arn:aws(?:-[a-z-]+)?:/u;

const MAY_NAME_PLACES = [
  'functions/domain/places/partitions.ts',
  // An example for people, who replace it.
  'sandbox/commands/openapi/openapi.ts',
  // Where the local AWS is, and what is planted in it.
  'sandbox/runtime/embedded/embedded-workflow.ts',
  'sandbox/organization/example-place.ts',
  'sandbox/organization/other-organizations.ts',
  'sandbox/runtime/stage/planes.ts',
  'sandbox/runtime/stage/shell-environment.ts',
  'bench/',
  'console/browser/',
];

const READ_ENVIRONMENT = [
  // In the place of a module of the SDK that does, too.
  'functions/aws/base/sdk-parts.ts',
  'functions/runtime/environment.ts',
  'operator/environment.ts',
  'packages/client/src/environment.ts',
  'sandbox/environment.ts',
];

const SOURCE = /\.tsx?$/u;
const LEFT_OUT = /(?:^|\/)(?:node_modules|dist|generated)\/|.\/test\//u;

const filesIn = (folder: string): readonly string[] =>
  readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE.test(entry.name))
    .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)))
    .filter((file) => !LEFT_OUT.test(file));

interface Source {
  readonly file: string;
  readonly text: string;
  readonly literals: readonly string[];
}

function sourceOf(file: string): Source {
  const text = readFileSync(path.join(projectRoot, file), 'utf8');
  const literals: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      literals.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return { file, text, literals };
}

const among = (files: readonly string[], file: string): boolean => files.some((one) => file.startsWith(one));

describe.each(FOLDERS)('the source in %s', (folder) => {
  const sources = filesIn(folder).map(sourceOf);
  const withLiteral = (pattern: RegExp): readonly string[] =>
    sources
      .filter(({ file, literals }) => !among(MAY_NAME_PLACES, file) && literals.some((one) => pattern.test(one)))
      .map(({ file }) => file);

  it('is found', () => {
    expect(sources).not.toEqual([]);
  });

  it('reads environment variables in one place', () => {
    const readers = sources.filter(({ file, text }) => !among(READ_ENVIRONMENT, file) && text.includes('process.env'));
    expect(readers.map(({ file }) => file)).toEqual([]);
  });

  it('names no region: functions/domain/places/partitions.ts does', () => {
    expect(withLiteral(REGION)).toEqual([]);
  });

  it('begins ARNs with the partition at hand', () => {
    // The organization model writes its ARNs in arn.ts, beside documents that AWS writes for its first partition.
    expect(withLiteral(ARN).filter((file) => !file.startsWith('sandbox/'))).toEqual([]);
  });
});

describe.each([...FOLDERS, 'test'])('the comments in %s', (folder) => {
  it('have at most 120 characters a line', () => {
    const long = filesIn(folder).flatMap((file) =>
      readFileSync(path.join(projectRoot, file), 'utf8')
        .split('\n')
        .map((line, index) => ({ line, place: `${file}:${index + 1}` }))
        .filter(({ line }) => /^\s*(?:\/\/|\/?\*)/u.test(line) && line.length > 120 && !/https?:\/\//u.test(line)),
    );
    expect(long.map(({ place }) => place)).toEqual([]);
  });
});
