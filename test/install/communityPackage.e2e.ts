import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { purviewHrApi, reportLogin } from '../demo/emulatorCredentials';
import { exampleSteps, importExample, quickImport } from '../demo/example';
import { filledExample } from '../demo/exampleFile';
import { exitOnSignals, setStage, type Stage } from '../demo/stage';
import { demo, demoReport } from '../emulator/emulator';
import { ensureHost, newestHost, oldestHost } from '../host/install';
import { elapsed, toTerminal } from '../host/progress';
import { outputItems, type Execution } from '../host/rest';
import { searchNodes } from './nodeSearch';
import { packTwoVersions } from './publish';
import { startRegistry, type PublishedVersion, type RegistryStandIn } from './registry';

const packageName = 'n8n-nodes-microsoft-hr';
const nodeNames = ['pollIngestion', 'purviewHrSignal', 'vivaHrIngest'].map(
	(name) => `${packageName}.${name}`,
);

/** What n8n tells of a package in its settings. */
interface InstalledPackage {
	packageName: string;
	installedVersion: string;
	installedNodes: Array<{ type: string }>;
	updateAvailable?: string;
	failedLoading?: boolean;
}

const only = process.env.N8N_HR_TEST_VERSION;

// Each n8n in turn, never two at once.
describe.each(only ? [only] : [oldestHost, newestHost])('as a community package in n8n %s', (version) => {
	let folder: string;
	let registry: RegistryStandIn;
	let stage: Stage;
	let versions: [PublishedVersion, PublishedVersion];

	beforeAll(async () => {
		exitOnSignals();
		folder = mkdtempSync(path.join(tmpdir(), 'microsoft-hr-registry-'));
		versions = await packTwoVersions(folder);
		registry = await startRegistry(folder);
		registry.publish(versions[0]);
		stage = await setStage({
			log: toTerminal,
			version,
			withoutPackage: true,
			env: registry.env,
			caPem: registry.caPem,
			emulator: { settings: quickImport },
		});
		const packages = path.join(stage.userFolder, '.n8n', 'nodes');
		mkdirSync(packages, { recursive: true });
		writeFileSync(path.join(packages, '.npmrc'), registry.npmrc);
	});
	beforeEach(() => {
		stage?.emulator.reset();
		stage?.forgetSent();
		stage?.emulator.set(quickImport);
	});
	afterAll(async () => {
		await stage?.close();
		await registry?.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const listed = async () =>
		(await stage.editor.request('GET', '/rest/community-packages')) as InstalledPackage[];
	/** Without the copies that n8n makes for agents. */
	const ourTypes = async () =>
		(await stage.editor.nodeTypes())
			.map(({ name }) => name)
			.filter((name) => name.startsWith(packageName) && !name.endsWith('Tool'))
			.sort();

	it('is installed by its name, in Settings > Community nodes', async () => {
		expect(await ourTypes()).toEqual([]);
		const begun = Date.now();
		const installed = (await stage.editor.request('POST', '/rest/community-packages', {
			name: packageName,
		})) as InstalledPackage;
		toTerminal(`  n8n ${version} installed the package in ${elapsed(Date.now() - begun)}`);
		expect(installed).toMatchObject({ packageName, installedVersion: versions[0].manifest.version });
		expect(installed.installedNodes.map(({ type }) => type).sort()).toEqual(nodeNames);
		expect(await ourTypes()).toEqual(nodeNames);
		// From the stand-in, not from a package of that name elsewhere.
		expect(registry.asked).toContain(
			`GET /${packageName}/-/${packageName}-${versions[0].manifest.version}.tgz`,
		);
	});

	it('tells the editor the outputs before the first run', async () => {
		const wanted = { 'vivaHrIngest/1.1.0/upload': 'ingestionId', 'purviewHrSignal/1.1.0/send': 'rowsSent' };
		for (const [place, field] of Object.entries(wanted)) {
			const answer = await fetch(`${stage.n8n.origin}/schemas/${packageName}.${place}.json`);
			expect([place, answer.status]).toEqual([place, 200]);
			expect((await answer.json()) as object).toMatchObject({ properties: { [field]: {} } });
		}
	});

	it('is found by what people type', async () => {
		const wanted: Record<string, string> = {
			'viva hr': 'vivaHrIngest',
			'viva insights': 'vivaHrIngest',
			'microsoft viva': 'vivaHrIngest',
			'organizational data': 'vivaHrIngest',
			workday: 'vivaHrIngest',
			'human resources': 'vivaHrIngest',
			'people analytics': 'vivaHrIngest',
			headcount: 'vivaHrIngest',
			employee: 'vivaHrIngest',
			'copilot dashboard': 'vivaHrIngest',
			glint: 'vivaHrIngest',
			'import status': 'pollIngestion',
			purview: 'purviewHrSignal',
			'microsoft purview': 'purviewHrSignal',
			'insider risk': 'purviewHrSignal',
			'performance review': 'purviewHrSignal',
			resignation: 'purviewHrSignal',
			leavers: 'purviewHrSignal',
		};
		const found = await searchNodes(
			await ensureHost(version, toTerminal),
			await stage.editor.nodeTypes(),
			Object.keys(wanted),
		);
		for (const [index, [phrase, name]] of Object.entries(wanted).entries()) {
			expect([phrase, found[index][0]]).toEqual([phrase, `${packageName}.${name}`]);
		}
	});

	async function runExample(): Promise<Execution> {
		const { editor, emulator } = stage;
		const id = await importExample(editor, emulator);
		return await editor.waitForEnd(await editor.run(id, exampleSteps.manualTrigger));
	}

	async function runsWell(): Promise<void> {
		const execution = await runExample();
		expect(execution.error?.message).toBeUndefined();
		expect(outputItems(execution, exampleSteps.imported)).toMatchObject([{ json: { status: 'Completed' } }]);
		expect(stage.emulator.ingestions).toMatchObject([{ valid: true, acceptedRows: 2_400, errors: [] }]);
	}

	it('imports into Viva Insights and follows the import to its end', runsWell);

	it('sends signals to Purview', async () => {
		const { editor, emulator } = stage;
		const login = await editor.createCredential('Workday report user', 'httpBasicAuth', reportLogin());
		const purview = await editor.createCredential('Purview HR API', 'purviewHrApi', purviewHrApi(emulator));
		const workflow = filledExample('workday-leavers-to-purview', {
			'Get leavers from Workday': {
				parameters: { url: `${emulator.origin}${demoReport.leaversPath}` },
				credentials: { httpBasicAuth: login },
			},
			'Send to Purview': {
				parameters: { jobId: demo.jobs.resignation },
				credentials: { purviewHrApi: purview },
			},
		});
		const { id } = await editor.createWorkflow(workflow);
		const execution = await editor.waitForEnd(await editor.run(id, 'Run by hand'));
		expect(execution.error?.message).toBeUndefined();
		const [signal] = emulator.signals;
		expect(signal.rowCount).toBeGreaterThan(0);
		expect(signal.recordsSaved).toBe(signal.rowCount);
	});

	it('is updated when a later version is published, and still runs', async () => {
		const [now, later] = versions.map(({ manifest }) => manifest.version);
		const [before] = await listed();
		expect(before.installedVersion).toBe(now);
		expect(before.failedLoading).not.toBe(true);
		registry.publish(versions[1]);
		expect(await listed()).toMatchObject([{ installedVersion: now, updateAvailable: later }]);
		await stage.editor.request('PATCH', '/rest/community-packages', { name: packageName });
		const [entry] = await listed();
		expect(entry.installedVersion).toBe(later);
		expect(entry.failedLoading).not.toBe(true);
		expect(entry.updateAvailable).toBeUndefined();
		expect(await ourTypes()).toEqual(nodeNames);
		await runsWell();
	});

	it('is uninstalled without leaving anything', async () => {
		await stage.editor.request('DELETE', `/rest/community-packages?name=${packageName}`);
		expect(await listed()).toEqual([]);
		expect(await ourTypes()).toEqual([]);
	});
});
