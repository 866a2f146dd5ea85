import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';

/**
 * The SDK's HTTP transport as the SDK's own interface: its class says `undefined` where the interface says nothing,
 * which `exactOptionalPropertyTypes` refuses.
 */
export function readTransport(transport: object): Transport {
  return transport as Transport;
}
