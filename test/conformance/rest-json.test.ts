import { restJsonClient } from '../../conformance/rest-json';

describe('a call that nobody answers', () => {
  it('is an error of its own name, so that the case differs and others go on', async () => {
    const credentials = { accessKeyId: '222222222222', secretAccessKey: 'any' };
    const nobody = { region: 'eu-central-1', endpoint: 'http://127.0.0.1:1', credentials, maxAttempts: 1 };
    await expect(restJsonClient(nobody, 'controltower')('ListBaselines', {})).rejects.toMatchObject({
      name: 'NO_ANSWER',
      $metadata: {},
    });
  });
});
