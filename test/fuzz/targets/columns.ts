import { attributeVocabulary } from '../../../nodes/shared/viva/attributes/aliases';
import { createFindings } from '../../../nodes/shared/findings/findings';
import { planColumns, type OtherColumns } from '../../../nodes/shared/columns/planColumns';
import { ATTRIBUTE_SETS, attributesFor } from '../../../nodes/shared/viva/attributes/attributes';
import type { DestinationId } from '../../../nodes/shared/viva/service/destinations';
import { cell } from '../inputs/csvText';
import { damaged } from '../inputs/mutations';
import type { Random } from '../random';
import { expectSame, Mismatch, refusedWith, type Ending, type Target } from '../target';

/** A header with some rows, and what the user wishes. */
export interface ColumnsInput {
	destination: DestinationId;
	columns: string[];
	samples: string[][];
	mapping: Array<{ column: string; attribute: string }>;
	otherColumns: OtherColumns;
}

const NAMES = [
	'PersonId',
	'personid',
	'Work_Email',
	'Work Email',
	'Email',
	'wd:Email',
	'Worker.Email',
	'ManagerId',
	'Manager',
	"Manager's Email",
	'Organization',
	'Org',
	'Department',
	'Hire Date (DD.MM.YYYY)',
	'HireDate',
	'EffectiveDate',
	'Layer',
	'Microsoft_PersonEmail',
	'Microsoft_Secret',
	'TimeZone',
	'Gehalt €',
	'姓名',
	'ß',
	'',
	' ',
	'\ufeffPersonId',
	'__proto__',
	'constructor',
	'hasOwnProperty',
	'=cmd()',
	'a"b',
	'two\nlines',
	'x'.repeat(300),
	'(',
	'()',
	'[0]',
	'...',
	'///',
];

function make(random: Random): ColumnsInput {
	const columns = random.many(0, 8, () => {
		const name = random.pick(NAMES);
		return random.oneIn(8) ? damaged(random, Buffer.from(name), 1).toString('utf8') : name;
	});
	const value = () => random.pick(['ann@contoso.com', 'bob@contoso.com', '2026-03-14', '3', cell(random)]);
	const mapped = random.oneIn(4) && columns.length > 0;
	return {
		destination: random.pick(['vivaHr', 'organizationalData', 'vivaSurvey'] as const),
		columns,
		samples: random.many(0, 4, () => columns.map(value)),
		mapping: mapped
			? random.many(1, 2, () => ({
					column: random.oneIn(4) ? random.pick(NAMES) : random.pick(columns),
					attribute: random.pick(['PersonId', 'Organization', 'Own_Name', '', 'Layer']),
				}))
			: [],
		otherColumns: random.pick(['leaveOut', 'custom', 'error'] as const),
	};
}

function plan({ destination, columns, samples, mapping, otherColumns }: ColumnsInput) {
	const findings = createFindings();
	const rules = { ...ATTRIBUTE_SETS[destination], attributes: attributesFor(destination) };
	const vocabulary = attributeVocabulary(destination);
	const planned = planColumns(
		{ columns, samples, rules, vocabulary, mapping, matching: 'sure', otherColumns },
		findings,
	);
	return { ...planned, findings };
}

/** Headers of all kinds: no column vanishes or is sent twice, and their order decides nothing. */
export const columns: Target<ColumnsInput> = {
	name: 'columns',
	weight: 1,
	make,
	check(input): Ending {
		const { columns: names } = input;
		let result;
		try {
			result = plan(input);
		} catch (error) {
			return refusedWith(error);
		}
		const { plan: planned, findings } = result;
		const sent = planned.columns.map(({ sourceIndex }) => sourceIndex);
		// Unless the user wishes it.
		if (input.mapping.length === 0 && new Set(sent).size < sent.length)
			throw new Mismatch('a column is sent twice', undefined, planned.columns);
		if (sent.some((from) => from < 0 || from >= names.length))
			throw new Mismatch('a column is sent that is none');
		for (const { sourceIndex, sourceName } of planned.columns) {
			expectSame('the name of a sent column', sourceName, names[sourceIndex]);
		}
		const told = new Set(sent).size + planned.leftOut.length;
		if (told !== names.length && findings.errors === 0)
			throw new Mismatch('a column vanishes without a word');
		checkOrder(input, planned.columns);
		return findings.errors > 0 ? 'found' : 'accepted';
	},
};

/** The same columns the other way round become the same attributes. */
function checkOrder(input: ColumnsInput, found: ReturnType<typeof plan>['plan']['columns']): void {
	const { columns: names, samples } = input;
	// Of two columns with one name, which is which depends on where they stand.
	if (new Set(names).size < names.length) return;
	const turned = plan({
		...input,
		columns: [...names].reverse(),
		samples: samples.map((row) => [...row].reverse()),
	});
	const pairs = (columns: typeof found) =>
		columns.map(({ name, sourceName }) => `${sourceName} = ${name}`).sort();
	expectSame('what columns in another order become', pairs(turned.plan.columns), pairs(found));
}
