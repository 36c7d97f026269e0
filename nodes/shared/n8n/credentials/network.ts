import { createTokenSource } from '../../entra/token';
import { createSend } from '../../http/transport/send';

const connections = createSend();

/** Sends requests; the same for all executions of this process, so that connections are kept. */
export const { send, sendForStream } = connections;

/** Gives tokens; the same for all executions of this process, so that each token is asked for once. */
export const tokens = createTokenSource({ send });
