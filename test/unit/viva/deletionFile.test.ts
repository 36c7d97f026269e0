import { ATTRIBUTE_SETS } from '../../../nodes/shared/viva/attributes/attributes';
import { deletionFile } from '../../../nodes/shared/viva/attributes/deletionFile';

const wishes = { attributes: [], mapping: [], substitute: 'noname@contoso.com' };
const text = (attribute: string, type: 'string' | 'integer' | 'email' | 'date' | 'double') => ({
	column: attribute,
	attribute,
	type,
});

it('has a row for each person, with the marker of its type in every attribute', () => {
	const made = deletionFile(['a@x.co', 'b@x.co'], {
		...wishes,
		attributes: ['Microsoft_Layer', 'Microsoft_ManagerEmail', 'Microsoft_JobTitle'],
	});
	expect(made.text).toBe(
		[
			'Microsoft_PersonEmail,Microsoft_ManagerEmail,Microsoft_Layer,Microsoft_JobTitle',
			"a@x.co,noname@contoso.com,-1,''",
			"b@x.co,noname@contoso.com,-1,''",
			'',
		].join('\r\n'),
	);
	expect([made.people, made.duplicates]).toEqual([2, 0]);
});

it('without a choice deletes all attributes with a documented marker, and names the others', () => {
	const { columns, notDeleted } = deletionFile(['a@x.co'], wishes);
	expect(notDeleted).toEqual([
		'Microsoft_HireDate',
		'Microsoft_HourlyRate',
		'Microsoft_DotLineManagersEmailAndLabel',
		'Microsoft_AssistantsEmail',
	]);
	const names = ATTRIBUTE_SETS.organizationalData.attributes.map(({ name }) => name);
	expect([...columns, ...notDeleted].sort()).toEqual([...names].sort());
});

it('takes own attributes of the mapping with their types', () => {
	const mapping = [text('Cost_Center', 'string'), text('Grade', 'integer'), text('Bonus', 'double')];
	const made = deletionFile(['a@x.co'], { ...wishes, attributes: ['Microsoft_Layer'], mapping });
	expect(made.columns).toEqual(['Microsoft_PersonEmail', 'Microsoft_Layer', 'Cost_Center', 'Grade']);
	expect(made.text.split('\r\n')[1]).toBe("a@x.co,-1,'',-1");
	expect(made.notDeleted).toContain('Bonus');
	expect(made.notDeleted).toContain('Microsoft_JobTitle');
});

it('the same person in another case is one row', () => {
	const made = deletionFile(['a@x.co', ' A@X.co ', 'b@x.co'], wishes);
	expect([made.people, made.duplicates, made.text.split('\r\n').length]).toEqual([2, 1, 4]);
});

it.each([
	['no address', ['a@x.co', 'somebody'], {}, /^Item 1 /],
	['a blank address', ['', 'a@x.co'], {}, /^Item 0 /],
	['something that is no text', ['a@x.co', 7], {}, /^Item 1 /],
	['the substitute among the people', ['NoName@contoso.com'], {}, /substitute manager/],
	['a substitute that is no address', ['a@x.co'], { substitute: 'nobody' }, /substitute manager/],
	['a part of the three names', ['a@x.co'], { attributes: ['Microsoft_FirstName'] }, /Microsoft_LastName/],
	['no attribute with a marker', ['a@x.co'], { attributes: ['Microsoft_HourlyRate'] }, /delete nothing/],
])('refuses %s, without the value', (_name, addresses, more, message) => {
	const make = () => deletionFile(addresses, { ...wishes, ...more });
	expect(make).toThrow(message);
	expect(make).not.toThrow(/somebody/);
});
