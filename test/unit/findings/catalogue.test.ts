import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../../nodes/shared/findings/finding';
import { CATALOGUE, sentenceOf, type RuleCode } from '../../../nodes/shared/findings/catalogue';
import { createFindings } from '../../../nodes/shared/findings/findings';
import { checkItems } from '../../fixtures/checkedInput';
import { ANN, CEO, RULE_CASES, type Check } from '../../fixtures/ruleCases';

const CODES = Object.keys(CATALOGUE) as RuleCode[];

async function findingsOf(code: RuleCode, check: Check): Promise<Finding[]> {
	return (await check()).findings.list.filter((finding) => finding.code === code);
}

describe.each(CODES)('%s', (code) => {
	const { breaks, keeps, sentence, row, times = 1 } = RULE_CASES[code];

	it('is found, and told in a sentence', async () => {
		const found = await findingsOf(code, breaks);
		expect(found.map(({ message }) => message)).toEqual(Array(times).fill(sentence));
		expect(found[0]).toMatchObject({ severity: CATALOGUE[code].severity });
		expect(found[0].row).toBe(row);
	});

	it('is not found where it is just kept', async () => {
		expect(await findingsOf(code, keeps)).toEqual([]);
	});

	it('is an error that keeps everything back, or a warning that keeps nothing back', async () => {
		const { findings, file } = await breaks();
		if (CATALOGUE[code].severity === 'error') expect(file).toBeUndefined();
		else if (!code.startsWith('purview-') && findings.errors === 0) expect(file).toBeDefined();
	});

	it('reads well', () => {
		const rule = CATALOGUE[code];
		for (const text of [sentence, rule.advice]) {
			expect(text).toMatch(/^[A-Z'"{(0-9dm].*[^.]\.$/);
			expect(text).not.toMatch(/ {2}|\bUTF8\b|null|undefined|regex|parse|field\(s\)|row\(s\)/);
			expect(text.length).toBeLessThan(180);
		}
		expect(sentence).not.toMatch(/[{}]/);
		expect(sentence).not.toMatch(/\b1 \w+s\b(?! of)/);
	});

	it('says where it is written', () => {
		expect(CATALOGUE[code].source).toMatch(/^[A-F]\d+(, [A-F]\d+)*$/);
	});
});

it('every code is used, each by the code that checks it', () => {
	const root = join(__dirname, '../../../nodes');
	const texts = (readdirSync(root, { recursive: true }) as string[])
		.filter((file) => file.endsWith('.ts') && !file.endsWith('catalogue.ts') && !file.includes('n8n'))
		.map((file) => readFileSync(join(root, file), 'utf8'));
	expect(CODES.filter((code) => !texts.some((text) => text.includes(`'${code}'`)))).toEqual([]);
});

it('numbers of one and of many have their nouns', () => {
	expect(sentenceOf('row-ragged', { found: 2, expected: 1 })).toBe(
		'This row has 2 fields, the header has 1.',
	);
	expect(sentenceOf('zip-blank-lines', { count: 3 })).toContain('3 blank lines;');
});

it('an input that breaks no rule has no finding', async () => {
	const { findings, file } = await RULE_CASES['history-short'].keeps();
	expect(findings.list).toEqual([]);
	expect(file).toBeDefined();
});

it('rules that are only inferred never keep anything back unless the user says so', () => {
	const inferred = CODES.filter((code) => CATALOGUE[code].certainty === 'inferred');
	expect(inferred.filter((code) => CATALOGUE[code].severity === 'error')).toEqual([
		'column-ambiguous',
		'manager-numbers-unclear',
		'purview-user-name',
		'manager-numbers-unknown',
		'people-missing-many',
		'people-fewer',
		'people-too-few',
	]);
	const findings = createFindings({ severities: { 'manager-unknown': 'error', 'manager-self': 'off' } });
	findings.add('manager-unknown', { row: 2, column: 'x' });
	findings.add('manager-self', { row: 2, column: 'x' });
	expect([findings.errors, findings.warnings]).toEqual([1, 0]);
});

it('items are checked like rows of a file', async () => {
	const { findings } = await checkItems([{ ...CEO }, { ...ANN, Layer: ' ', Organization: 'H\nR' }]);
	expect(findings.list.map(({ code, row }) => [code, row])).toEqual([
		['value-only-blanks', 1],
		['value-newline', 1],
		['history-short', undefined],
	]);
});
