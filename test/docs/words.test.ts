import { handWrittenWords, wordsIn } from './hand-written-words';

/** Lower it with every page that gets shorter; a new page takes the place of other words. */
const MOST_WORDS = 45_000;

describe('the words of the documentation', () => {
  it('are few enough to be read', () => {
    const total = handWrittenWords().reduce((sum, [, words]) => sum + words, 0);

    expect(total).toBeLessThanOrEqual(MOST_WORDS);
    expect(total).toBeGreaterThan(20_000);
  });

  it('are counted without code, lines of tables and generated pages', () => {
    expect(wordsIn('# Two words\n\n| a | b |\n|---|---|\n\n```sh\nnpm run demo\n```\n\n- three more, `words`\n')).toBe(
      7,
    );
    expect(handWrittenWords().map(([page]) => page)).not.toContain('docs/aws-evidence.md');
  });
});
