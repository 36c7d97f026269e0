import { CATALOGUE, type RuleCode } from '../../nodes/shared/findings/catalogue';
import type { CheckedInput, Severities } from '../fixtures/checkedInput';
import { RULE_CASES, type Check } from '../fixtures/ruleCases';
import { ONLY_THE_EMULATOR_REFUSES, ONLY_WE_REFUSE } from './differences';
import { emulatorVerdict } from './emulatorVerdict';

/** Purview's rules have tests of their own against the emulator's webhook: test/node/purviewHrSignal.test.ts. */
const CODES = (Object.keys(CATALOGUE) as RuleCode[]).filter((code) => !code.startsWith('purview-'));
const ALL_WARNINGS: Severities = Object.fromEntries(CODES.map((code) => [code, 'warning']));

/** What would be sent if nothing were an error; nothing where there is nothing left to be sent. */
async function sentAnyway(check: Check): Promise<Required<CheckedInput> | undefined> {
	const input = await check(ALL_WARNINGS);
	return input.file === undefined ? undefined : (input as Required<CheckedInput>);
}

describe.each(CODES)('%s', (code) => {
	const { breaks, keeps } = RULE_CASES[code];

	it('what breaks it is refused by both, or by neither', async () => {
		const input = await sentAnyway(breaks);
		if (!input) {
			expect(['file-empty', 'no-records']).toContain(code);
			return;
		}
		const { accepted, rules } = await emulatorVerdict(input);
		if (CATALOGUE[code].severity === 'error') {
			if (!(code in ONLY_WE_REFUSE)) expect(accepted).toBe(false);
			return;
		}
		const explained = input.findings.list.flatMap(
			(finding) => ONLY_THE_EMULATOR_REFUSES[finding.code as RuleCode]?.rules ?? [],
		);
		expect(rules.filter((rule) => !explained.includes(rule))).toEqual([]);
	});

	it('what just keeps it is accepted by both', async () => {
		const input = await keeps();
		if (input.file === undefined) {
			// Other rules are broken.
			expect(input.findings.errors).toBeGreaterThan(0);
			return;
		}
		expect(await emulatorVerdict(input as Required<CheckedInput>)).toMatchObject({
			accepted: true,
			rules: [],
		});
	});
});

describe('differences are as they are explained', () => {
	it.each(Object.entries(ONLY_WE_REFUSE))('only we refuse %s', async (code, { shownBy }) => {
		const { findings, file } = await shownBy();
		expect(file).toBeUndefined();
		expect(findings.list.filter(({ severity }) => severity === 'error').map((found) => found.code)).toContain(
			code,
		);
		const input = await sentAnyway(shownBy);
		expect(await emulatorVerdict(input!)).toMatchObject({ accepted: true, rules: [] });
	});

	it.each(Object.entries(ONLY_THE_EMULATOR_REFUSES))(
		'we only warn of %s',
		async (code, { shownBy, rules }) => {
			const input = await shownBy();
			expect(input.findings.errors).toBe(0);
			expect(input.findings.list.map((found) => found.code)).toContain(code);
			const verdict = await emulatorVerdict(input as Required<CheckedInput>);
			expect(verdict.accepted).toBe(false);
			expect(verdict.rules.filter((rule) => !rules.includes(rule))).toEqual([]);
		},
	);
});
