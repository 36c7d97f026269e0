import { RowsSaved } from '../../../nodes/shared/report/observe/rowsSaved';
import { writeReport } from '../../../nodes/shared/report/page/writeReport';
import { reportOf } from '../../fixtures/plantedReport';
import { ENGLISH_WORDS } from '../../helpers/englishWords';

const HEAD = 'PersonId,ManagerId,Organization,EffectiveDate';
const row = (i: number, change: { id?: string; organization?: string; date?: string } = {}) =>
	[
		change.id ?? `p${i}@contoso.com`,
		i === 0 ? '' : 'p0@contoso.com',
		change.organization ?? 'HR',
		change.date ?? '2026-03-14',
	].join(',');
const rows = (count: number, change: (i: number) => Parameters<typeof row>[1]) =>
	Array.from({ length: count }, (_, i) => row(i, change(i)));

const page = async (lines: string[], more: Parameters<typeof reportOf>[1] = {}) =>
	writeReport(await reportOf(lines.join('\n'), more), ENGLISH_WORDS);
const fixFirst = (text: string) => text.slice(text.indexOf('id="first"'), text.indexOf('id="findings"'));

describe('rows saved', () => {
	it('are those with errors of one kind only', () => {
		const saved = new RowsSaved();
		for (const [kind, at] of [
			['a', 1],
			['a', 1],
			['a', 2],
			['b', 2],
			['b', 3],
			['b', 4],
		] as const) {
			saved.add(kind, at);
		}
		expect(Object.fromEntries(saved.counts())).toEqual({ a: 1, b: 2 });
	});

	it('are found again when the end of the file tells more of a row', () => {
		const saved = new RowsSaved();
		for (let at = 1; at <= 5; at++) saved.add('early', at);
		saved.add('late', 3);
		expect(Object.fromEntries(saved.counts())).toEqual({ early: 4, late: 0 });
	});
});

it('fixes first what makes most rows valid, not what is most frequent', async () => {
	// Dates are wrong in ten rows, in eight of which the address is, too; organizations are missing in five others.
	const file = [
		HEAD,
		...rows(60, (i) => ({
			...(i >= 10 && i < 20 && { date: 'soon' }),
			...(i >= 10 && i < 18 && { id: 'nobody' }),
			...(i >= 30 && i < 35 && { organization: '' }),
		})),
	];
	const { rules } = await reportOf(file.join('\n'));
	const errors = rules.shown.filter(({ severity }) => severity === 'error');
	expect(errors.map(({ code, count, saves }) => [code, count, saves])).toEqual([
		['value-required', 5, 5],
		['value-not-date', 10, 2],
		['value-not-email', 8, 0],
	]);
	const first = fixFirst(await page(file));
	expect(first).toContain('Fix these 3 first');
	expect([...first.matchAll(/class="badge attention">(.*?)</g)].map(([, text]) => text)).toEqual([
		'Makes 5 rows valid',
		'Makes 2 rows valid',
		'The rows have other errors too',
	]);
});

it('puts what stops the whole file before what stops rows', async () => {
	const file = ['PersonId,Organization', ...Array.from({ length: 9 }, (_, i) => `nobody${i},HR`)];
	const first = fixFirst(await page(file, { refresh: 'full' }));
	expect([...first.matchAll(/class="badge attention">(.*?)</g)].map(([, text]) => text)).toEqual([
		'Stops the whole file',
		'Makes 9 rows valid',
	]);
});

it('has nothing to fix where there are warnings only', async () => {
	const text = await page([HEAD, ...rows(40, () => ({}))]);
	expect(text).not.toContain('id="first"');
	expect(text).toContain('<table class="all">');
});

it('folds each finding, and links to it', async () => {
	const text = await page([HEAD, ...rows(40, (i) => (i === 5 ? { date: 'soon' } : {}))]);
	const ids = [...text.matchAll(/<details class="rule" id="(.*?)"/g)].map(([, id]) => id);
	expect(ids.length).toBeGreaterThan(0);
	expect([...text.matchAll(/href="#(finding-\d+)"/g)].map(([, id]) => id)).toEqual(ids);
	expect(text).not.toContain('<details open');
});

it('says what changed since the previous file, the column with most changes first', async () => {
	const data = await reportOf([HEAD, ...rows(40, () => ({}))].join('\n'));
	const changes = {
		previousPeople: 40,
		newPeople: 12,
		changedPeople: 312,
		unchangedPeople: 5,
		missingPeople: 1,
		rejectedPeople: 0,
		sentRows: 324,
		unchangedRows: 5,
		columns: [
			{ column: 'Location', rows: 4 },
			{ column: 'ManagerId', rows: 312 },
			{ column: 'Layer', rows: 0 },
		],
	};
	const line = (change: Partial<typeof changes>) =>
		/Since the previous file: [^<]*/.exec(
			writeReport({ ...data, changes: { ...changes, ...change } }, ENGLISH_WORDS),
		)?.[0];
	expect(line({})).toBe(
		'Since the previous file: 12 join, 1 leaves, 312 change ManagerId, 4 change Location.',
	);
	expect(line({ newPeople: 0, missingPeople: 0, columns: [] })).toBe(
		'Since the previous file: nothing is new.',
	);
	expect(writeReport(data, ENGLISH_WORDS)).not.toContain('Since the previous file');
});

it('gives each table a caption', async () => {
	const text = await page([HEAD, ...rows(40, (i) => (i === 5 ? { date: 'soon' } : {}))]);
	for (const table of text.split('<table').slice(1))
		expect(table).toMatch(/^[^>]*><caption|^[^>]*>\s*<caption/);
});
