/** Service calls that a fault can strike. */
export type FaultService =
	'discovery' | 'token' | 'scaleUnit' | 'ping' | 'push' | 'poll' | 'errors' | 'signal' | 'report';

/** What goes wrong. `processed: true`: the service does its work first, only the answer is spoilt. */
export type FaultAction =
	/** an answer with this status; `early`: before the body was read, and the connection is closed */
	| {
			kind: 'status';
			status: number;
			reason?: string;
			headers?: Record<string, string>;
			body?: string;
			early?: boolean;
			processed?: boolean;
	  }
	/** the right answer, some milliseconds late on the emulator's clock */
	| { kind: 'delay'; ms: number }
	/** the right answer, its body dripping */
	| { kind: 'slowBody'; bytesPerSecond: number }
	/** the request is read, and nothing is ever answered */
	| { kind: 'hang'; processed?: boolean }
	/** the connection is reset when the headers have arrived */
	| { kind: 'refuse' }
	/** the connection ends when the headers have arrived */
	| { kind: 'cutBeforeBody' }
	/** the connection ends after so many bytes of the body */
	| { kind: 'cutInBody'; afterBytes: number }
	/** the whole body is read, then the connection ends without an answer */
	| { kind: 'cutAfterBody'; processed: boolean }
	/** the answer begins, then the connection ends in the middle of it */
	| { kind: 'cutInAnswer'; processed?: boolean }
	/** 200 with a sign-in page */
	| { kind: 'html200'; processed?: boolean }
	/** 200 with JSON that ends in the middle */
	| { kind: 'brokenJson200'; processed?: boolean }
	/** 200 with an object that lacks its ids */
	| { kind: 'withoutId200'; processed?: boolean }
	/** 302 to a sign-in page */
	| { kind: 'redirect'; location?: string; processed?: boolean };

/** A fault on request. */
export interface Fault {
	service: FaultService;
	/** how many calls it strikes; 1 unless told */
	times?: number;
	/** how many calls it lets pass first; 0 unless told */
	skip?: number;
	/** strikes only calls whose path contains this text, case-blind */
	pathContains?: string;
	action: FaultAction;
}

/** The faults that still wait. */
export interface FaultList {
	add(fault: Fault): void;
	/** the action for a call, counted down; null when nothing strikes */
	take(service: string, path: string): FaultAction | null;
	clear(): void;
	waiting(): Fault[];
}

const services: readonly string[] = [
	'discovery',
	'token',
	'scaleUnit',
	'ping',
	'push',
	'poll',
	'errors',
	'signal',
	'report',
];
const kinds: readonly string[] = [
	'status',
	'delay',
	'slowBody',
	'hang',
	'refuse',
	'cutBeforeBody',
	'cutInBody',
	'cutAfterBody',
	'cutInAnswer',
	'html200',
	'brokenJson200',
	'withoutId200',
	'redirect',
];

/** Makes an empty {@link FaultList}. Faults strike in the order in which they were added. */
export function startFaultList(): FaultList {
	let waiting: Array<Required<Omit<Fault, 'pathContains'>> & Pick<Fault, 'pathContains'>> = [];
	return {
		add(fault) {
			if (!services.includes(fault.service)) throw new Error(`no such service: ${String(fault.service)}`);
			if (!kinds.includes(fault.action?.kind))
				throw new Error(`no such fault: ${String(fault.action?.kind)}`);
			const times = fault.times ?? 1;
			if (!(times >= 1)) throw new Error('times must be 1 or more');
			waiting.push({ ...fault, times, skip: fault.skip ?? 0 });
		},
		take(service, path) {
			for (const fault of waiting) {
				if (fault.service !== service) continue;
				if (
					fault.pathContains !== undefined &&
					!path.toLowerCase().includes(fault.pathContains.toLowerCase())
				) {
					continue;
				}
				if (fault.skip > 0) {
					fault.skip -= 1;
					continue;
				}
				fault.times -= 1;
				if (fault.times <= 0) waiting = waiting.filter((other) => other !== fault);
				return fault.action;
			}
			return null;
		},
		clear() {
			waiting = [];
		},
		waiting: () => waiting.map((fault) => ({ ...fault })),
	};
}
