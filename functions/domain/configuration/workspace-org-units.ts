import * as z from 'zod';
import { OrganizationalUnitIdSchema } from '../base/aws-names';
import { faultIf, type Fault } from '../base/fault';
import { patternSchema } from '../base/pattern-schema';
import { javaFormat } from '../templates/java-format';
import {
  isTagPlaceholder,
  placeholdersOf,
  problemsOfStringTemplate,
  WORKSPACE_PLACEHOLDERS,
} from '../templates/string-template';

/**
 * Tags are refused as well: two projects of one workspace may have other values of one, and would be in two units.
 */
const problemsOfNamePattern = (pattern: string): readonly string[] => [
  ...placeholdersOf(pattern).flatMap(({ written, name }) =>
    isTagPlaceholder(name)
      ? [`uses ${written}, which projects of one workspace may have differently. Use #{workspaceIdentifier} alone.`]
      : [],
  ),
  ...problemsOfStringTemplate(pattern, WORKSPACE_PLACEHOLDERS),
];

export const WorkspaceOrgUnitsSchema = z
  .strictObject({
    parentOrgUnitId: OrganizationalUnitIdSchema.describe(
      'The unit, or the root, in which the units of workspaces are made.',
    ),
    namePattern: patternSchema(problemsOfNamePattern).describe(
      'Pattern of their names, in which #{workspaceIdentifier} stands for the workspace; at most 128 characters when rendered.',
    ),
  })
  .describe(
    'An organizational unit for each workspace, made when its first account needs it: for landing zones whose awsTargetOrgUnitId is null.',
  );

/** Two workspaces of one unit would share what is attached to it, such as service control policies. */
export const workspaceOrgUnitsFaults = ({
  workspaceOrgUnits,
  identifierLimits: { workspaceIdentifier: longest },
}: {
  readonly workspaceOrgUnits?: z.infer<typeof WorkspaceOrgUnitsSchema> | undefined;
  readonly identifierLimits: { readonly workspaceIdentifier: number };
}): readonly Fault[] =>
  workspaceOrgUnits === undefined
    ? []
    : faultIf(
        !tellsWorkspacesApart(workspaceOrgUnits.namePattern, longest),
        'workspaceOrgUnits.namePattern',
        workspaceOrgUnits.namePattern,
        `does not have #{workspaceIdentifier} whole, so that two workspaces could get one unit. Use it without a format, or with one that keeps all ${longest} characters.`,
      );

/** Whether some placeholder keeps every character of the longest identifier there may be. */
const tellsWorkspacesApart = (pattern: string, longest: number): boolean =>
  placeholdersOf(pattern).some(({ format }) => javaFormat(format, 'x'.repeat(longest)).includes('x'.repeat(longest)));
