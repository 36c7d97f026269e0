import type { ReportData } from '../../../nodes/shared/report/observe/reportData';
import { ENGLISH_WORDS } from '../../helpers/englishWords';
import { writeReport } from '../../../nodes/shared/report/page/writeReport';
import { reportOf } from '../../fixtures/plantedReport';

const HEAD = 'PersonId,ManagerId,Organization,EffectiveDate';
const person = (i: number, organization: string) =>
	`p${i}@contoso.com,${i === 0 ? '' : 'p0@contoso.com'},${organization},2026-03-14`;
const people = (count: number, organization: (i: number) => string) =>
	[HEAD, ...Array.from({ length: count }, (_, i) => person(i, organization(i)))].join('\n');

it('makes names harmless, wherever they come from', async () => {
	const evil = '<script>alert(1)</script>';
	const file = `PersonId,ManagerId,Organization,"${evil}"\n`.concat(
		Array.from(
			{ length: 30 },
			(_, i) => `p${i}@contoso.com,,"${evil}${i % 3}",<img src=x onerror=alert(2)>`,
		).join('\n'),
	);
	const data = await reportOf(file, { fileName: `"><svg onload=alert(3)>.csv`, otherColumns: 'custom' });
	const page = writeReport(data, ENGLISH_WORDS);
	expect(data.organizations?.shown[0].name).toBe(`${evil}0`);
	expect(page).toContain('<bdi>&lt;script&gt;alert(1)&lt;/script&gt;0</bdi>');
	expect(page).not.toMatch(/<script|<img|onload=alert\(3\)>\.csv<\/title><svg|<svg onload/i);
	expect(page.match(/<svg/g)).toHaveLength(1);
});

it('shows names of all scripts, kept apart from what stands beside them', async () => {
	const names = ['営業部', 'المبيعات', 'מכירות', 'Продажи'];
	const page = writeReport(await reportOf(people(40, (i) => names[i % 4])), ENGLISH_WORDS);
	for (const name of names) expect(page).toContain(`<bdi>${name}</bdi>`);
});

it('shows no values of a column that holds something else than organizations', async () => {
	const data = await reportOf(people(40, (i) => `Jordan Smith${i}`));
	expect(data.organizations).toMatchObject({ hidden: 'nearlyAllDifferent', different: 40, shown: [] });
	expect(data.managers?.branches).toEqual([]);
	expect(writeReport(data, ENGLISH_WORDS)).not.toContain('Jordan');
});

it('masks addresses among organizations and in a header that is none', async () => {
	const organizations = await reportOf(people(40, (i) => (i % 2 ? 'ann.lee@contoso.com' : 'HR')));
	expect(organizations.organizations?.shown.map(({ name }) => name)).toEqual(['HR', 'xxx.xxx@xxxxxxx.xxx']);
	const headless = writeReport(
		await reportOf(people(3, () => 'HR').slice(HEAD.length + 1), { otherColumns: 'custom' }),
		ENGLISH_WORDS,
	);
	expect(headless).not.toMatch(/p\d@/);
});

it("drops what Workday adds to an organization's name in brackets: the manager", async () => {
	const data = await reportOf(people(40, (i) => (i % 2 ? 'Sales (Ann Lee)' : 'HR (Bob Ray)')));
	expect(data.organizations?.shown.map(({ name }) => name)).toEqual(['HR (…)', 'Sales (…)']);
	const single = await reportOf(people(40, (i) => ['Sales (EMEA)', 'HR', 'IT'][i % 3]));
	expect(single.organizations?.shown.map(({ name }) => name)).toContain('Sales (EMEA)');
});

it('stays small with thousands of findings and tells how many there are', async () => {
	const rows = Array.from({ length: 20_000 }, (_, i) => `bad${i},nobody,,soon`);
	const data = await reportOf([HEAD, ...rows].join('\n'));
	const page = writeReport(data, ENGLISH_WORDS);
	expect(data.errors).toBe(80_000);
	expect(page).toContain('Error × 20,000');
	expect(page).toContain('and 19,980 more places');
	expect(page.length).toBeLessThan(60_000);
});

it('stays small with hundreds of broken columns', async () => {
	const columns = Array.from({ length: 600 }, (_, i) => `Column_${i}`);
	const row = (bad: boolean) => columns.map(() => (bad ? '"a\nb"' : 'x')).join(',');
	const file = [
		`${HEAD},${columns.join(',')}`,
		...Array.from({ length: 30 }, (_, i) => `${person(i, 'HR')},${row(true)}`),
	].join('\n');
	const data = await reportOf(file, { otherColumns: 'custom' });
	const page = writeReport(data, ENGLISH_WORDS);
	expect(data.rules.shown.length).toBeLessThanOrEqual(120);
	expect(data.rules.notShown.kinds).toBeGreaterThan(400);
	expect(page).toContain('more rules and columns');
	expect(page).toContain('and 354 more columns');
	expect(page.length).toBeLessThan(300_000);
});

it('is short about a file without rows, or without the columns it needs', async () => {
	const empty = writeReport(await reportOf(`${HEAD}\n`), ENGLISH_WORDS);
	expect(empty).toContain('not a single row');
	const strange = await reportOf('Colour\nred\n');
	expect(strange).toMatchObject({ columns: [], leftOut: [{ column: 'Colour', filled: 1 }] });
	expect(strange.people).toBeUndefined();
	expect(writeReport(strange, ENGLISH_WORDS)).toContain('No column of the file is sent.');
});

describe('the verdict', () => {
	const good = people(40, (i) => ['HR', 'IT'][i % 2]);
	const verdict = async (
		file: string,
		change: Parameters<typeof reportOf>[1],
	): Promise<ReportData['verdict']> => (await reportOf(file, change)).verdict;

	it('is good where all rows keep the rules', async () => {
		expect(await verdict(good, { refresh: 'incremental', mapping: [] })).toMatchObject({ kind: 'attention' });
		expect(await verdict(good, { destination: 'organizationalData' })).toEqual({
			kind: 'good',
			title: 'Ready to import',
			sentence: 'All 40 rows keep the rules of Microsoft Organizational Data Service.',
		});
	});

	it('tells what is left out', async () => {
		const file = good.replace('p7@contoso.com', 'p7');
		expect(await verdict(file, { onInvalid: 'leaveOut' })).toEqual({
			kind: 'attention',
			title: 'Ready to import, without 1 row',
			sentence: '39 of 40 rows keep the rules of Viva Insights (HR); 1 will be left out.',
		});
	});

	it('tells what was sent, skipped or failed', async () => {
		expect(await verdict(good, { outcome: { kind: 'sent', ingestionId: 'abc' } })).toMatchObject({
			title: 'Sent, with 1 warning',
			sentence: expect.stringContaining('Microsoft has accepted the upload'),
		});
		const reason = 'An earlier import is still running.';
		expect(await verdict(good, { outcome: { kind: 'skipped', reason } })).toMatchObject({ sentence: reason });
		expect(await verdict(good, { outcome: { kind: 'failed', reason: 'No answer.' } })).toEqual({
			kind: 'bad',
			title: 'The upload did not succeed',
			sentence: 'No answer.',
		});
	});

	it('does not praise rows that nobody checked', async () => {
		expect(await verdict(good, { onInvalid: 'send' })).toMatchObject({
			kind: 'attention',
			sentence: '40 rows were not checked, as was asked for.',
		});
	});
});

it('tells what changed since a previous file', async () => {
	const data = await reportOf(people(40, (i) => ['HR', 'IT'][i % 2]));
	const changes = {
		previousPeople: 41,
		newPeople: 2,
		changedPeople: 5,
		unchangedPeople: 33,
		missingPeople: 3,
		rejectedPeople: 0,
		sentRows: 7,
		unchangedRows: 33,
		columns: [
			{ column: 'Organization', rows: 5 },
			{ column: 'Location', rows: 0 },
		],
	};
	const page = writeReport({ ...data, changes }, ENGLISH_WORDS);
	expect(page).toContain('<a href="#changes">');
	expect(page).toContain('7 rows say something new, 33 do not. The previous file held 41 people.');
	expect(page).toMatch(/<th scope="row">Missing<\/th><td class="figure">3<\/td>/);
	expect(page).toMatch(/<bdi>Organization<\/bdi><\/th><td class="figure">5<\/td>/);
	expect(page).not.toMatch(/<bdi>Location<\/bdi><\/th><td class="figure">0<\/td>/);
	expect(writeReport(data, ENGLISH_WORDS)).not.toContain('previous file');
});
