import { asSentence } from '../../operator/error-message';

describe('what was said', () => {
  it.each([
    ['Could not load credentials from any providers', 'Could not load credentials from any providers.'],
    ['The token has expired.', 'The token has expired.'],
    ['Region is missing!', 'Region is missing!'],
  ])('is a sentence, so that the remedy can follow it: %s', (text, sentence) => {
    expect(asSentence(text)).toBe(sentence);
  });
});
