import path from 'node:path';
import { DESTINATIONS } from '../../nodes/shared/viva/service/destinations';
import { elapsed, toTerminal, type Log } from '../host/progress';
import { outputItems, type Execution } from '../host/rest';
import { exampleNodeTypes, exampleSteps, importExample, quickImport } from './example';
import { setUpPlayground } from './playground';
import { exitOnSignals, setStage, type Stage } from './stage';

/** How the demo runs. */
export interface DemoOptions {
	/** leave n8n running until Ctrl-C and tell how to sign in */
	keep: boolean;
	log?: Log;
}

/**
 * Shows the whole way once: a Workday-shaped report, read by a real n8n, checked, packed and uploaded to a local Viva
 * Insights, and to a local Organizational Data Service.
 *
 * @throws Error when a step fails or the emulator did not accept every employee
 */
export async function demo({ keep, log = toTerminal }: DemoOptions): Promise<void> {
	const begun = Date.now();
	exitOnSignals();
	const stage = await setStage({
		log,
		nodesInclude: keep ? undefined : exampleNodeTypes,
		emulator: { settings: quickImport },
	});
	try {
		const { editor, emulator, n8n } = stage;
		log('The workflow examples/workflows/workday-to-viva.json with its credentials:');
		const workflowId = await showImport(stage, log, 'asItIs');
		log('');
		log('The same people, with the other destination:');
		const otherId = await showImport(stage, log, 'organizationalData');
		const failingId = await showFailing(stage, log);
		log(`Done in ${elapsed(Date.now() - begun)}.`);
		if (keep) {
			// Or the first click would send nothing: the same people have just been sent.
			stage.forgetSent();
			const { leavers, faulty, report, values } = await setUpPlayground(
				editor,
				emulator,
				path.join(stage.folder, 'playground'),
			);
			log('');
			log(`n8n stays open: ${n8n.origin}`);
			log(`  user      ${editor.owner.email}`);
			log(`  password  ${editor.owner.password}`);
			log('Workflows, each with its credentials:');
			for (const [name, id] of [
				['Workday report to Viva Insights', workflowId],
				['Workday report to Organizational Data', otherId],
				['Workday report that the service refuses', failingId],
				['Leavers to Purview', leavers],
				['A file with faults, and its report', faulty],
			]) {
				log(`  ${name.padEnd(41)} ${n8n.origin}/workflow/${id}`);
			}
			log(`The report of the file with faults: file://${report}`);
			log('What credentials and panels may ask for:');
			for (const line of values) log(`  ${line}`);
			log(`What arrived: ${emulator.origin}/__emulator__/state`);
			log('Ctrl-C ends everything and removes it.');
			await n8n.ended;
		}
	} finally {
		await stage.close();
	}
}

/** Runs the workflow for one destination; all employees have to arrive. Gives the workflow's id. */
async function showImport(
	{ editor, emulator }: Stage,
	log: Log,
	variant: 'asItIs' | 'organizationalData',
): Promise<string> {
	const workflowId = await importExample(editor, emulator, variant);
	const execution = await editor.waitForEnd(await editor.run(workflowId, exampleSteps.manualTrigger));
	showSteps(execution, log);
	if (execution.status !== 'success') {
		throw new Error(describeFailure(execution));
	}
	const received = emulator.ingestions.at(-1);
	if (!received) throw new Error('The workflow succeeded, but nothing arrived at the emulator.');
	if (!received.valid || received.acceptedRows !== received.rowCount) {
		throw new Error(
			`The emulator accepted ${received.acceptedRows} of ${received.rowCount} employees: ${JSON.stringify(received.errors.slice(0, 5))}`,
		);
	}
	const { displayName } = DESTINATIONS[variant === 'asItIs' ? 'vivaHr' : variant];
	log('');
	log(`${displayName} (emulator) accepted ${received.acceptedRows.toLocaleString('en')} employees`);
	log(
		`  as ${received.form}, ${received.bytes.toLocaleString('en')} bytes, columns ${received.header.join(', ')}`,
	);
	log(`Ingestion id: ${received.id}`);
	log(`Status: ${outputItems(execution, exampleSteps.poll, 1)[0]?.json.status}`);
	return workflowId;
}

/** The same workflow with a fault in the data, sent unchecked: the errors of the service come back as rows. */
async function showFailing({ editor, emulator }: Stage, log: Log): Promise<string> {
	const workflowId = await importExample(editor, emulator, 'failing');
	log('');
	log(
		"Once more, with job titles where managers' addresses belong, sent unchecked so that the service finds out:",
	);
	const execution = await editor.waitForEnd(await editor.run(workflowId, exampleSteps.manualTrigger));
	showSteps(execution, log);
	const rows = outputItems(execution, exampleSteps.poll, 2);
	if (execution.status !== 'success' || rows.length === 0) throw new Error(describeFailure(execution));
	log(
		`  The import ended as ValidationFailed with ${rows.length.toLocaleString('en')} error rows, the first:`,
	);
	log(`  ${JSON.stringify(rows[0].json)}`);
	return workflowId;
}

function showSteps(execution: Execution, log: Log): void {
	for (const [name, runs] of Object.entries(execution.runs)) {
		for (const run of runs) {
			const items = (run.data?.main ?? []).map((output) => output?.length ?? 0);
			const outcome = run.error
				? `failed: ${run.error.message}`
				: `${items.join(' + ') || '0'} ${items.join() === '1' ? 'item' : 'items'}`;
			log(`  ${name.padEnd(30)} ${outcome.padEnd(16)} ${run.executionTime} ms`);
		}
	}
}

function describeFailure({ error, status }: Execution): string {
	return `The workflow ended as "${status}": ${error?.message ?? 'no reason given'}\n${error?.description ?? ''}`;
}
