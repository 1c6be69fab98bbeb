import type { ConditionValues } from '../operation';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/**
 * What policies may ask of tags that come with a request.
 *
 * @evidence documented "Service Authorization Reference, AWS Organizations": CreateAccount and TagResource have
 *   aws:RequestTag and aws:TagKeys
 */
export const requestTags = (tags: readonly Tag[]): ConditionValues => ({
  ...tagKeys(tags.map(({ Key }) => Key)),
  ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
});

/**
 * @evidence documented "Service Authorization Reference, AWS Organizations": UntagResource has aws:TagKeys
 */
export const tagKeys = (keys: readonly string[]): ConditionValues => ({ 'aws:TagKeys': keys });
