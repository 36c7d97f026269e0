import fc from 'fast-check';
import { characterFault, textFault } from '../../../nodes/shared/checks/valueFaults';
import { isBlank, isDouble, isEmail, isInteger } from '../../../nodes/shared/core/bytes';
import { yearFirstDay } from '../../../nodes/shared/dates/dateBytes';
import { PersonHash } from '../../../nodes/shared/people/personHash';
import { CSV_LIMITS, readCsv } from '../../../nodes/shared/csv/csvReader';
import { createCsvScanner } from '../../../nodes/shared/csv/csvScanner';
import {
	FieldQuoting,
	partOf,
	RecordMark,
	type RecordBatch,
	type ValidatedColumn,
} from '../../../nodes/shared/records/recordBatch';
import { inPieces } from './reading';

/** Reads a file without a header that fits into one batch, and looks at that batch. */
async function withBatch<T>(text: string, look: (batch: RecordBatch) => T, columns = 1): Promise<T> {
	const header = Array.from({ length: columns }, (_, c) => `c${c}`);
	const table = await readCsv(inPieces(text), { header, delimiter: ',' });
	for await (const batch of table.batches) return look(batch);
	throw new Error('no records');
}

/** Whether the sweep takes a value for right; it stands in quotes, which every form allows. */
async function passes(value: string, form: ValidatedColumn['form'], required = false): Promise<boolean> {
	const wanted = {
		width: 1,
		columns: [{ sourceIndex: 0, form, required }],
		mostBytes: 1000,
		notableBytes: 0,
	};
	return await withBatch(`"${value}"\n`, (batch) => batch.validation?.validate(wanted)[0] === 1);
}

/** Whether nothing is found about a text. */
function isUsual(bytes: Buffer, start: number, end: number): boolean {
	return textFault(bytes, start, end) === undefined && characterFault(bytes, start, end) === undefined;
}

const rules: Array<[ValidatedColumn['form'], (bytes: Uint8Array, start: number, end: number) => boolean]> = [
	['email', isEmail],
	['integer', isInteger],
	['double', isDouble],
	['date', (bytes, start, end) => yearFirstDay(bytes, start, end) > 0],
	['text', (bytes, start, end) => !isBlank(bytes, start, end) && isUsual(Buffer.from(bytes), start, end)],
];

const usual: Record<string, string[]> = {
	email: [
		'ann.lee@contoso.com',
		"o'neil+x_y@mail-1.contoso.co.uk",
		`${'l'.repeat(60)}@d.ee`,
		`${'l'.repeat(20)}@${'d'.repeat(60)}.com`,
		`${'a.b-c'.repeat(12)}@c.de`,
		'A@B.CD',
	],
	integer: ['0', '-1', '007', '123456789'],
	double: ['23.75', '-0.5', '40', '1234567890123'],
	date: ['2024-02-29', '1999-12-31', '2000-02-29'],
	text: [
		...[
			'HR',
			'Nancy',
			'Norway',
			'Nil Desperandum',
			'Nullarbor',
			'None of the above',
			'N/A2',
			'US',
			'Under',
			'undefinedx',
		],
		...[
			'1',
			'12345',
			'1+1',
			'-',
			'42 Main Street',
			'Köln',
			'São Paulo',
			'SÃO PAULO',
			'O’Brien',
			'営業部',
			'エンジン',
			'한국',
		],
		...['–', '…', '👩‍💻', 'a'.repeat(100), `${'é'.repeat(40)}b`, 'NBSP inside', '+49 30 1234'],
	],
};

const wrong: Record<string, string[]> = {
	email: [
		'a@b.c',
		'a@b',
		'@b.de',
		'a@.de',
		'a.@b.de',
		'.a@b.de',
		'a@b..de',
		'a@-b.de',
		'a@b-.de',
		'a@b.d3',
		'a b@c.de',
		' ',
	],
	integer: ['-', '1.0', '1 000', '9999999999'],
	double: ['.5', '5.', '1.2.3', '-', '1,5'],
	text: [
		...[
			'NULL',
			'null',
			'Null',
			'N/A',
			'n/a',
			'n.a.',
			'None',
			'nil',
			'NaN',
			'undefined',
			'[object Object]',
			'(null)',
			'<null>',
		],
		...[
			'#N/A',
			'#REF!',
			'#DIV/0!',
			'#NAME?',
			"'00042",
			'1.23E+10',
			'1E+05',
			'-1.2e+123',
			'\u00a0',
			'\u3000',
			'\u2003x',
		],
		...[
			'KÃ¶ln',
			'Â°',
			'donâ€™t',
			'x\ufffd',
			'I\u200bT',
			'a\u00adb',
			'\u202eabc',
			'x\ufeff',
			`${'é'.repeat(40)}\u200b`,
		],
		...['=SUM', ' '],
	],
	date: ['2023-02-29', '1900-02-29', '0999-01-01', '9000-01-01', '2024-13-01', '2024-04-31', '2024-00-10'],
};

const nearlyValues: Record<string, fc.Arbitrary<string>> = {
	email: fc.oneof(
		fc.string({ unit: fc.constantFrom(...'aZ09.-@_+!ü\u0000'.replace('\u0000', '')), maxLength: 12 }),
		fc
			.tuple(
				fc.integer({ min: 0, max: 70 }),
				fc.integer({ min: 0, max: 70 }),
				fc.constantFrom('.', '..', '-.', '.-', '.c1', '.de'),
			)
			.map(
				([local, label, end]) =>
					`${'l'.repeat(local)}@${'d'.repeat(label)}${end}${end === '.de' ? '' : 'de'}`,
			),
		fc
			.tuple(fc.constantFrom(...usual.email), fc.nat(80), fc.constantFrom(...'@.-_ é9'))
			.map(([email, at, put]) => email.slice(0, at) + put + email.slice(at + 1)),
	),
	integer: fc.oneof(
		fc.integer().map(String),
		fc.string({ unit: fc.constantFrom(...'0129-. '), maxLength: 12 }),
	),
	double: fc.oneof(
		fc.double().map(String),
		fc.string({ unit: fc.constantFrom(...'0129-.. '), maxLength: 12 }),
	),
	text: fc.string({
		unit: fc.constantFrom(
			...[
				'N',
				'n',
				'U',
				'L',
				'l',
				'o',
				'e',
				'/',
				'A',
				'.',
				'#',
				'R',
				'F',
				'!',
				'?',
				'=',
				"'",
				'[',
				'(',
				')',
				'1',
				'E',
				'+',
				' ',
			],
			...[
				'Ã',
				'Â',
				'¶',
				'â',
				'€',
				'™',
				'\u00a0',
				'\u200b',
				'\u200d',
				'\u3000',
				'\ufeff',
				'\ufffd',
				'é',
				'営',
				'’',
				'\u00ad',
			],
			...['null', 'None', 'undefined', 'NaN', '1.23E+10', '-'],
		),
		maxLength: 20,
	}),
	date: fc
		.tuple(fc.nat(10_000), fc.nat(14), fc.nat(33), fc.constantFrom('-', '-', '-', '/', '–'))
		.map(([year, month, day, sign]) =>
			[String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join(
				sign,
			),
		),
};

describe('a sweep over a batch of CSV', () => {
	describe.each(rules)('of the form %s', (form, rule) => {
		it.each(usual[form])('lets %s pass', async (value) => {
			expect(await passes(value, form)).toBe(true);
		});

		it.each(wrong[form])('does not let %s pass', async (value) => {
			expect(await passes(value, form)).toBe(false);
		});

		it('lets nothing pass that the rule refuses', async () => {
			await fc.assert(
				fc.asyncProperty(nearlyValues[form], async (value) => {
					const bytes = Buffer.from(value, 'utf8');
					if (value === '') return;
					const passed = await passes(value, form);
					if (passed) expect([value, rule(bytes, 0, bytes.length)]).toEqual([value, true]);
				}),
				{ numRuns: 3000 },
			);
		});
	});

	it.each([
		['nothing', '', true, false],
		['a blank', ' ', false, false],
		['text', 'x', true, true],
	])('of %s passes as text where it may be missing: see %s', async (_, value, optional, required) => {
		expect(await passes(value, 'any')).toBe(optional);
		expect(await passes(value, 'any', true)).toBe(required);
	});

	it('does not let doubled quotes pass as a value of a type', async () => {
		const wanted = {
			width: 1,
			columns: [{ sourceIndex: 0, form: 'email' as const, required: false }],
			mostBytes: 100,
			notableBytes: 0,
		};
		expect(await withBatch('"a""@b.de"\n', ({ validation }) => validation?.validate(wanted)[0])).toBe(0);
	});

	it('points at records of another width, with line breaks, with long values and with a notable length', async () => {
		const text = 'a,b\na\na,b,c\n"x\ny",b\na,longer\na,four\na,b\n';
		const wanted = { width: 2, columns: [], mostBytes: 7, notableBytes: 4 };
		expect(
			await withBatch(text, ({ validation }) => [...validation!.validate(wanted).subarray(0, 7)], 2),
		).toEqual([1, 0, 0, 0, 0, 0, 1]);
	});

	it('leaves all to the rules where there are more columns than it has room for', async () => {
		const columns = Array.from({ length: 1025 }, () => ({
			sourceIndex: 0,
			form: 'any' as const,
			required: false,
		}));
		const wanted = { width: 1, columns, mostBytes: 10, notableBytes: 0 };
		expect(await withBatch('a\n', ({ validation }) => validation?.validate(wanted)[0])).toBe(0);
	});

	it('tells the days of a column, and how many values are none', async () => {
		const text = 'a,2024-03-31\nb,31/03/2024\nc,"1999-01-01"\nd,\ne\n';
		const found = await withBatch(
			text,
			(batch) => {
				const { days, others, latest } = batch.validation!.days(1);
				return { days: [0, 1, 2, 3].map((r) => days[batch.fields[r] + 1]), others, latest };
			},
			2,
		);
		const latest = (2024 * 12 + 3) * 31 + 31;
		expect(found).toEqual({ days: [latest, 0, (1999 * 12 + 1) * 31 + 1, 0], others: 3, latest });
	});

	it('hashes as the index of people does', async () => {
		const hash = new PersonHash();
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.string({ unit: fc.constantFrom(...'aBz@.-Zé{[` \t\u00a0\u3000\u200b'), maxLength: 20 }), {
					minLength: 1,
					maxLength: 20,
				}),
				async (values) => {
					const text = values.map((value) => `x,"${value}"\n`).join('');
					await withBatch(
						text,
						(batch) => {
							const quick = batch.validation!.hashes(1);
							values.forEach((value, r) => {
								const bytes = Buffer.from(value, 'utf8');
								hash.of(bytes, 0, bytes.length);
								expect([...quick.subarray(r * 2, r * 2 + 2)]).toEqual([hash.low, hash.high]);
							});
						},
						2,
					);
				},
			),
		);
	});

	it('hashes what is no address to nothing', async () => {
		const values = ['""', '" "', '" \t"', 'x""y', '"x""y"', 'a'];
		const hashed = await withBatch(
			`${values.map((value) => `x,${value}\n`).join('')}x\n`,
			({ validation }) => [...validation!.hashes(1).slice(0, 14)],
			2,
		);
		const nothing = values.concat('missing').map((_, r) => hashed[r * 2] === 0 && hashed[r * 2 + 1] === 0);
		expect(nothing).toEqual([true, true, true, false, true, false, true]);
	});

	it.each([
		['a,b', 0],
		['a,"b,c"', 0],
		['a,"b ""c"""', 0],
		['a,"b\nc"', RecordMark.lineBreak],
		['a,"b"', RecordMark.otherwise],
		['a,""', RecordMark.otherwise],
		['a,b"c', RecordMark.otherwise],
	])('marks how %j stands in the text', async (text, marks) => {
		expect(await withBatch(`${text}\n`, ({ validation }) => validation?.marks[0], 2)).toBe(marks);
	});

	it('counts records from the first that is given out', async () => {
		const table = await readCsv(inPieces('title\n\nname,mail\nann,a@b.de\nbob,none\n'), {
			skipLinesBefore: 2,
		});
		for await (const { validation, records, rows } of table.batches) {
			const columns = [{ sourceIndex: 1, form: 'email' as const, required: true }];
			const clean = validation!.validate({ width: 2, columns, mostBytes: 100, notableBytes: 0 });
			expect([records, rows[0], ...clean.subarray(0, 2)]).toEqual([2, 4, 1, 0]);
		}
	});

	it('goes along with a part of a batch', async () => {
		const wanted = {
			width: 2,
			columns: [{ sourceIndex: 1, form: 'date' as const, required: true }],
			mostBytes: 100,
			notableBytes: 0,
		};
		await withBatch(
			'a,x\nb,"y"\nc,2024-01-31\nd,z\n',
			(batch) => {
				const { validation, fields } = partOf(batch, 1, 3);
				expect([...validation!.validate(wanted).subarray(0, 2)]).toEqual([0, 1]);
				expect([...validation!.marks.subarray(0, 2)]).toEqual([RecordMark.otherwise, 0]);
				expect(validation!.joinColumns([{ from: 0, count: 2 }], 1, 1)?.toString()).toBe('c,2024-01-31\r\n');
				const { days, others } = validation!.days(1);
				expect([days[fields[1] + 1] > 0, others]).toEqual([true, 1]);
			},
			2,
		);
	});

	it('takes nothing over from a reading that failed', async () => {
		const failing = readCsv(inPieces(`h,i,j\n${'"a,b","c ""d""","e"\n'.repeat(50)}"a"b\n`));
		await expect(failing).rejects.toThrow('closing quote');
		const line = 'ann,sales,oslo\n';
		const columns = [
			{ from: 0, count: 1 },
			{ from: 2, count: 1 },
		];
		await withBatch(
			line.repeat(40),
			({ validation, records, quoting }) => {
				expect(Math.max(...quoting.subarray(0, records * 3))).toBe(FieldQuoting.plain);
				expect(validation!.joinColumns(columns, 0, records)?.toString()).toBe('ann,oslo\r\n'.repeat(40));
			},
			3,
		);
	});

	it('leaves nothing of a file in memory that is used again', async () => {
		await withBatch('secret,salary\n'.repeat(30), ({ records }) => expect(records).toBe(30), 2);
		const { text, close } = createCsvScanner(CSV_LIMITS);
		expect(text.resize(1_000).includes('salary')).toBe(false);
		close();
	});

	it('keeps readings apart that go on at the same time', async () => {
		const file = (name: string) => `h\n${Array.from({ length: 5000 }, (_, i) => `${name}${i}`).join('\n')}\n`;
		const read = async (name: string) => {
			const table = await readCsv(inPieces(file(name), [1000]), { batchBytes: 2000 });
			let all = '';
			for await (const batch of table.batches) {
				await new Promise(setImmediate);
				all += batch.bytes.toString('utf8', batch.starts[0], batch.ends[batch.fields[batch.records] - 1] + 1);
			}
			return `h\n${all}`;
		};
		const names = ['ann', 'bob', 'cy', 'dee'];
		expect(await Promise.all(names.map(read))).toEqual(names.map(file));
	});

	it('does not give memory to others while a reading that was given up still fills it', async () => {
		let goOn = () => undefined as void;
		async function* slow() {
			yield Buffer.from(`h\n${'given up\n'.repeat(100)}`);
			await new Promise<void>((resolve) => (goOn = () => resolve()));
			yield Buffer.from('given up\n'.repeat(100));
		}
		const first = await readCsv(slow(), { batchBytes: 200, delimiter: ',' });
		const next = (async () => {
			for (;;) if ((await first.batches[Symbol.asyncIterator]().next()).done) return;
		})();
		await new Promise(setImmediate);
		void first.batches[Symbol.asyncIterator]().return?.();
		const second = await readCsv(inPieces(`h\n${'kept\n'.repeat(300)}`, [50]), {
			batchBytes: 200,
			delimiter: ',',
		});
		goOn();
		await next;
		for await (const batch of second.batches) {
			await new Promise(setImmediate);
			expect(batch.bytes.toString('latin1')).not.toContain('given up');
		}
	});
});
