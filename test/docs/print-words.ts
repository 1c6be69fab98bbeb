import { runMain } from '../../sandbox/commands/run-main';
import { handWrittenWords } from './hand-written-words';

/** `npm run docs:words`: how many words people have written on each page, the longest first. */
runMain(() => {
  const pages = handWrittenWords();
  const total = pages.reduce((sum, [, words]) => sum + words, 0);
  process.stdout.write([...pages, ['in all', total] as const].map(([page, words]) => `${words} ${page}\n`).join(''));
  return Promise.resolve(0);
});
