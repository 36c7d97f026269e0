import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { preparePackage } from '../../../nodes/shared/viva/package/preparePackage';
import { packageSettings } from '../../fixtures/packageSettings';
import { inPieces } from '../csv/reading';

/** Somebody twice, and a manager whom nobody knows. */
const file =
	'PersonId,ManagerId,Organization\nann@contoso.com,,HR\nann@contoso.com,,HR\nbob@contoso.com,nobody@contoso.com,HR\n';

/** Also for somebody who takes these for errors. */
const severities = { 'person-date-duplicate': 'error', 'manager-unknown': 'error' } as const;

async function prepare(onInvalid: 'stop' | 'send') {
	const { file: packed, findings } = await preparePackage(
		{ open: async () => await readCsv(inPieces(file)) },
		packageSettings({ onInvalid, severities }),
	);
	await packed?.dispose();
	return { packed: packed !== undefined, codes: findings.totals().map(({ code }) => code) };
}

describe('rows that contradict each other', () => {
	it('are found, and stop the package', async () => {
		const { packed, codes } = await prepare('stop');
		expect(packed).toBe(false);
		expect(codes).toEqual(expect.arrayContaining(Object.keys(severities)));
	});

	it('are not compared where values are sent unchecked', async () => {
		const { packed, codes } = await prepare('send');
		expect(packed).toBe(true);
		for (const code of Object.keys(severities)) expect(codes).not.toContain(code);
	});
});
