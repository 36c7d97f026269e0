import fc from 'fast-check';
import { foldStep, nameForms, normalizeColumnName } from '../../../nodes/shared/columns/normalizeColumnName';
import { anyText } from '../../helpers/anyText';

describe('normalizeColumnName', () => {
	it.each([
		['Work_Email', 'workemail'],
		['workEmail', 'workemail'],
		['  Work  E-Mail ', 'workemail'],
		['WORK EMAIL', 'workemail'],
		['wd:Work_Email', 'workemail'],
		['@wd:Descriptor', 'descriptor'],
		['ns1:Worker/ns1:Email', 'email'],
		['Worker.Email', 'email'],
		['Report_Entry[0].Worker.Email', 'email'],
		['attributes.email.value', 'email'],
		["Worker's_Manager_group.Manager_Email", 'manageremail'],
		['Age_group', 'agegroup'],
		['Manager.Email', 'manageremail'],
		['manager/email', 'manageremail'],
		['Work Contact: Work Email', 'workcontactworkemail'],
		['Hire.Date', 'hiredate'],
		['Worker', 'worker'],
		['Fecha de contratación', 'fechadecontratacion'],
		['Straße', 'strasse'],
		['Führungskraft', 'fuhrungskraft'],
		["Date d'entrée", 'datedentree'],
		['ＥＭＡＩＬ', 'email'],
		['ﾒｰﾙｱﾄﾞﾚｽ', 'メールアドレス'],
		['\u30e1\u30fc\u30eb\u30a2\u30c8\u3099\u30ec\u30b9', 'メールアドレス'],
		['İşe Giriş', 'isegiris'],
		['Employee #', 'employee'],
		['---', ''],
		['', ''],
	])('folds %j to %j', (name, folded) => {
		expect(normalizeColumnName(name)).toBe(folded);
	});

	it('changes nothing when it is applied again', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), anyText()), (name) => {
				expect(normalizeColumnName(normalizeColumnName(name))).toBe(normalizeColumnName(name));
			}),
			{ numRuns: 2000 },
		);
	});

	it('does not see case, blanks or separators between words', () => {
		const word = fc.stringMatching(/^[a-z]{1,8}$/);
		fc.assert(
			fc.property(
				fc.array(word, { minLength: 1, maxLength: 4 }),
				fc.constantFrom('', ' ', '_', '-'),
				(words, by) => {
					const joined = words.map((w) => w[0].toUpperCase() + w.slice(1)).join(by);
					expect(normalizeColumnName(joined)).toBe(words.join(''));
				},
			),
		);
	});
});

describe('nameForms', () => {
	const folded = (name: string) => nameForms(name).map((form) => form.folded);

	it.each([
		['Person.Id', ['personid', 'id']],
		['Work Email', ['workemail']],
		['***', []],
		['Hire Date (DD.MM.YYYY)', ['hiredateddmmyyyy', 'hiredate']],
		['入社日（必須）', ['入社日必須', '入社日']],
		['(Hire Date)', ['hiredate']],
		['wd:Hire_Date', ['wdhiredate', 'hiredate']],
	])('are those under which %j may be known', (name, forms) => {
		expect(folded(name)).toEqual(forms);
	});

	it.each([
		['Hire Date (planned)', 'hiredate', [{ kind: 'note', text: 'planned' }]],
		['Emergency_Contact_group.Email', 'email', [{ kind: 'group', text: 'Emergency_Contact' }]],
		['managerGroup/workEmail', 'workemail', [{ kind: 'group', text: 'manager' }]],
		['home:City', 'city', [{ kind: 'prefix', text: 'home' }]],
		['Private:Email', 'privateemail', []],
		['personalData.email', 'personaldataemail', []],
		['Worker.Email', 'email', []],
	])('keep what is passed over in %j', (name, form, passedOver) => {
		expect(nameForms(name).find((each) => each.folded === form)?.passedOver).toEqual(passedOver);
	});
});

it('folds a name in ASCII as it folds any other', () => {
	// An accented letter sends the same name the longer way.
	fc.assert(
		fc.property(fc.string({ unit: 'binary-ascii' }), (name) => {
			expect(foldStep(`${name}é`)).toBe(`${foldStep(name)}e`);
		}),
	);
});
