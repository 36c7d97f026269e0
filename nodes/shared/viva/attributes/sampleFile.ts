import { isNumberAttribute } from '../../managers/numberAttributes';
import { problem } from '../../core/problem';
import type { MappingEntry } from '../../columns/planColumns';
import type { ValueType } from '../../columns/columnPlan';
import { csvLine } from '../../csv/csvText';
import { ATTRIBUTE_SETS, type OrganizationalDataAttribute, type VivaHrAttribute } from './attributes';
import type { DestinationId } from '../service/destinations';

/** Values of the two made-up people: the head of a company, and somebody who reports there. */
type Pair = readonly [string, string];

const PERSON: Pair = ['alex.example@contoso.com', 'kim.example@contoso.com'];
const MANAGER: Pair = ['', PERSON[0]];

type BareName<Name extends string> = Name extends `Microsoft_${infer Bare}` ? Bare : Name;

/** By the attribute's name without `Microsoft_`. */
const BY_NAME: Readonly<Record<string, Pair>> = {
	Organization: ['Executive Office', 'Sales'],
	EffectiveDate: ['01/31/2026', '01/31/2026'],
	LevelDesignation: ['Executive', 'Senior IC'],
	FunctionType: ['Management', 'Sales'],
	JobDiscipline: ['Management', 'Sales'],
	HireDate: ['02/01/2016', '06/15/2023'],
	Location: ['Oslo', 'Bergen'],
	CountryOrRegion: ['Norway', 'Norway'],
	Layer: ['0', '1'],
	SupervisorIndicator: ['Mngr', 'IC'],
	FirstName: ['Alex', 'Kim'],
	LastName: ['Example', 'Example'],
	DisplayName: ['Alex Example', 'Kim Example'],
	JobTitle: ['Managing Director', 'Account Manager'],
	GlintEmploymentStatus: ['ACTIVE', 'ACTIVE'],
} satisfies Partial<Record<BareName<VivaHrAttribute | OrganizationalDataAttribute>, Pair>>;

const BY_TYPE: Readonly<Record<ValueType, Pair>> = {
	string: ['Example A', 'Example B'],
	email: PERSON,
	date: ['01/31/2026', '02/28/2026'],
	integer: ['1', '2'],
	double: ['1.5', '2.5'],
};

/** Which columns a sample file has, and whether there are rows below. */
export interface SampleSettings {
	/** names of attributes of the destination, in any order; none for all */
	attributes: readonly string[];
	/** the user's mapping: names of the user's own in it become columns too */
	mapping: readonly MappingEntry[];
	madeUpRows: boolean;
}

/**
 * Writes a file that shows an admin center which columns will come.
 * @param destination see {@link DestinationId}
 * @param wishes see {@link SampleSettings}
 * @returns names of the columns, and the file as CSV text
 * @throws Problem `configuration` where no column is left
 */
export function sampleFile(
	destination: DestinationId,
	{ attributes, mapping: lines, madeUpRows }: SampleSettings,
): { columns: string[]; text: string } {
	const set = ATTRIBUTE_SETS[destination];
	const valuesOf = (name: string, type: ValueType): Pair => {
		if (name === set.people?.person) return PERSON;
		if (name === set.people?.manager) return MANAGER;
		return BY_NAME[name.replace(/^Microsoft_/, '')] ?? BY_TYPE[type];
	};
	const mapping = lines.filter((entry) => !isNumberAttribute(entry));
	const pairs = new Map<string, Pair>();
	const wanted = new Set([...attributes, ...mapping.map(({ attribute }) => attribute)]);
	for (const { name, type } of set.attributes) {
		if (attributes.length === 0 || wanted.has(name)) pairs.set(name, valuesOf(name, type));
	}
	for (const { attribute, type = 'string' } of mapping) {
		if (!pairs.has(attribute)) pairs.set(attribute, BY_TYPE[type]);
	}
	if (pairs.size === 0) {
		throw problem.configuration(
			'The sample file would have no column.',
			"Add the columns of your survey under 'Column Mapping': their names are published nowhere.",
		);
	}
	const columns = [...pairs.keys()];
	const rows = madeUpRows ? ([0, 1] as const) : [];
	const made = rows.map((row) => csvLine([...pairs.values()].map((pair) => pair[row])));
	return { columns, text: [csvLine(columns), ...made].join('') };
}
