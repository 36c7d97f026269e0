import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALL_IDS, CALLS } from '../reliability/calls';
import { FAULT_IDS, FAULTS } from '../reliability/faults';
import { OUTCOMES, outcomeOf, type Outcome } from '../reliability/outcomes';
import { ADDRESSES, POLICY, type Expectation } from '../reliability/policy';

// What the matrix has seen is compared by test/reliability/matrix.e2e.ts; here, whether the page is complete and says the policy.

const page = readFileSync(join(__dirname, '../../docs/reliability.md'), 'utf8');

/** The cells of a table's rows below a heading. */
function rowsBelow(title: string): string[][] {
	const section = page.split(`\n### ${title}\n`)[1]?.split('\n##')[0] ?? '';
	const lines = section.split('\n').filter((line) => line.startsWith('| '));
	return lines.slice(1).map((line) => line.slice(2, -2).split(' | '));
}

/** `HTTP 400, 403; redirect` names three faults. */
const faultsIn = (cell: string): string[] =>
	cell.split('; ').flatMap((part) => {
		const [first, ...codes] = part.split(', ');
		return codes.every((code) => /^\d{3}$/.test(code))
			? [first, ...codes.map((code) => `HTTP ${code}`)]
			: part;
	});

const placed = (Object.keys(OUTCOMES) as Outcome[]).flatMap((outcome) =>
	rowsBelow(OUTCOMES[outcome].title).flatMap(([calls, detail, faults]) =>
		calls
			.split('<br>')
			.flatMap((call) => faultsIn(faults).map((fault) => ({ call, fault, outcome, detail }))),
	),
);

it('every call with every fault stands in exactly one row, and no cell is blank', () => {
	const expected = CALL_IDS.flatMap((callId) =>
		FAULT_IDS.map((faultId) => `${CALLS[callId].title}: ${FAULTS[faultId].title}`),
	);
	expect(placed.map(({ call, fault }) => `${call}: ${fault}`).sort()).toEqual(expected.sort());
	for (const { detail } of placed) expect(detail).toMatch(/\S/);
});

it('every cell says what the policy demands', () => {
	const outcomeOf: Record<string, Outcome> = {
		again: 'triedAgain',
		freshToken: 'freshToken',
		error: 'failed',
		inDoubt: 'inDoubt',
		againInDoubt: 'sentAgain',
		success: 'succeeded',
	};
	for (const callId of CALL_IDS) {
		for (const faultId of FAULT_IDS) {
			const expectation: Expectation = POLICY[callId][faultId];
			const found = placed.find(
				({ call, fault }) => call === CALLS[callId].title && fault === FAULTS[faultId].title,
			);
			const outcome = 'cannotOccur' in expectation ? 'cannotOccur' : outcomeOf[expectation.verdict];
			// Where a second address is asked, that one answers when the fault strikes once.
			const evaded = outcome === 'failed' && (ADDRESSES[callId]?.[faultId] ?? 1) > 1;
			expect([callId, faultId, found?.outcome]).toEqual([callId, faultId, evaded ? 'triedAgain' : outcome]);
		}
	}
});

it('a run that no outcome describes stops the page from being written', () => {
	const success = { ended: 'success', told: 'nothing' } as const;
	const failure = { ended: 'error', told: 'nothing' } as const;
	const cell = { fault: 'x', verdict: 'again' } as const;
	expect(outcomeOf({ ...cell, once: success, always: failure })).toBe('triedAgain');
	expect(() => outcomeOf({ ...cell, once: failure, always: success })).toThrow('No outcome describes');
});
