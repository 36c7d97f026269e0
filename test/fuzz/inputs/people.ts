import { DATE_WRITERS, randomDay } from './days';
import type { Random } from '../random';
import { cell } from './csvText';
import { damaged } from './mutations';

/** Rows of people as an HR system exports them, with faults here and there. */
export interface People {
	header: string[];
	rows: Buffer[][];
	/** how the hire dates are written, and what they are where they are dates: MM/DD/YYYY, by row */
	days: Array<string | undefined>;
}

/** What a name of our headers is as an attribute; the others are sent under their own names or left out. */
export const HEADERS = {
	vivaHr: [
		'PersonId',
		'ManagerId',
		'Organization',
		'HireDate',
		'Layer',
		'HourlyRate',
		'SupervisorIndicator',
		'Location',
		'Note',
	],
	organizationalData: [
		'Microsoft_PersonEmail',
		'Microsoft_ManagerEmail',
		'Microsoft_Organization',
		'Microsoft_HireDate',
		'Microsoft_Layer',
		'Microsoft_HourlyRate',
		'Microsoft_SupervisorIndicator',
		'Microsoft_JobTitle',
		'Note',
	],
} as const;

/** Makes people; each has a note of their own, so that every row can be told from the others. */
export function people(random: Random, destination: keyof typeof HEADERS, mostRows: number): People {
	const writer = random.pick(Object.keys(DATE_WRITERS));
	const count = random.below(mostRows + 1);
	const faulty = random.oneIn(2);
	const days: Array<string | undefined> = [];
	const rows = Array.from({ length: count }, (_, number) => {
		const day = randomDay(random);
		const two = (value: number) => String(value).padStart(2, '0');
		days.push(`${two(day.month)}/${two(day.day)}/${day.year}`);
		const texts = [
			`person${number}@contoso.com`,
			number === 0 ? '' : 'person0@contoso.com',
			random.pick(['Sales', 'R&D, Munich', '"Old" Works', '研究']),
			DATE_WRITERS[writer].write(day),
			String(random.below(9)),
			random.pick(['23.75', '', '12']),
			random.pick(['IC', 'Mngr', 'Mngr+']),
			cell(random).replace(/[\r\n]/g, ' '),
			`n${number}`,
		];
		const row = texts.map((text): Buffer => Buffer.from(text));
		if (faulty && random.oneIn(4)) {
			const at = random.below(row.length - 1);
			row[at] = random.oneIn(3)
				? damaged(random, row[at], 1)
				: Buffer.from(
						random.pick(['', ' ', 'x', '1,5', '31.02.2026', ' 7 ', "''", 'two\nlines', '\xe9']),
						'latin1',
					);
			if (at === 3) days[number] = undefined;
		}
		if (faulty && random.oneIn(20)) row.splice(random.below(row.length - 1), 1);
		return row;
	});
	return { header: [...HEADERS[destination]], rows, days };
}

/** The people as a CSV file. */
export function peopleFile({ header, rows }: Pick<People, 'header' | 'rows'>, delimiter = ','): Buffer {
	const field = (bytes: Buffer) => {
		const text = bytes.toString('latin1');
		const quoted = text.includes(delimiter) || /["\r\n]/.test(text);
		return quoted ? `"${text.replaceAll('"', '""')}"` : text;
	};
	const lines = [header.map((name) => Buffer.from(name)), ...rows].map((row) =>
		row.map(field).join(delimiter),
	);
	return Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1');
}
