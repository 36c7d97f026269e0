import { createSend } from '../../../nodes/shared/http/transport/send';
import { Problem } from '../../../nodes/shared/core/problem';

/** Run as a process of its own: asks the address in ASK_URL and prints the status, or why there is none. */
async function askOnce(): Promise<void> {
	const request = {
		step: 'The question',
		method: 'GET',
		url: process.env.ASK_URL ?? '',
		timeoutMs: 3_600_000,
	} as const;
	const outcome = await createSend()
		.send(request)
		.then(
			({ status }) => String(status),
			(error: unknown) => (error instanceof Problem ? String(error.details.networkCode) : 'no problem'),
		);
	process.stdout.write(outcome);
}

void askOnce();
