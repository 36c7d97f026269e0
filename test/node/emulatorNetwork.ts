import { createTokenSource } from '../../nodes/shared/entra/token';
import type { Send, SendForStream } from '../../nodes/shared/http/message';
import { createSend } from '../../nodes/shared/http/transport/send';
import type { Emulator } from '../emulator/emulator';

// Stands in place of nodes/shared/n8n/credentials/network, which trusts what Node trusts: the same functions, and they trust an emulator.

let sender = createSend();

/** Call before the first request. */
export function trust(emulator: Emulator): void {
	sender = createSend({ ca: [emulator.caPem()] });
}

export const send: Send = async (request) => await sender.send(request);
export const sendForStream: SendForStream = async (request) => await sender.sendForStream(request);
export const tokens = createTokenSource({ send });
export const networkOf = () => ({ send, sendForStream, tokens });
