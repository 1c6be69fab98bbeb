import { codeIn, rowsOf } from './pages';

export interface UnusedPermission {
  /** A role, or a step whose session it is. */
  readonly holder: string;
  readonly action: string;
  /** Not by the demonstration, but by another story that the tests play. */
  readonly isUsedElsewhere: boolean;
  /** The demonstration uses it or not, as it happens: how old a role is when it is needed depends on the machine. */
  readonly isByChance: boolean;
}

/** The table of docs/iam.md that says what is granted and not used by the demonstration. */
export const unusedPermissions = (): readonly UnusedPermission[] =>
  rowsOf('docs/iam.md', 'granted to').flatMap(([holders = '', actions = '', why = '', used = '']) =>
    codeIn(holders).flatMap((holder) =>
      codeIn(actions).map((action) => ({
        ...{ holder, action },
        isUsedElsewhere: used !== '-',
        isByChance: why.startsWith('as it happens'),
      })),
    ),
  );
