import type { Agent } from 'node:https';
import type { KeptConnection } from '../message';

/**
 * An idle connection is used again within this time only, in milliseconds. Servers that keep connections do so for five seconds or
 * more, so that none is closing when the next request leaves.
 */
const REUSE_WITHIN_MS = 2_000;

/** A connection as the sender uses it. */
export interface Connection extends KeptConnection {
	/**
	 * The agent that holds the connection.
	 * @param owner who sends, and through which proxy: another owner never gets the same connection
	 * @param make makes the agent
	 */
	agentFor(owner: string | object, make: () => Agent): Agent;
	/** a request goes over a connection that an earlier one has used */
	reuse(): void;
	/**
	 * A request has failed. Where it used a connection again, each further request gets one of its own.
	 * @returns whether it used one again
	 */
	distrustReused(): boolean;
	/** an exchange has ended: from now on the connection is idle */
	rest(): void;
}

/**
 * Opens a connection that requests use one after the other, with the first of them. Who opens it closes it.
 * @param now a clock in milliseconds
 */
export function keepConnection(now: () => number = () => performance.now()): KeptConnection {
	const agents = new Map<string | object, Agent>();
	let idleSince = now();
	let reused = false;
	let trusted = true;
	const drop = () => agents.forEach((agent) => agent.destroy());
	const connection: Connection = {
		agentFor(owner, make) {
			// A timer would be late where other work holds the event loop.
			if (!trusted || now() - idleSince > REUSE_WITHIN_MS) drop();
			reused = false;
			const agent = agents.get(owner) ?? make();
			agents.set(owner, agent);
			return agent;
		},
		reuse() {
			reused = true;
		},
		distrustReused() {
			if (reused) trusted = false;
			return reused;
		},
		rest() {
			idleSince = now();
		},
		close: drop,
	};
	return connection;
}
