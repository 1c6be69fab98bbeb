import { createServer } from 'node:net';
import { SandboxError } from './sandbox-error';

const host = '127.0.0.1';

/**
 * The given port if nobody listens on it, or any free one if none is given. Asked by listening on it for an instant:
 * connecting would not see a program that has bound the port and does not answer yet.
 *
 * @throws SandboxError when the given port is taken or may not be bound.
 */
export const choosePort = (port = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(new SandboxError(describe(port, error), { cause: error }));
    });
    server.listen({ port, host }, () => {
      const address = server.address();
      const chosen = address !== null && typeof address === 'object' ? address.port : port;
      server.close(() => {
        resolve(chosen);
      });
    });
  });

const describe = (port: number, { code, message }: NodeJS.ErrnoException): string => {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use on ${host}. Stop the program that holds it (\`lsof -i :${port}\` names it), or choose another port.`;
  }
  if (code === 'EACCES') return `Port ${port} may not be used by this user. Choose one above 1023.`;
  return `Port ${port} cannot be used on ${host}: ${message}. Choose another port.`;
};
