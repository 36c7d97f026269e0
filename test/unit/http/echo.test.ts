import { createEchoFilter } from '../../../nodes/shared/http/echo';

const csv = Buffer.from(
	'UserPrincipalName,Rating\r\nann.lee@contoso.com,Excellent\r\n"Łukasz, Q.",Poor\r\nbob@contoso.com,abc\r\n',
);
const multipart = Buffer.concat([
	Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="info"\r\n\r\n'),
	csv,
]);
const json = Buffer.from('[{"PersonId":"ann.lee@contoso.com","Team": "Sales"}]');

describe.each([
	['text', csv, 'text/csv'],
	['multipart', multipart, 'multipart/form-data; boundary=x'],
] as const)('a body of %s', (_what, body, type) => {
	it.each([
		['Row 2: ann.lee@contoso.com is unknown', 'Row 2: [data] is unknown'],
		['Excellent, Poor and Excellent are no ratings', '[data], [data] and [data] are no ratings'],
		["Column 'Rating' is no column", "Column 'Rating' is no column"],
		['Excellently said', 'Excellently said'],
		['Łukasz is not there', '[data] is not there'],
		['abc is short', 'abc is short'],
		['no', 'no'],
		['', ''],
	])('%s', (said, shown) => {
		expect(createEchoFilter(body, type)(said)).toBe(shown);
	});
});

it('cuts the longest value first', () => {
	const body = Buffer.from('Name\nAnna\nAnna Lee\n');
	expect(createEchoFilter(body, 'text/csv')('Anna Lee is unknown, Anna too')).toBe(
		'[data] is unknown, [data] too',
	);
});

it('knows the names of JSON from its values', () => {
	const filter = createEchoFilter(json, 'application/json');
	expect(filter('PersonId ann.lee@contoso.com of Sales, Team')).toBe('PersonId [data] of [data], Team');
});
