import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../../../nodes/shared/core/problem';
import {
	sentWithLocks,
	type acquireLock,
	type Lock,
	type LockRequest,
} from '../../../nodes/shared/storage/lock';
import { hashParts } from '../../../nodes/shared/storage/noteFiles';
import { ownIdentity, type ProcessIdentity } from '../../../nodes/shared/storage/processIdentity';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Taking = (request: LockRequest) => Promise<Lock>;

/** A process of its own, as far as the code can tell: it knows nothing of the locks of the others. */
function anotherProcess(): Taking {
	let take: typeof acquireLock | undefined;
	jest.isolateModules(() => {
		take = jest.requireActual<{ acquireLock: typeof acquireLock }>(
			'../../../nodes/shared/storage/lock',
		).acquireLock;
	});
	if (!take) throw new Error('not loaded');
	const acquire = take;
	return async (asked) => {
		const outcome = await acquire(asked);
		if (outcome.kind === 'acquired') return outcome.lock;
		throw new Error(outcome.kind);
	};
}

const keyOf = (content: string): string => hashParts(['https://x.example', content]);

const request = (more: Partial<LockRequest> = {}): LockRequest => ({
	folder,
	key: keyOf('abc'),
	timing: { beatMs: 20, leaseMs: 400 },
	...more,
});

/** Another machine: whether its processes live cannot be told from here. */
const elsewhere = (number = 1): ProcessIdentity => ({ place: `boot ${number}`, pid: 1, began: '1' });

/** A process of this machine that lives until it is killed, or its input ends with this process. */
async function neighbour(): Promise<{ identity: ProcessIdentity; kill(): Promise<void> }> {
	const child = spawn('cat');
	const own = await ownIdentity();
	const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
	const began = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
	return {
		identity: { ...own!, pid: child.pid!, began },
		async kill() {
			const gone = new Promise((resolve) => child.once('exit', resolve));
			child.kill('SIGKILL');
			await gone;
		},
	};
}

/** Never gives a sign of life, and never gives up waiting for one. */
const silent = { beatMs: 3_600_000, leaseMs: 3_600_000 };

async function refusal(taking: Promise<unknown>): Promise<Problem> {
	return await taking.then(
		() => Promise.reject(new Error('the lock was granted')),
		(error: Problem) => error,
	);
}

const busy = /^heldByAnother$/;
const files = () => readdirSync(folder).filter((name) => name.startsWith('lock-'));
const later = async () => await new Promise((resolve) => setTimeout(resolve, 5));

it('is held by one execution of a process at a time', async () => {
	const take = anotherProcess();
	const first = await take(request());
	expect((await refusal(take(request()))).message).toMatch(busy);
	await first.assertHeld();
	await first.release(false);
	const second = await take(request());
	await second.assertHeld();
	await second.release(false);
});

it('is another one for another content', async () => {
	const take = anotherProcess();
	const locks = [await take(request()), await take(request({ key: keyOf('abd') }))];
	expect(files()).toHaveLength(2);
	for (const lock of locks) await lock.release(false);
});

it('what was sent whole since an execution began is not sent by it; one that begins later may', async () => {
	const [one, two] = [anotherProcess(), anotherProcess()];
	const lock = await one(request());
	await later();
	await lock.release(true);
	expect((await refusal(two(request({ sentBefore: [] })))).message).toBe('sentMeanwhile');
	await later();
	await (await two(request({ sentBefore: await sentWithLocks(folder) }))).release(false);
});

it('what was not sent whole is free for those who waited', async () => {
	await (await anotherProcess()(request())).release(false);
	await (await anotherProcess()(request())).release(false);
});

it('holds no value and nothing of the job in readable form', async () => {
	const lock = await anotherProcess()(request());
	const [name] = files();
	expect(Object.keys(JSON.parse(readFileSync(join(folder, name), 'utf8'))).sort()).toEqual(
		expect.arrayContaining(['beat', 'token']),
	);
	expect(name).toMatch(/^lock-[0-9a-f]{40}-1\.json$/);
	await lock.release(false);
});

it('never changes the length of its file, so that a reader gets whole records', async () => {
	const sizes = () => readdirSync(folder).map((name) => statSync(join(folder, name)).size);
	const lock = await anotherProcess()(request({ timing: { beatMs: 1, leaseMs: 400 } }));
	const [size] = sizes();
	let beat = 0;
	while (beat < 10) {
		await new Promise((resolve) => setTimeout(resolve, 1));
		const [name] = readdirSync(folder);
		({ beat } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { beat: number });
	}
	expect(sizes()).toEqual([size]);
	await lock.release(true);
	expect(sizes()).toEqual([size]);
});

it('can be given back although its file is gone', async () => {
	const lock = await anotherProcess()(request());
	rmSync(folder, { recursive: true });
	await lock.release(true);
});

describe('between processes of one machine', () => {
	const onLinux = process.platform === 'linux' ? it : it.skip;

	onLinux('a living process never loses it, even without a sign of life; a killed one at once', async () => {
		const { identity, kill } = await neighbour();
		await anotherProcess()(request({ identity, timing: silent }));
		const impatient = { timing: { beatMs: 1, leaseMs: 2 } };
		expect((await refusal(anotherProcess()(request(impatient)))).message).toMatch(busy);
		await kill();
		await (await anotherProcess()(request({ timing: silent }))).release(false);
	});

	onLinux('a later process with the same id is not taken for the holder', async () => {
		const own = await ownIdentity();
		await anotherProcess()(request({ identity: { ...own!, began: '1' } }));
		await (await anotherProcess()(request())).release(false);
	});

	onLinux('what the own process does not know of is free', async () => {
		await anotherProcess()(request());
		// The same id and beginning, but a memory that holds no lock: it could not be given back.
		await (await anotherProcess()(request())).release(false);
	});
});

describe('between machines', () => {
	it('who gives signs of life keeps it', async () => {
		const lock = await anotherProcess()(request({ identity: elsewhere() }));
		expect((await refusal(anotherProcess()(request()))).message).toMatch(busy);
		await lock.assertHeld();
		await lock.release(false);
	});

	it('who gives none loses it after the lease, learns it, and does not disturb the next one', async () => {
		const first = await anotherProcess()(request({ identity: elsewhere(), timing: silent }));
		const begun = Date.now();
		const second = await anotherProcess()(request());
		expect(Date.now() - begun).toBeGreaterThanOrEqual(350);
		const { kind, message } = await refusal(first.assertHeld());
		expect([kind, message]).toEqual(['timeLimit', expect.stringMatching(/has taken over/)]);
		await first.release(true);
		await second.assertHeld();
		expect(files()).toHaveLength(1);
		await second.release(false);
	});

	it('a note that was cut counts as one without a sign of life', async () => {
		await (await anotherProcess()(request())).release(false);
		writeFileSync(join(folder, files()[0]), '{"tok');
		await (await anotherProcess()(request())).release(false);
	});

	it('is told at once when it was given back while one watched', async () => {
		const lock = await anotherProcess()(request({ identity: elsewhere(), timing: silent }));
		const waiting = anotherProcess()(request({ timing: { beatMs: 20, leaseMs: 3_600_000 } }));
		await new Promise((resolve) => setTimeout(resolve, 60));
		await lock.release(false);
		await (await waiting).release(false);
	});

	it('a cancelled execution does not go on watching', async () => {
		await anotherProcess()(request({ identity: elsewhere(), timing: silent }));
		const stop = new AbortController();
		const waiting = refusal(anotherProcess()(request({ timing: silent, signal: stop.signal })));
		await new Promise((resolve) => setTimeout(resolve, 30));
		stop.abort();
		expect((await waiting).kind).toBe('cancelled');
	});
});

it('of a crowd after a dead holder, exactly one gets it, every time', async () => {
	const dead = anotherProcess();
	const processes = Array.from({ length: 8 }, anotherProcess);
	for (let round = 0; round < 5; round++) {
		const key = keyOf(`round ${round}`);
		const timing = { beatMs: 20, leaseMs: 200 };
		await dead(request({ sentBefore: [], key, identity: elsewhere(999), timing: silent }));
		const crowd = processes.map((take, number) =>
			take(request({ key, sentBefore: [], identity: elsewhere(number), timing })),
		);
		const outcomes = await Promise.allSettled(crowd);
		const granted = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
		expect(granted).toHaveLength(1);
		await granted[0].assertHeld();
		await granted[0].release(true);
	}
});
