import { parse } from 'csv-parse/sync';
import { exampleSteps, importExample, quickImport } from '../demo/example';
import { makeWorkers } from '../emulator/workers';
import { outputItems } from '../host/rest';
import type { Bench } from './bench';

/** The example workflow: a Workday-shaped report of 2,400 people, every cell found again at the service. */
export function testExample(bench: () => Bench): void {
	it('the example workflow imports every employee of the Workday-shaped report', async () => {
		const { editor, emulator } = bench();
		emulator.set(quickImport);
		const workflowId = await importExample(editor, emulator);
		const execution = await editor.waitForEnd(await editor.run(workflowId, exampleSteps.manualTrigger));
		expect(execution.error?.message).toBeUndefined();
		expect(execution.status).toBe('success');

		expect(outputItems(execution, exampleSteps.imported)).toMatchObject([{ json: { status: 'Completed' } }]);

		const workers = [...makeWorkers(2_400)];
		expect(outputItems(execution, exampleSteps.split)).toHaveLength(workers.length);
		const [ingestion] = emulator.ingestions;
		expect(ingestion.errors).toEqual([]);
		expect(ingestion).toMatchObject({ valid: true, acceptedRows: workers.length });

		// Which report column goes to which attribute, by Microsoft's meaning of the attribute.
		const expected: Record<string, (worker: (typeof workers)[number]) => string> = {
			PersonId: (worker) => worker.Work_Email,
			ManagerId: (worker) => worker.Manager_Work_Email,
			Organization: (worker) => worker.Supervisory_Organization,
			LevelDesignation: (worker) => worker.Management_Level,
			FunctionType: (worker) => worker.Job_Family,
			HireDate: (worker) => worker.Hire_Date,
			Location: (worker) => worker.Location,
		};
		expect([...ingestion.header].sort()).toEqual(Object.keys(expected).sort());
		const hireDate = ingestion.header.indexOf('HireDate');
		const rows = ingestion.rows.map((row) =>
			row.map((value, index) => (index === hireDate ? yearFirst(value) : value)),
		);
		expect(rows).toEqual(
			workers.map((worker) => ingestion.header.map((attribute) => expected[attribute](worker))),
		);
		// A second reader, which shares nothing with the emulator's, sees the same in the unpacked file.
		const data = ingestion.files?.['data.csv'];
		expect(data && parse(data)).toEqual([ingestion.header, ...ingestion.rows]);
	});
}

/** The same workflow with data that the service refuses: its errors come out as rows. */
export function testFailingExample(bench: () => Bench): void {
	it('the example workflow gives out the errors of a failed import as rows', async () => {
		const { editor, emulator } = bench();
		emulator.set(quickImport);
		const workflowId = await importExample(editor, emulator, 'failing');
		const execution = await editor.waitForEnd(await editor.run(workflowId, exampleSteps.manualTrigger));
		expect(execution.status).toBe('success');
		const rows = outputItems(execution, exampleSteps.errorRows);
		const [ingestion] = emulator.ingestions;
		expect(ingestion.valid).toBe(false);
		expect(rows).toHaveLength(Math.min(ingestion.errorCount, 1_000));
		expect(rows[0].json).toMatchObject({ ingestionId: ingestion.id, status: 'ValidationFailed' });
	});
}

/** The same day in the form of the report: a date may be rewritten on the way, to the form that the service asks for. */
function yearFirst(date: string): string {
	return date.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$1-$2');
}
