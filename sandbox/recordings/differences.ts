/** Where an interpreter does otherwise than AWS was recorded, and why that is left as it is. */
export interface Difference {
  readonly why: string;
  /** Of which recordings it is true, by what they show; each of them has to differ. */
  readonly shows: readonly string[];
}

const WITHOUT_A_LIST = [
  '$.items[*]',
  '$.items[1:]',
  '$.items[:1]',
  '$.item.items[*]',
  '$.items[*].itemValue',
  '$.item.items[1:5].itemValue',
];

/** Of the embedded form, whose interpreter is aws-local-stepfunctions. No state of our workflows meets one of these. */
export const embeddedDifferences: readonly Difference[] = [
  {
    why: 'Its paths have to lead to a value. Our definitions have no path with a wildcard or a slice.',
    shows: WITHOUT_A_LIST.map((path) => `${path} of an input without such a list is an empty one`),
  },
  {
    why: 'It takes a path alone for CausePath, and no function. Our definitions have no Fail.',
    shows: ['CausePath takes a function of the language'],
  },
  {
    why: 'It waits until any time. Our states wait by SecondsPath, for less than a day.',
    shows: ['Wait by TimestampPath fails with States.Runtime where the time is too far away'],
  },
];
