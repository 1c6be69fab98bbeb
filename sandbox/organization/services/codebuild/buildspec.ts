import { parse } from 'yaml';
import * as z from 'zod';

const phase = z.object({ commands: z.array(z.string()).default([]) }).default({ commands: [] });

const buildspec = z.object({
  env: z.object({ 'exported-variables': z.array(z.string()).default([]) }).default({ 'exported-variables': [] }),
  phases: z.object({ install: phase, pre_build: phase, build: phase, post_build: phase }),
});

interface Buildspec {
  readonly script: string;
  readonly exported: readonly string[];
}

/**
 * What a buildspec has run: its phases one after the other in one shell, to the first command that fails.
 *
 * @evidence documented codebuild/latest/userguide/build-spec-ref: version 0.2 runs all commands in the same instance of
 *   the default shell
 * @evidence documented codebuild/latest/APIReference/API_StartBuild: buildspecOverride is a buildspec, or the path of
 *   one in the source
 * @returns null where there is none that can be read
 */
export function readBuildspec(given: string, files: Readonly<Record<string, string>>): Buildspec | null {
  const text = files[given] ?? given;
  const { data } = buildspec.safeParse(yamlIn(text));
  if (data === undefined) return null;
  const { install, pre_build: before, build, post_build: after } = data.phases;
  const commands = [install, before, build, after].flatMap((one) => one.commands);
  return { script: ['set -e', ...commands].join('\n'), exported: data.env['exported-variables'] };
}

function yamlIn(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
