import { count, number } from '../core/format';
import { problem, type Problem } from '../core/problem';

/**
 * What became of rows must add up to all of them: a row that nobody counted was lost, or came twice.
 * @param rows how many there are
 * @param parts what became of how many of them: `{ confirmed: 497, rejected: 3 }`
 * @param kind `input` where nothing has left, `inDoubt` where something has
 * @returns nothing where they add up
 */
export function accountProblem(
	rows: number,
	parts: Readonly<Record<string, number>>,
	kind: 'input' | 'inDoubt',
): Problem | undefined {
	const counted = Object.values(parts).reduce((sum, part) => sum + part, 0);
	if (counted === rows) return undefined;
	const difference = Math.abs(rows - counted);
	const told = Object.entries(parts).map(([name, part]) => `${number(part)} ${name}`);
	return problem[kind](
		`The rows do not add up: of ${number(rows)}, ${told.join(', ')}; ${count(difference, 'row')} ${rows > counted ? 'are missing' : 'too many'}.`.replace(
			/\b1 row are/,
			'1 row is',
		),
		`${kind === 'input' ? 'Nothing was sent. ' : ''}This is a fault of this package; please report it to its authors with these numbers.`,
		{ code: 'rowsMissing', rows, ...parts },
	);
}
