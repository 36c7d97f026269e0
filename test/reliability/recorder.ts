import type { Logger } from 'n8n-workflow';
import { inFull } from '../fixtures/canaries';

/** Keeps whatever is said anywhere in this process: n8n's log, the console, both outputs, warnings of Node. */
export interface Recorder {
	/** for the context of a step: takes every level */
	logger: Logger;
	/** everything since the last call */
	take(): string[];
	stop(): void;
}

const CONSOLE = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'] as const;
const LEVELS = ['error', 'warn', 'info', 'debug'] as const;

/** Begins to record. Both outputs stay silent meanwhile. */
export function startRecorder(): Recorder {
	let said: string[] = [];
	const say = (...parts: unknown[]): void => void said.push(parts.map((part) => inFull(part)).join(' '));

	const undo: Array<() => void> = [];
	for (const name of CONSOLE) {
		const spy = jest.spyOn(console, name).mockImplementation(say);
		undo.push(() => spy.mockRestore());
	}
	for (const output of [process.stdout, process.stderr]) {
		const spy = jest.spyOn(output, 'write').mockImplementation((text: unknown) => {
			said.push(Buffer.isBuffer(text) ? text.toString('utf8') : String(text));
			return true;
		});
		undo.push(() => spy.mockRestore());
	}
	process.on('warning', say);
	undo.push(() => process.off('warning', say));

	const logger = Object.fromEntries(LEVELS.map((level) => [level, say])) as unknown as Logger;
	return {
		logger,
		take() {
			const taken = said;
			said = [];
			return taken;
		},
		stop: () => undo.forEach((restore) => restore()),
	};
}
