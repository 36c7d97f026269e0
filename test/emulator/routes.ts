import type { Exchange, Reply } from './exchange';
import type { EmulatorState } from './state';

/** A path of a service. Patterns are matched without case (F18), their groups go to `handle`. */
export interface Route {
	/** name in faults and in the request log */
	service: string;
	method: 'GET' | 'POST';
	pattern: RegExp;
	handle(state: EmulatorState, exchange: Exchange, ...groups: string[]): Promise<Reply>;
}
