import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type EvidenceLine, evidenceIn } from './evidence-in-text';

/** Where beliefs about AWS stand: the model, and the code that acts upon them. */
export const evidenceLines = (root: string, folders: readonly string[]): readonly EvidenceLine[] =>
  sourceFiles(root, folders).flatMap((file) =>
    evidenceIn(file, readFileSync(path.join(root, file), 'utf8').split('\n')),
  );

/** The sources below some folders, in order, by their paths from the root. */
export const sourceFiles = (root: string, folders: readonly string[]): readonly string[] =>
  folders
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(folder, file),
      ),
    )
    .filter((file) => file.endsWith('.ts'))
    .toSorted();

/** `@evidence <class> <source>: <claim>`; the source is one word, or stands in quotes. */
const FORM = /^@evidence (recorded|example|documented|reported|assumed) ("[^"]+"|\S+): (\S.+)$/u;

/** What one line says: its class, its source without quotes, and the claim. */
export interface EvidenceParts {
  readonly kind: string;
  readonly source: string;
  readonly claim: string;
}

export function evidenceParts({ text }: Pick<EvidenceLine, 'text'>): EvidenceParts {
  const [, kind = '', source = '', claim = ''] = FORM.exec(text) ?? [];
  return { kind, source: source.replaceAll('"', ''), claim };
}

/**
 * What is wrong with one line, in words; undefined where nothing is. A belief that nobody has a source for says what
 * would decide it.
 */
export function evidenceFault({ text }: Pick<EvidenceLine, 'text'>): string | undefined {
  const [, kind, source = ''] = FORM.exec(text) ?? [];
  if (kind === undefined) return 'is not "@evidence <class> <source>: <claim>"';
  if (kind === 'assumed' && !/\(decided by: .+\)$/u.test(text))
    return 'is assumed and does not say "(decided by: ...)"';
  return kind === 'recorded' ? recordingFault(source.replaceAll('"', '')) : undefined;
}

/**
 * A test of LocalStack, by its file below `tests/aws/services` of github.com/localstack/localstack, or a page; and the
 * day. The day is in the `.snapshot.json` or `.validation.json` beside the file.
 */
const RECORDING = /^(?:localstack (?:\w+\/)+test_\w+ test_\w+(?:\[.*\])?|https:\/\/\S+), 20\d{2}-\d{2}-\d{2}$/u;

export const recordingFault = (source: string): string | undefined =>
  RECORDING.test(source)
    ? undefined
    : 'is recorded and does not say where and when: "localstack iam/test_iam test_role_with_tags, 2025-07-02", or a page';
