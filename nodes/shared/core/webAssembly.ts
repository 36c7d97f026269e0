import { problem } from './problem';

/** The part of JavaScript's WebAssembly that is used; Node's types do not tell of it. */
declare const WebAssembly: {
	Module: new (bytes: Uint8Array) => object;
	Memory: new (size: { initial: number }) => ProgramMemory;
	Instance: new (module: object, imports: { env: { memory: ProgramMemory } }) => { exports: unknown };
};

/** Memory of a program. When it grows, views of its buffer become empty. */
export interface ProgramMemory {
	readonly buffer: ArrayBuffer;
	/** @param pages how many more of {@link MEMORY_PAGE} bytes */
	grow(pages: number): number;
}

/** Memory is given in pieces of so many bytes. */
export const MEMORY_PAGE = 65_536;

const compiled = new Map<string, object>();

/**
 * Starts a WebAssembly program in memory of its own.
 * @param source one of the programs that `npm run build:wasm` makes, in base64
 * @param bytes least size of the memory
 * @throws Problem `configuration` where the system gives no address space: V8 sets 10 GB aside for each memory, without using it
 */
export function startProgram<Program>(
	source: string,
	bytes: number,
): { program: Program; memory: ProgramMemory } {
	let module = compiled.get(source);
	if (!module) compiled.set(source, (module = new WebAssembly.Module(Buffer.from(source, 'base64'))));
	const memory = newMemory(bytes);
	return {
		program: new WebAssembly.Instance(module, { env: { memory } }).exports as Program,
		memory,
	};
}

function newMemory(bytes: number): ProgramMemory {
	try {
		return new WebAssembly.Memory({ initial: Math.ceil(bytes / MEMORY_PAGE) });
	} catch (cause) {
		throw problem.configuration(
			'The system gives n8n no address space to read data in.',
			'Remove the limit of virtual memory (ulimit -v) from the process of n8n: addresses are set aside, memory is hardly used.',
			{ cause: String(cause).slice(0, 200) },
		);
	}
}
