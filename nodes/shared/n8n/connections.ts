import { createTokenSource } from '../entra/token';
import { createSend } from '../http/send';

/*
 * One sender and one store of tokens for the whole process: connections are kept alive and tokens shared between
 * steps and executions. Tokens are never written anywhere; each worker process asks for its own.
 */
export const { send, sendForStream } = createSend();
export const tokens = createTokenSource({ send });
