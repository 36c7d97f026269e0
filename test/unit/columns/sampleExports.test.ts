import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { SCENARIOS, USER_COLUMN, type ScenarioId } from '../../../nodes/shared/purview/signals/scenarios';
import { attributeVocabulary } from '../../../nodes/shared/viva/attributes/aliases';
import { scenarioVocabulary } from '../../../nodes/shared/purview/signals/aliases';
import { DateColumn, shareDateOrder } from '../../../nodes/shared/dates/dateColumn';
import { DATE_STYLES } from '../../../nodes/shared/dates/dateText';
import { matchColumns, type ColumnMatches } from '../../../nodes/shared/columns/matchColumns';
import type { Attribute } from '../../../nodes/shared/columns/columnPlan';
import { ATTRIBUTE_SETS } from '../../../nodes/shared/viva/attributes/attributes';
import { SAMPLE_EXPORTS, type SampleExport } from '../../fixtures/exports';

type Grid = { columns: string[]; rows: string[][] };

/** The export as another library reads it, so that this test asks only about mapping and dates. */
function referee({ bytes, fileName, settings }: SampleExport): Grid {
	const raw = fileName.endsWith('.gz') ? gunzipSync(bytes()) : bytes();
	const mark = raw.subarray(0, 2).toString('hex');
	const encoding = { fffe: 'utf-16le', feff: 'utf-16be' }[mark] ?? settings?.encoding ?? 'utf-8';
	const text = new TextDecoder(encoding).decode(raw);
	if (/\.jsonl?$/.test(fileName)) return gridOf(itemsOf(text, fileName.endsWith('l')));
	const delimiter = [',', ';', '\t', '|'].sort((a, b) => text.split(b).length - text.split(a).length)[0];
	const records: string[][] = parse(text, {
		delimiter,
		relax_column_count: true,
		skip_empty_lines: true,
		from_line: 1 + (settings?.skipLinesBefore ?? 0),
	});
	return { columns: records[0] ?? [], rows: records.slice(1) };
}

function itemsOf(text: string, lines: boolean): object[] {
	if (lines)
		return text
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
	const value = JSON.parse(text);
	return Array.isArray(value) ? value : value.Report_Entry;
}

function gridOf(items: object[]): Grid {
	const flat = items.map((item) => new Map(leaves(item, '')));
	const columns = [...new Set(flat.flatMap((item) => [...item.keys()]))].filter(
		(name) => !flat.some((item) => [...item.keys()].some((other) => other.startsWith(`${name}.`))),
	);
	return { columns, rows: flat.map((item) => columns.map((name) => item.get(name) ?? '')) };
}

function leaves(value: unknown, path: string): Array<[string, string]> {
	if (value === null) return [[path, '']];
	if (Array.isArray(value)) return leaves(value[0], path);
	if (typeof value !== 'object') return [[path, String(value)]];
	return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`));
}

function attributesOf({ destination }: SampleExport): readonly Attribute[] {
	if (destination === 'vivaHr' || destination === 'organizationalData')
		return ATTRIBUTE_SETS[destination].attributes;
	const scenario: ScenarioId = destination;
	return SCENARIOS[scenario].columns;
}

function mapped(sample: SampleExport) {
	const { columns, rows } = referee(sample);
	const { destination } = sample;
	const attributes = attributesOf(sample);
	const viva = destination === 'vivaHr' || destination === 'organizationalData';
	const found = matchColumns({
		columns,
		attributes,
		vocabulary: viva ? attributeVocabulary(destination) : scenarioVocabulary([destination]),
		people: viva ? ATTRIBUTE_SETS[destination].people : { person: USER_COLUMN },
		samples: rows.slice(0, 300),
	});
	const dates = new Map(
		found.matches
			.filter(({ attribute }) => attributes.find(({ name }) => name === attribute)?.type === 'date')
			.map(({ attribute, from }) => [attribute, { from, column: new DateColumn({ latestYear: 2028 }) }]),
	);
	for (const { from, column } of dates.values())
		rows.forEach((row, i) => column.observe(row[from] ?? '', i + 2));
	const columnsOfDates = [...dates.values()].map(({ column }) => column);
	shareDateOrder(columnsOfDates);
	const written = (attribute: string, text: string) => {
		const meaning = dates.get(attribute)?.column.read(text) ?? 'notADate';
		return typeof meaning === 'string' ? text : DATE_STYLES.yearMonthDay(meaning);
	};
	return {
		found,
		verdicts: columnsOfDates.map((column) => column.verdict().kind),
		records: rows.map((row) =>
			Object.fromEntries(
				found.matches.map(({ attribute, from }) => [attribute, written(attribute, row[from])]),
			),
		),
	};
}

/** What the plan would find, for the attributes that every import needs. */
function missingCodes({ missing, proposals, refusals }: ColumnMatches): string[] {
	const needed = ['PersonId', 'ManagerId', 'Organization'].filter((name) => missing.includes(name));
	const codes = needed.map((name) => {
		if (proposals.some(({ attribute }) => attribute === name)) return 'column-required-unsure';
		return refusals.some(({ attribute }) => attribute === name)
			? 'column-required-unfit'
			: 'column-required-missing';
	});
	return [...new Set(codes)];
}

const readable = SAMPLE_EXPORTS.filter(({ fileName }) => !/\.(zip|xlsx)$/.test(fileName));

describe('the sample exports', () => {
	it('are many, differ, and come from all the systems', () => {
		expect(SAMPLE_EXPORTS.length).toBeGreaterThanOrEqual(30);
		expect(new Set(SAMPLE_EXPORTS.map(({ name }) => name)).size).toBe(SAMPLE_EXPORTS.length);
		const systems = new Set(SAMPLE_EXPORTS.map(({ system }) => system));
		for (const system of [
			'Workday',
			'SuccessFactors',
			'SAP HCM',
			'ADP',
			'BambooHR',
			'Personio',
			'UKG',
			'Microsoft Entra',
		]) {
			expect(systems).toContain(system);
		}
	});

	it('are the same bytes each time', () => {
		for (const { bytes } of SAMPLE_EXPORTS) expect(bytes().equals(bytes())).toBe(true);
	});

	it.each(readable.map((sample) => [`${sample.system}: ${sample.name}`, sample] as const))(
		'%s',
		(_, sample) => {
			const { expected } = sample;
			if (expected.outcome === 'problem') {
				if (sample.bytes().length === 0) return;
				const { found, verdicts } = mapped(sample);
				const told = [
					...(found.ambiguous.length > 0 ? ['column-ambiguous'] : []),
					...missingCodes(found),
					...(verdicts.includes('ambiguous') ? ['dates-ambiguous'] : []),
					...(verdicts.includes('conflicting') ? ['dates-conflicting'] : []),
				];
				const ours = (expected.codes ?? []).filter((code) => /^(column|dates)-/.test(code));
				if (ours.length > 0) expect(told).toEqual(ours);
				return;
			}
			const { found, verdicts, records } = mapped(sample);
			expect(found.ambiguous).toEqual([]);
			expect(Object.fromEntries(found.matches.map(({ attribute, column }) => [attribute, column]))).toEqual(
				expected.mapping,
			);
			expect(found.unmatched).toEqual(expected.leftOut);
			expect(verdicts.filter((kind) => kind !== 'decided')).toEqual([]);
			expect(records).toEqual(expected.records);
		},
	);
});
