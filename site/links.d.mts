/** The anchor of a heading. */
export function slugOf(heading: string): string;
