import { readdirSync } from 'node:fs';
import { examplesFolder } from '../demo/exampleFile';
import { outputItems } from '../host/rest';
import { completed, plant } from '../node/plantedIngestion';
import { testApprovalExample } from './approvalExample';
import { startFirstImport, testChangesExample } from './changesExample';
import { testDeletionExample } from './deletionExample';
import { canAnswerGraphSteps, setExampleBench, type ExampleBench } from './exampleBench';
import { employees, testOrganizationalDataExamples } from './organizationalDataExamples';
import { testOwnPackageExample } from './ownPackageExample';
import { testPurviewExamples } from './purviewExamples';
import { testSharePointExample } from './sharePointExample';

/** Examples that another suite of this folder runs, or that this n8n cannot run against a stand-in. */
const elsewhere = [
	'workday-to-viva',
	...(canAnswerGraphSteps ? [] : ['leavers-by-email-to-purview', 'file-arrives-to-purview']),
];

// Only what stands outside is replaced: addresses, credentials, ids; and waits are shorter. The schedule is pressed by hand.
describe('the examples in a real n8n', () => {
	let running: ExampleBench | undefined;
	let follower: { execution: string; ingestionId: string };
	let firstImport: string;
	const bench = (): ExampleBench => {
		if (!running) throw new Error('n8n was not started; see the first error of this run.');
		return running;
	};

	beforeAll(async () => {
		running = await setExampleBench(employees);
		// These two sleep for 75 seconds, while the others run.
		firstImport = await startFirstImport(running);
		const ingestionId = plant(running.emulator, completed(30_000));
		follower = { ingestionId, execution: await startFollower(running, ingestionId) };
	});
	beforeEach(() => {
		if (running) running.mail.mails.length = 0;
	});
	afterAll(async () => await running?.close());

	testSharePointExample(bench);
	testApprovalExample(bench);
	testOwnPackageExample(bench);
	testOrganizationalDataExamples(bench);
	testDeletionExample(bench);
	testPurviewExamples(bench);
	testChangesExample(bench, () => firstImport);

	it('follows an import over a wire, asleep in the database in between', async () => {
		const execution = await bench().editor.waitForEnd(follower.execution);
		expect(execution.error?.message).toBeUndefined();
		expect(outputItems(execution, 'Import is done')).toMatchObject([
			{ json: { ingestionId: follower.ingestionId, status: 'Completed' } },
		]);
	});

	it('leaves no example out', () => {
		const all = readdirSync(examplesFolder).map((file) => file.replace(/\.json$/, ''));
		expect([...bench().started, ...elsewhere].sort()).toEqual(all.sort());
	});
});

async function startFollower({ start, viva }: ExampleBench, ingestionId: string): Promise<string> {
	const assignments = Object.entries({ ingestionId, destination: 'vivaHr' }).map(([name, value]) => ({
		id: name,
		name,
		type: 'string',
		value,
	}));
	return await start('follow-an-import-with-wire', {
		'Which import': { parameters: { assignments: { assignments } } },
		'Poll Ingestion': { credentials: viva },
	});
}
