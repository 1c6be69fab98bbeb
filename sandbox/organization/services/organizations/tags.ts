import * as z from 'zod';
import type { OrganizationState } from '../../organization-state';
import { ServiceError } from '../../service-error';
import { type ConditionValues, operation, type Operation } from '../operation';
import { resourceArn } from './arns';
import { page, taggableId, tags } from './input-shapes';
import { constraintViolation, invalidInput, refuseInput } from './invalid-input';
import { nextToken, pageOf } from './paging';
import { requestTags, tagKeys } from './tag-conditions';

type Tags = z.infer<typeof tags>;

/**
 * "Tagging AWS Organizations resources": keys of 1 to 128 and values of up to 256 letters, digits, spaces and
 * `_.:/=+-@`; `aws:` is reserved. One wrong tag refuses the whole request.
 */
export function checkTags(state: OrganizationState, present: ReadonlyMap<string, string>, added: Tags): void {
  for (const { Key, Value } of added) {
    checkText(Key, 1, 128);
    checkText(Value, 0, 256);
    if (/^aws:/i.test(Key)) {
      // @evidence documented "botocore organizations.InvalidInputException": INVALID_SYSTEM_TAGS_PARAMETER for a key
      //   that is a system tag
      throw invalidInput('INVALID_SYSTEM_TAGS_PARAMETER');
    }
  }
  if (new Set(added.map(({ Key }) => Key)).size < added.length) {
    // @evidence documented "botocore organizations.InvalidInputException": DUPLICATE_TAG_KEY for a key that comes twice
    throw invalidInput('DUPLICATE_TAG_KEY');
  }
  const keys = new Set([...present.keys(), ...added.map(({ Key }) => Key)]);
  if (keys.size > state.limits.tagsPerResource) {
    // @evidence documented "botocore organizations.ConstraintViolationException": MAX_TAG_LIMIT_EXCEEDED for more tags
    //   than a resource may have
    throw constraintViolation(
      'MAX_TAG_LIMIT_EXCEEDED',
      'You have exceeded the number of tags allowed on this resource.',
    );
  }
}

function checkText(text: string, least: number, most: number): void {
  if (text.length < least) {
    // @evidence documented "botocore organizations.InvalidInputException": MIN_LENGTH_EXCEEDED for text that is shorter
    //   than allowed
    throw invalidInput('MIN_LENGTH_EXCEEDED');
  }
  if (text.length > most) {
    // @evidence documented "botocore organizations.InvalidInputException": MAX_LENGTH_EXCEEDED for text that is longer
    //   than allowed
    throw invalidInput('MAX_LENGTH_EXCEEDED');
  }
  if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text)) {
    // @evidence documented "botocore organizations.InvalidInputException": INVALID_PATTERN for text that does not match
    //   the required pattern
    throw invalidInput('INVALID_PATTERN');
  }
}

function tagsOf(state: OrganizationState, id: string): Map<string, string> {
  const found = id === state.seed.rootId ? state.rootTags : (state.accounts.get(id) ?? state.units.get(id))?.tags;
  if (found === undefined) {
    // @evidence documented "botocore organizations.TagResource": TargetNotFoundException where there is no such root,
    //   OU or account
    throw new ServiceError('TargetNotFoundException', "You specified a target that doesn't exist.");
  }
  return found;
}

const targets = ({ state }: { readonly state: OrganizationState }, input: { readonly ResourceId: string }) => [
  { resource: resourceArn(state.seed, input.ResourceId) },
];

const targetsWith = (...[context, input, conditions]: [...Parameters<typeof targets>, ConditionValues]) =>
  targets(context, input).map((target) => ({ ...target, conditions }));

export const tagOperations: readonly Operation[] = [
  operation(refuseInput, {
    // @evidence documented "botocore organizations.TagResource": TagResource answers nothing
    name: 'TagResource',
    write: true,
    input: z.object({ ResourceId: taggableId, Tags: tags }),
    targets: (context, input) => targetsWith(context, input, requestTags(input.Tags)),
    answer: ({ state }, input) => {
      const present = tagsOf(state, input.ResourceId);
      checkTags(state, present, input.Tags);
      input.Tags.forEach(({ Key, Value }) => present.set(Key, Value));
      return {};
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore organizations.UntagResource": UntagResource answers nothing
    name: 'UntagResource',
    write: true,
    input: z.object({ ResourceId: taggableId, TagKeys: z.array(z.string().min(1).max(128)) }),
    targets: (context, input) => targetsWith(context, input, tagKeys(input.TagKeys)),
    answer: ({ state }, input) => {
      const present = tagsOf(state, input.ResourceId);
      input.TagKeys.forEach((key) => present.delete(key));
      return {};
    },
  }),
  operation(refuseInput, {
    // @evidence documented "botocore organizations.ListTagsForResource": ListTagsForResource answers Tags
    name: 'ListTagsForResource',
    write: false,
    input: z.object({ ResourceId: taggableId, NextToken: page.NextToken }),
    targets,
    answer: ({ state }, input) => {
      const all = [...tagsOf(state, input.ResourceId)].map(([Key, Value]) => ({ Key, Value }));
      // The service gives all 50 possible tags in one page.
      const paged = pageOf(all, { NextToken: input.NextToken, MaxResults: state.limits.tagsPerResource });
      return { Tags: paged.items, ...nextToken(paged) };
    },
  }),
];
