/** A table of people as it goes in: a header and rows of cells. */
export interface People {
	header: string[];
	rows: string[][];
}

/** Stands in one cell of every table, so that a search can tell whether row values got where they must not be. */
export const plantedOrganization = 'Planted Zebra 7319';

/** People with names that need care on the way: quotes, commas, other scripts, four-byte letters. */
export const vivaPeople: People = {
	header: [
		'PersonId',
		'ManagerId',
		'Organization',
		'EffectiveDate',
		'LevelDesignation',
		'HireDate',
		'Layer',
		'HourlyRate',
	],
	rows: [
		['ceo@contoso.com', '', 'Executive Office', '01/31/2025', 'Executive', '02/01/2001', '0', '250.5'],
		[
			'zoe.mueller@contoso.com',
			'ceo@contoso.com',
			'Sales, EMEA',
			'01/31/2025',
			'Director',
			'12/31/2010',
			'1',
			'99.99',
		],
		[
			"d'arcy.o'brien@contoso.com",
			'ceo@contoso.com',
			'Skunk "Works"',
			'01/31/2025',
			'Manager',
			'02/29/2016',
			'1',
			'80',
		],
		['ji.wang@contoso.com', 'zoe.mueller@contoso.com', '王𠮷 / 研究開発', '01/31/2025', '', '', '2', ''],
		[
			'noa.cohen@contoso.com',
			'zoe.mueller@contoso.com',
			plantedOrganization,
			'01/31/2025',
			'עובד',
			'06/15/2020',
			'2',
			'42',
		],
	],
};

/** The same kind of people with the names of Organizational Data. */
export const profiles: People = {
	header: [
		'Microsoft_PersonEmail',
		'Microsoft_ManagerEmail',
		'Microsoft_Organization',
		'Microsoft_JobTitle',
		'Microsoft_Layer',
	],
	rows: [
		['ceo@contoso.com', '', 'Executive Office', 'Chief "Everything" Officer', '0'],
		['zoe.mueller@contoso.com', 'ceo@contoso.com', 'Sales, EMEA', 'Directeur général, Ventes', '1'],
		['ji.wang@contoso.com', 'zoe.mueller@contoso.com', plantedOrganization, '研究員𠮷', '2'],
	],
};

/** Answers to a survey: the headers are the questions. */
export const survey: People = {
	header: ['PersonId', 'SurveyDate', 'I would recommend this company', 'Comment'],
	rows: [
		['zoe.mueller@contoso.com', '03/31/2025', '5', 'Great, really "great"'],
		['ji.wang@contoso.com', '03/31/2025', '4', '很好𠮷'],
		['noa.cohen@contoso.com', '03/31/2025', '2', plantedOrganization],
	],
};

/** A table as n8n items: an object a row. */
export function asItems({ header, rows }: People): Array<Record<string, string>> {
	return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
}

/** A table without the order of its columns, which is the destination's affair; every cell and every row counts. */
export function byColumn({ header, rows }: People): {
	columns: string[];
	rows: Array<Record<string, string>>;
} {
	return { columns: [...header].sort(), rows: asItems({ header, rows }) };
}

/** So many people that the table is larger than what a network connection buffers: about 300 bytes each. */
export function manyPeople(count: number): People {
	const filler = 'A place with a long name, '.repeat(8);
	return {
		header: ['PersonId', 'ManagerId', 'Organization', 'Location'],
		rows: Array.from({ length: count }, (_, index) => [
			`person${index}@contoso.com`,
			index === 0 ? '' : 'person0@contoso.com',
			'Operations',
			`${filler}${index}`,
		]),
	};
}

/** A table as CSV: UTF-8, CRLF, quotes where needed. */
export function asCsv({ header, rows }: People): string {
	const cell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
	return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
