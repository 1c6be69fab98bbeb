import { durationText } from '../duration-text';
import type { ListedLetter, QueueListing } from './list-dead-letters';

/** The limit for a body; `--json` shows it whole. */
const MAX_CHARACTERS = 160;

/** For each queue a line, and under it what is in it. */
export function deadLetterTable(listings: readonly QueueListing[]): string {
  return listings.flatMap((listing) => [headOf(listing), ...listing.letters.flatMap(linesOf)]).join('\n') + '\n';
}

function headOf({ queue, letters, more, hidden }: QueueListing): string {
  const count = letters.length === 0 ? 'empty' : `${more ? 'at least ' : ''}${letters.length}`;
  return `${queue}: ${count}${hidden === 0 ? '' : `, and about ${hidden} that another command has taken`}`;
}

function linesOf({ id, reason, field, ageSeconds, body }: ListedLetter): readonly string[] {
  return [
    `  ${id}, ${durationText(ageSeconds)} old`,
    `    field:  ${field ?? '-'}`,
    ...reason.split('\n').map((line, index) => `    ${index === 0 ? 'reason: ' : '        '}${line}`),
    `    body:   ${shortened(body)}`,
  ];
}

/** On one line. The cut may have gone through a character. */
function shortened(body: string): string {
  const line = body.replaceAll(/\s+/gu, ' ');
  return line.length <= MAX_CHARACTERS ? line : `${line.slice(0, MAX_CHARACTERS).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
