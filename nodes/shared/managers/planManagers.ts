import type { ColumnVocabulary } from '../columns/alias';
import type { ColumnPlan } from '../columns/columnPlan';
import { quoted } from '../columns/headerRules';
import { matchColumns, type UserMapping } from '../columns/matchColumns';
import { planColumns, type MappingEntry, type MappingLine, type PlanRequest } from '../columns/planColumns';
import { fitOf } from '../columns/valueShapes';
import type { Findings } from '../findings/findings';
import { EMPLOYEE_NUMBER, isNumberAttribute, MANAGER_NUMBER } from './numberAttributes';

/** Share of the values that must look like numbers or keys. */
const MOSTLY = 0.5;
/** `4711`, `E-4711`, `4711.0`; no name, and no address. */
const IDENTIFIER = /^(?=.*\p{Nd})[\p{L}\p{N}._#/-]{1,40}$/u;

/** The columns of numbers, by their places. */
interface NumberColumns {
	manager: number;
	/** missing where it is not clear */
	employee?: number;
	/** columns that may be that of the employee */
	rivals: readonly string[];
}

/**
 * As `planColumns`; where no column surely holds the manager's address and one holds the manager's employee number, the plan says by
 * which columns the address is found. That needs both columns to be sure; where that of the employee is not, it is asked for.
 * @param request see {@link PlanRequest}; its mapping may name {@link EMPLOYEE_NUMBER} and {@link MANAGER_NUMBER}
 * @param vocabulary names of columns of employee numbers, with {@link EMPLOYEE_NUMBER} and {@link MANAGER_NUMBER} for attributes
 * @param findings takes what is wrong with the header
 * @throws Problem as `planColumns`
 */
export function planManagers(
	request: PlanRequest,
	vocabulary: ColumnVocabulary,
	findings: Findings,
): { plan: ColumnPlan; mapping: MappingLine[] } {
	const numbers = request.mapping.filter(isNumberAttribute);
	const mapped = request.mapping.filter((entry) => !isNumberAttribute(entry));
	const rest: PlanRequest = { ...request, mapping: mapped };
	const { people } = request.rules;
	const manager = people?.manager;
	const found = manager === undefined ? undefined : findNumbers(rest, vocabulary, { manager, numbers });
	if (!found || !people || manager === undefined) return planColumns(rest, findings);

	const { columns } = request;
	const column = columns[found.manager];
	if (found.employee === undefined) {
		findings.add('manager-numbers-unclear', {
			column,
			columns: found.rivals.length > 0 ? quoted(found.rivals, 'or') : 'none is surely that',
		});
		return planColumns(rest, findings);
	}
	const number = found.employee;
	const entry: MappingEntry = { column, attribute: manager };
	const others = rest.mapping.filter(({ attribute }) => attribute !== manager);
	const { plan, mapping } = planColumns({ ...rest, mapping: [...others, entry] }, findings);
	const person = plan.columns.find(({ name }) => name === people.person)?.sourceIndex ?? -1;
	const planned = plan.columns.find(({ name }) => name === manager);
	if (!planned || person < 0) return { plan, mapping };
	planned.byNumber = { number, person, name: columns[number] };
	planned.reason = `The column "${column}" holds the manager's employee number; the address is that of the person with this number in "${columns[number]}".`;
	const line = mapping.find(({ attribute }) => attribute === manager);
	const said = numbers.length > 0 || others.length < rest.mapping.length;
	if (line) Object.assign(line, { by: said ? 'user' : 'alias', sureness: 'sure', reason: planned.reason });
	return { plan, mapping };
}

function findNumbers(
	request: PlanRequest,
	vocabulary: ColumnVocabulary,
	{ manager, numbers }: { manager: string; numbers: readonly MappingEntry[] },
): NumberColumns | undefined {
	const { columns, samples, rules, mapping } = request;
	const valuesOf = (from: number) =>
		samples.map((row) => (row[from] ?? '').trim()).filter((value) => value !== '');
	const userMapping: UserMapping[] = [...numbers];
	// A line that says which column the manager is may mean the number.
	const said = mapping.find(({ attribute }) => attribute === manager);
	if (said && !numbers.some(({ attribute }) => attribute === MANAGER_NUMBER)) {
		userMapping.push({ column: said.column, attribute: MANAGER_NUMBER });
	}
	const named = new Set(userMapping.map(({ column }) => column));
	const matches = matchColumns({
		// Only columns of numbers take part.
		columns: columns.map((column, from) =>
			named.has(column) || areIdentifiers(valuesOf(from)) ? column : '',
		),
		attributes: [
			{ name: EMPLOYEE_NUMBER, type: 'string' },
			{ name: MANAGER_NUMBER, type: 'string' },
		],
		vocabulary,
		people: { person: EMPLOYEE_NUMBER, manager: MANAGER_NUMBER },
		samples,
		userMapping,
	});
	const placeOf = (wanted: string) => matches.matches.find(({ attribute }) => attribute === wanted)?.from;
	const from = placeOf(MANAGER_NUMBER);
	if (from === undefined || !areIdentifiers(valuesOf(from)) || hasTwin(columns, from)) return undefined;
	if (!numbers.some(({ attribute }) => attribute === MANAGER_NUMBER) && hasAddresses()) return undefined;
	return {
		manager: from,
		employee: placeOf(EMPLOYEE_NUMBER),
		rivals: [
			...matches.ambiguous.flatMap(({ attribute, candidates }) =>
				attribute === EMPLOYEE_NUMBER ? candidates : [],
			),
			...matches.proposals.flatMap(({ attribute, column, sureness }) =>
				attribute === EMPLOYEE_NUMBER && sureness === 'likely' ? [column] : [],
			),
		],
	};

	/** Whether a column surely holds the manager's address, or several may. */
	function hasAddresses(): boolean {
		const { attributes, people } = rules;
		const { vocabulary: names, matching } = request;
		const input = { columns, attributes, people, samples, matching };
		const { matches: sure, ambiguous } = matchColumns({ ...input, vocabulary: names, userMapping: mapping });
		const match = sure.find(({ attribute }) => attribute === manager);
		if (!match) return ambiguous.some(({ attribute }) => attribute === manager);
		return fitOf({ type: 'email' }, valuesOf(match.from)) !== 'contradicts';
	}
}

/** Whether the values look like employee numbers. Of none nobody can tell, and addresses may follow. */
function areIdentifiers(values: readonly string[]): boolean {
	const fitting = values.filter((value) => IDENTIFIER.test(value)).length;
	return values.length > 0 && fitting >= values.length * MOSTLY;
}

/** No line of the mapping can say which of two columns with one name is meant. */
function hasTwin(columns: readonly string[], from: number): boolean {
	return columns.indexOf(columns[from]) !== columns.lastIndexOf(columns[from]);
}
