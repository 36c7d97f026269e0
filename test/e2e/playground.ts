import { readFileSync } from 'node:fs';
import path from 'node:path';
import { demo } from '../emulator/emulator';
import { importExample } from '../demo/example';
import { setUpPlayground } from '../demo/playground';
import { outputItems, type Workflow } from '../host/rest';
import type { Bench } from './bench';

const OURS = ['Purview HR API', 'Viva HR API', 'Workday report user'];

/** What a kept demo brings for people to play with. */
export function testPlayground(bench: () => Bench): void {
	it('a kept demo sends leavers to Purview, checks a faulty file, and has no two things of one name', async () => {
		const { editor, emulator, folder } = bench();
		const variants = ['asItIs', 'organizationalData', 'failing'] as const;
		const imported: string[] = [];
		for (const variant of variants) imported.push(await importExample(editor, emulator, variant));
		const { leavers, faulty, report, values } = await setUpPlayground(
			editor,
			emulator,
			path.join(folder, 'playground'),
		);
		const execution = await editor.waitForEnd(await editor.run(leavers, 'Run by hand'));
		expect(execution.error?.message).toBeUndefined();
		expect(outputItems(execution, 'Send to Purview')).toMatchObject([{ json: { rowsSent: 3 } }]);
		expect(emulator.signals.map(({ jobId, rowCount }) => [jobId, rowCount])).toEqual([
			[demo.jobs.resignation, 3],
		]);
		expect(readFileSync(report, 'utf8')).toContain('Fix these 3 first');
		for (const value of [demo.tenantId, demo.clientSecret, emulator.signalsUrl]) {
			expect(values.filter((line) => line.endsWith(value))).toHaveLength(1);
		}
		const workflows = (await Promise.all(
			[...imported, leavers, faulty].map(async (id) => await editor.request('GET', `/rest/workflows/${id}`)),
		)) as Workflow[];
		expect(new Set(workflows.map(({ name }) => name)).size).toBe(5);
		for (const { nodes } of workflows.slice(3))
			expect(JSON.stringify(nodes)).toContain(demo.jobs.allScenarios);
		const credentials = (await editor.request('GET', '/rest/credentials')) as Array<{ name: string }>;
		const ours = credentials.map(({ name }) => name).filter((name) => OURS.includes(name));
		expect(ours.sort()).toEqual(OURS);
	});
}
