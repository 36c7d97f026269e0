import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator, type Emulator, type EmulatorOptions } from '../emulator/emulator';
import { ensureHost, newestHost, type Host } from '../host/install';
import { startN8n, type RunningN8n } from '../host/n8n';
import { installPackage, packPackage } from '../host/pack';
import { withProgress, type Log } from '../host/progress';
import { newOwner, signIn, type Editor } from '../host/rest';

/** An emulator, and a user folder of n8n with this package in it; no n8n runs yet. */
export interface EmptyStage {
	/** private folder that goes when the stage is closed */
	folder: string;
	host: Host;
	/** n8n's user folder, with this package installed as a user does it */
	userFolder: string;
	emulator: Emulator;
	/** Removes the notes that the steps keep of what they sent: the emulator that is reset knows nothing of it either. */
	forgetSent(): void;
	/** Ends the emulator and removes the folder. */
	close(): Promise<void>;
}

/** A real n8n with this package installed in it, beside an emulator that it trusts. */
export interface Stage extends EmptyStage {
	n8n: RunningN8n;
	editor: Editor;
	/** Ends everything and removes the folder. */
	close(): Promise<void>;
}

/** How to set the stage. */
export interface StageOptions {
	log: Log;
	/** n8n's version; the newest supported one unless given */
	version?: string;
	/** only these node types are loaded; all when left out */
	nodesInclude?: string[];
	/** further environment variables for n8n; those that depend on the emulator are asked for when it runs */
	env?: Record<string, string> | ((stage: EmptyStage) => Promise<Record<string, string>>);
	/** authorities (PEM) that n8n trusts beside the emulator's */
	caPem?: string;
	/** the package is not there yet, to be installed by hand; otherwise it is */
	withoutPackage?: boolean;
	emulator?: EmulatorOptions;
}

const folderPrefix = 'microsoft-hr-stage-';

/**
 * Installs what is missing, builds and packs this package, and starts everything.
 *
 * Nothing outlives this process: what runs is ended and the folder removed on exit, on errors and on signals;
 * the folder of a run that was killed is removed by the next one.
 *
 * @throws Error when something cannot be installed or started; nothing is left running then
 */
export async function setStage(options: StageOptions): Promise<Stage> {
	const { log, nodesInclude } = options;
	const empty = await setEmptyStage(options);
	const { emulator, host, userFolder } = empty;
	let n8n: RunningN8n | undefined;
	const close = async (): Promise<void> => {
		await n8n?.stop();
		await empty.close();
	};
	try {
		const env = typeof options.env === 'function' ? await options.env(empty) : options.env;
		const caPem = [emulator.caPem(), options.caPem ?? ''].join('\n');
		n8n = await withProgress(
			log,
			`Starting n8n ${host.version}`,
			async () => await startN8n({ host, userFolder, caPem, env, nodesInclude }),
			{ expected: '10 to 30 seconds' },
		);
		const editor = await signIn(n8n, newOwner());
		return { ...empty, n8n, editor, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/**
 * Does all of {@link setStage} but starting n8n.
 *
 * @throws Error when something cannot be installed or started; nothing is left running then
 */
export async function setEmptyStage(
	options: Pick<StageOptions, 'log' | 'version' | 'emulator' | 'withoutPackage'>,
): Promise<EmptyStage> {
	const { log } = options;
	const folder = makeStageFolder();
	let emulator: Emulator | undefined;
	const close = async (): Promise<void> => {
		await emulator?.close();
		folder.remove();
	};
	try {
		const host = await ensureHost(options.version ?? newestHost, log);
		const userFolder = path.join(folder.path, 'n8n');
		if (!options.withoutPackage) {
			const tarball = await withProgress(
				log,
				'Building and packing this package',
				async () => await packPackage(folder.path),
			);
			await withProgress(
				log,
				`Installing ${path.basename(tarball)} into n8n ${host.version}, as a user does`,
				async () => await installPackage(host, userFolder, tarball),
			);
		}
		emulator = await startEmulator(options.emulator);
		log(`Emulator of Microsoft's services: ${emulator.origin}`);
		return {
			folder: folder.path,
			host,
			userFolder,
			emulator,
			forgetSent: () => removeNotes(userFolder),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

function removeNotes(userFolder: string): void {
	const storage = path.join(userFolder, '.n8n', 'storage');
	for (const name of existsSync(storage) ? readdirSync(storage) : []) {
		if (name.startsWith('n8n-nodes-microsoft-hr.')) rmSync(path.join(storage, name), { recursive: true });
	}
}

/** A private folder that goes with this process; folders of runs that were killed are removed first. */
export function makeStageFolder(): { path: string; remove(): void } {
	sweepFoldersOfKilledRuns();
	const folder = mkdtempSync(path.join(tmpdir(), `${folderPrefix}${process.pid}-`));
	const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	process.once('exit', removeFolder);
	return {
		path: folder,
		remove() {
			removeFolder();
			process.removeListener('exit', removeFolder);
		},
	};
}

/** Lets signals end this process in the way that runs its exit handlers. */
export function exitOnSignals(): void {
	const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
	for (const [signal, code] of Object.entries(codes)) process.once(signal, () => process.exit(code));
}

function sweepFoldersOfKilledRuns(): void {
	for (const name of readdirSync(tmpdir())) {
		const owner = new RegExp(`^${folderPrefix}(\\d+)-`).exec(name);
		if (owner && !isAlive(Number(owner[1]))) {
			rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
		}
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
