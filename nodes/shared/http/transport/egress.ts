import type { LookupFunction } from 'node:net';
import { problem, type Problem } from '../../core/problem';

/** n8n's protection against requests into its own network (SSRF), as its helper `getSecureEgressFilter` gives it. */
export interface EgressFilter {
	/** whether the address may be asked; resolves its name, and fails where that fails */
	validateUrl(url: URL): Promise<{ ok: boolean }>;
	/** resolves names, and fails for a name that leads to a forbidden address */
	createSecureLookup(): LookupFunction;
}

/** Code of an error of {@link secureLookup} that is a verdict, not a fault of the network. */
export const BLOCKED_CODE = 'ERR_EGRESS_BLOCKED';

/**
 * Asks the filter before anything is sent.
 * @throws Problem `configuration` where the filter forbids the address; what resolving its name throws
 */
export async function assertMayReach(filter: EgressFilter, step: string, address: URL): Promise<void> {
	if (!(await filter.validateUrl(address)).ok) throw blockedProblem(step, address.host);
}

/** The filter's way to resolve a name while connecting: the name may lead elsewhere than a moment before. */
export function secureLookup(filter: EgressFilter): LookupFunction {
	const lookup = filter.createSecureLookup();
	return (name, options, done) =>
		lookup(name, options, (error, ...found) =>
			done(error && Object.assign(error, { code: error.code ?? BLOCKED_CODE }), ...found),
		);
}

/** A request that n8n's protection forbids. */
export function blockedProblem(step: string, host: string): Problem {
	return problem.configuration(
		`${step} was not sent: this n8n does not allow requests to ${host}.`,
		"n8n's protection of internal networks (N8N_SSRF_PROTECTION_ENABLED) blocks this host. If the host is right, ask who runs n8n to add it to N8N_SSRF_ALLOWED_HOSTNAMES.",
	);
}
