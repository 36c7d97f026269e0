import { Readable } from 'node:stream';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { readItems } from '../../../nodes/shared/json/itemReader';
import { preparePackage, type PackageSettings } from '../../../nodes/shared/viva/package/preparePackage';
import { checkPrebuiltPackage } from '../../../nodes/shared/viva/prebuilt/prebuiltPackage';
import type { AppId } from '../../../nodes/shared/viva/readiness/apps';
import { zipBytes } from '../../fixtures/exportFormats';
import { NOW, packageSettings } from '../../fixtures/packageSettings';
import { staff, without } from '../../fixtures/ruleCases';
import { inPieces } from '../csv/reading';

type Row = Record<string, string>;

/** Prepares rows for an app. */
async function prepare(rows: Row[], app: AppId, wishes: Partial<PackageSettings> = {}, previous?: Row[]) {
	const prepared = await preparePackage(
		{
			open: async () => await readItems(rows),
			previous: previous && { format: 'table', open: async () => await readItems(previous) },
		},
		packageSettings({ destination: 'organizationalData', prepareFor: app, ...wishes }),
	);
	await prepared.file?.dispose();
	const codes = prepared.findings.totals().map(({ code, severity }) => `${severity} ${code}`);
	return {
		...prepared,
		packed: prepared.file !== undefined,
		codes: codes.filter((code) => code.includes('readiness')),
	};
}

/** People of Viva Insights, of which so many of a hundred have a manager. */
const employees = (withManager: number, more: (i: number) => Row = () => ({})): Row[] =>
	Array.from({ length: 100 }, (_, i) => ({
		PersonId: `person${i}@contoso.com`,
		ManagerId: i < withManager ? 'person99@contoso.com' : '',
		Organization: 'HR',
		...more(i),
	}));
const VIVA_HR = { destination: 'vivaHr', refresh: 'full' } as const;

describe('the Copilot Dashboard', () => {
	it('gets a full refresh with a manager in 95 % of the rows', async () => {
		const { codes, packed, readiness } = await prepare(employees(95), 'copilotDashboard', VIVA_HR);
		expect([codes, packed]).toEqual([[], true]);
		expect(readiness).toEqual({
			app: 'Copilot Dashboard',
			ready: 'yes',
			sentence: 'Ready for Copilot Dashboard.',
			rows: 100,
			attributes: [
				{ attribute: 'PersonId', filledPercent: 100, neededPercent: 100 },
				{ attribute: 'ManagerId', filledPercent: 95, neededPercent: 95 },
				{ attribute: 'Organization', filledPercent: 100, neededPercent: 95 },
			],
		});
	});

	it('gets no full refresh with fewer managers', async () => {
		const { codes, packed, readiness } = await prepare(employees(87), 'copilotDashboard', VIVA_HR);
		expect([codes, packed]).toEqual([['error readiness-coverage'], false]);
		expect(readiness).toMatchObject({
			ready: 'no',
			sentence: 'Not ready for Copilot Dashboard: 87 % have a manager, 95 % are needed.',
		});
	});

	it('gets what is a little short only by the wish of the user, and the result still says so', async () => {
		const severities = { 'readiness-coverage': 'warning' } as const;
		const wishes = { ...VIVA_HR, severities };
		const { codes, packed, readiness } = await prepare(employees(94), 'copilotDashboard', wishes);
		expect([codes, packed, readiness?.ready]).toEqual([['warning readiness-coverage'], true, 'no']);
	});

	it('never has a share rounded up to what is needed', async () => {
		const rows = Array.from({ length: 2_000 }, (_, i) => ({
			...employees(95)[i % 100],
			PersonId: `person${i}@contoso.com`,
			...(i === 0 && { ManagerId: '' }),
		}));
		const { readiness } = await prepare(rows, 'copilotDashboard', VIVA_HR);
		expect(readiness?.sentence).toBe(
			'Not ready for Copilot Dashboard: 94.9 % have a manager, 95 % are needed.',
		);
	});

	it('gets an incremental refresh with a warning, because the others are not in it', async () => {
		const wishes = { destination: 'vivaHr', refresh: 'incremental' } as const;
		const { codes, packed, readiness } = await prepare(employees(50), 'copilotDashboard', wishes);
		expect([codes, packed]).toEqual([['warning readiness-coverage-unsure'], true]);
		expect(readiness).toMatchObject({
			ready: 'perhaps',
			sentence: 'Perhaps not ready for Copilot Dashboard: 50 % have a manager, 95 % may be needed.',
		});
		const enough = await prepare(employees(99), 'copilotDashboard', wishes);
		expect(enough.readiness?.sentence).toBe(
			'Ready for Copilot Dashboard, as far as the rows of this import show.',
		);
	});

	it('gets profiles without organizations only by the wish of the user', async () => {
		const rows = staff(19).map((row) => without(row, 'Microsoft_Organization'));
		const { codes, packed, readiness } = await prepare(rows, 'copilotDashboard');
		expect([codes, packed]).toEqual([['error readiness-column-missing'], false]);
		expect(readiness?.attributes[2]).toEqual({
			attribute: 'Microsoft_Organization',
			filledPercent: null,
			neededPercent: 95,
		});
	});

	it('takes a column that the full refresh needs anyway for one fault, not two', async () => {
		const rows = employees(99).map((row) => without(row, 'ManagerId'));
		const { codes, readiness, findings } = await prepare(rows, 'copilotDashboard', VIVA_HR);
		expect([codes, readiness?.ready]).toEqual([[], 'no']);
		expect(findings.totals().filter(({ severity }) => severity === 'error')).toMatchObject([
			{ code: 'column-required-missing', count: 1 },
		]);
	});

	it('has values that delete counted as none', async () => {
		const rows = staff(19, (i) => ({ Microsoft_Organization: i < 2 ? "''" : 'HR' }));
		const { readiness } = await prepare(rows, 'copilotDashboard');
		expect(readiness?.sentence).toContain('90 % have an organization, 95 % are needed');
		const noname = staff(20, (i): Row => (i < 2 ? { Microsoft_ManagerEmail: 'noname@contoso.com' } : {}));
		const managers = await prepare(noname, 'copilotDashboard');
		expect(managers.readiness?.sentence).toContain('90 % have a manager, 95 % are needed');
	});
});

describe('only rows that are sent are counted', () => {
	it('so that rejected ones neither help nor harm', async () => {
		const rows = staff(20, (i): Row => (i < 10 ? { Microsoft_PersonEmail: 'nobody' } : {}));
		for (const row of rows.slice(0, 10)) row.Microsoft_ManagerEmail = '';
		const { codes, readiness, rejected } = await prepare(rows, 'copilotDashboard', {
			onInvalid: 'leaveOut',
		});
		expect([codes, rejected]).toEqual([[], 10]);
		expect(readiness).toMatchObject({ ready: 'yes', rows: 10 });
	});

	it('so that what did not change does not count, and changes only bring a warning', async () => {
		const changed = (i: number): Row => (i >= 16 ? { Microsoft_Organization: 'Sales' } : {});
		const wishes = { changes: { maximumMissingShare: 0.2 } };
		const now = staff(18, changed);
		const { codes, packed, readiness } = await prepare(now, 'copilotDashboard', wishes, staff(18));
		expect([codes, packed]).toEqual([['warning readiness-coverage-unsure'], true]);
		expect(readiness).toMatchObject({ ready: 'perhaps', rows: 4 });
		expect(readiness?.attributes[1]).toMatchObject({ filledPercent: 50 });
		const nothing = await prepare(now, 'copilotDashboard', wishes, now);
		expect(nothing.readiness).toBeUndefined();
	});

	it('once, where the file has to be read twice', async () => {
		const dates = ['01/02/2019', '03/04/2019', '31/12/2019'];
		const text = [
			'PersonId,ManagerId,Organization,HireDate',
			...dates.map((date, i) => `person${i}@contoso.com,boss@contoso.com,HR,${date}`),
		].join('\n');
		let opened = 0;
		const { file, readiness } = await preparePackage(
			{
				open: async () => {
					opened++;
					return await readCsv(inPieces(text), { batchBytes: 64 });
				},
			},
			packageSettings({ prepareFor: 'copilotDashboard' }),
		);
		await file?.dispose();
		expect(opened).toBe(2);
		expect(readiness).toMatchObject({ ready: 'yes', rows: 3 });
	});

	it('and records that lack fields have no value in them', async () => {
		const text =
			'PersonId,Organization,ManagerId\r\nann@contoso.com,HR,bob@contoso.com\r\nbob@contoso.com\r\n';
		const { file, readiness } = await preparePackage(
			{ open: async () => await readCsv(inPieces(text)) },
			packageSettings({ prepareFor: 'copilotDashboard', severities: { 'row-ragged': 'off' } }),
		);
		await file?.dispose();
		expect(readiness?.attributes.map(({ filledPercent }) => filledPercent)).toEqual([100, 50, 50]);
	});
});

describe('a prebuilt zip', () => {
	const check = async (bootstrap: 'true' | 'false', withManager: number) => {
		const lines = employees(withManager).map((row) => Object.values(row).join(','));
		const Mapping = {
			Mail: { name: 'PersonId', type: 'EmailType' },
			Boss: { name: 'ManagerId', type: 'EmailType' },
			Unit: { name: 'Organization', type: 'string' },
		};
		const bytes = zipBytes(
			Object.entries({
				'data.csv': ['Mail,Boss,Unit', ...lines].join('\n'),
				'metadata.json': JSON.stringify({ DatasetType: 'HR', IsBootstrap: bootstrap, Mapping }),
			}).map(([name, content]) => ({ name, bytes: Buffer.from(content) })),
		);
		const settings = { destination: 'vivaHr', severities: {}, now: NOW } as const;
		const checked = await checkPrebuiltPackage(Readable.from([bytes]), {
			...settings,
			prepareFor: 'copilotDashboard',
		});
		await checked.file?.dispose();
		return [checked.file !== undefined, checked.readiness?.ready, checked.readiness?.rows];
	};

	it.each<['true' | 'false', number, unknown[]]>([
		['true', 95, [true, 'yes', 100]],
		['true', 94, [false, 'no', 100]],
		['false', 94, [true, 'perhaps', 100]],
	])('with IsBootstrap %s and %i managers of 100 is judged by its own metadata', async (...given) => {
		const [bootstrap, withManager, expected] = given;
		expect(await check(bootstrap, withManager)).toEqual(expected);
	});
});

describe('Workforce Insights', () => {
	const custom = { otherColumns: 'custom' } as const;
	const squads = (count: number, squadOf: (i: number) => string): Row[] =>
		Array.from({ length: count }, (_, i) => ({
			Microsoft_PersonEmail: `person${i}@contoso.com`,
			Microsoft_JobTitle: `Title ${i}`,
			Squad: squadOf(i),
		}));

	it.each<[string, number, (i: number) => string, string]>([
		['a hundred different texts', 300, (i) => `Squad ${i % 100}`, 'yes'],
		['one more', 101, (i) => `Squad ${i}`, 'no'],
		['the same texts in other capitals', 102, (i) => (i < 51 ? `s${i}` : `S${i - 51}`), 'no'],
		['a hundred texts and blanks', 300, (i) => (i < 100 ? `Squad ${i}` : ''), 'yes'],
		['numbers', 300, (i) => String(i), 'yes'],
		['dates', 300, (i) => `2026-03-14T00:${String(i).padStart(4, '0')}Z`, 'yes'],
		['letters of other scripts', 101, (i) => `Ж${i}`, 'no'],
	])('takes %s in a custom attribute, or not; its own attributes may have more', async (...given) => {
		const [, count, squadOf, ready] = given;
		const { codes, packed, readiness } = await prepare(squads(count, squadOf), 'workforceInsights', custom);
		expect(readiness?.ready).toBe(ready);
		expect(codes).toEqual(ready === 'no' ? ['error readiness-values-many'] : []);
		expect(packed).toBe(ready === 'yes');
	});
});

describe('what is only weakly known is a warning that says so', () => {
	it.each<[AppId, Row[], string, string]>([
		[
			'vivaInsights',
			staff(18),
			'warning readiness-coverage-unsure',
			'Perhaps not ready for Viva Insights: 90 % have a manager, 95 % may be needed.',
		],
		[
			'glint',
			staff(19),
			'warning readiness-column-unsure',
			"Perhaps not ready for Viva Glint: no column holds 'Microsoft_GlintEmploymentStatus'. The other attributes that it needs are not known.",
		],
		[
			'peopleSkills',
			staff(19, () => ({ Microsoft_UserSkillNames: '' })),
			'warning readiness-coverage-unsure',
			'Perhaps not ready for People Skills: 0 % have skills, more may be needed. Whether the names are those of the skills library, only Microsoft can tell.',
		],
	])('for %s', async (app, rows, code, sentence) => {
		const { codes, packed, readiness } = await prepare(rows, app);
		expect([codes, packed]).toEqual([[code], true]);
		expect(readiness).toMatchObject({ ready: 'perhaps', sentence });
	});

	it('and an app is ready where what is known of its needs is there', async () => {
		const rows = staff(19, (i) => ({ Microsoft_UserSkillNames: i === 0 ? 'Welding' : '' }));
		const { codes, readiness } = await prepare(rows, 'peopleSkills');
		expect([codes, readiness?.ready]).toEqual([[], 'yes']);
	});

	it('as is a destination from which no document says that the app reads', async () => {
		const { codes, packed, readiness } = await prepare(employees(99), 'glint', VIVA_HR);
		expect([codes, packed, readiness?.ready]).toEqual([['warning readiness-destination'], true, 'perhaps']);
	});
});

it('nobody asks, nothing is counted', async () => {
	const settings = packageSettings({ destination: 'organizationalData' });
	const { file, readiness, findings } = await preparePackage(
		{ open: async () => await readItems(staff(1)) },
		settings,
	);
	await file?.dispose();
	expect(readiness).toBeUndefined();
	expect(findings.totals().filter(({ code }) => code.startsWith('readiness'))).toEqual([]);
});
