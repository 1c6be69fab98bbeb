import { Logger } from '@aws-lambda-powertools/logger';

import type { Log } from '../ports/log';

/**
 * The one logger of all functions; Lambda's own fields (request id, cold start) are added by its middleware.
 */
export const logger = new Logger({ serviceName: 'account-vending' });

/**
 * The logger as functions see it.
 */
export const log: Log = {
  info: (sentence, keys) => {
    logger.info(sentence, keys);
  },
  warn: (sentence, keys) => {
    logger.warn(sentence, keys);
  },
  error: (sentence, keys, cause) => {
    logger.error(sentence, cause instanceof Error ? { ...keys, error: cause } : { ...keys, cause: String(cause) });
  },
};
