import openInBrowser from 'open';
import type { CommandDefinition } from '../command.ts';

/** Opens the console in the browser. */
export const open: CommandDefinition = {
  usage: 'open',
  summary: 'open the console in a browser',
  run: async ({ config, connect }) => {
    const { server } = await connect();
    const address = `${server.url}/#token=${server.token}`;
    const isWanted = !['1', 'true'].includes(config.environment['THALOGOS_NO_OPEN'] ?? '');
    if (isWanted) {
      const child = await openInBrowser(address);
      // Without a browser there is nobody to wait for; the address is printed in any case.
      child.on('error', () => undefined);
      child.unref();
    }
    return { json: { url: address, opened: isWanted }, text: `Thalogos is at ${address}` };
  },
};
