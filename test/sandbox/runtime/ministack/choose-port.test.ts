import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { choosePort } from '../../../../sandbox/runtime/ministack/choose-port';
import { startMiniStack } from '../../../../sandbox/runtime/ministack/ministack';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

const listen = async (port = 0): Promise<{ server: Server; port: number }> => {
  const server = createServer().listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
};

describe('choosePort', () => {
  it('gives a port that can be listened on', async () => {
    const { server } = await listen(await choosePort());
    expect(server.listening).toBe(true);
  });

  it('gives the port that was asked for if it is free', async () => {
    const port = await choosePort();
    await expect(choosePort(port)).resolves.toBe(port);
  });

  describe('when another program holds the port', () => {
    it.each([
      ['choosePort', choosePort],
      [
        'startMiniStack',
        (port: number) => startMiniStack({ port, region: 'eu-central-1', waitScale: 1, endpoints: {} }),
      ],
    ])('%s says which port, how to find the program, and what else to do', async (_name, act) => {
      const { port } = await listen();
      await expect(act(port)).rejects.toMatchObject({
        name: 'SandboxError',
        message: `Port ${port} is in use on 127.0.0.1. Stop the program that holds it (\`lsof -i :${port}\` names it), or choose another port.`,
      });
    });
  });
});
