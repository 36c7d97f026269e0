import { createFindings } from '../../../nodes/shared/rules/findings';
import { readCsv } from '../../../nodes/shared/table/csvReader';
import { prepareTable } from '../../../nodes/shared/viva/preparePackage';
import { packageSettings } from '../../fixtures/packageSettings';
import { inPieces } from '../table/reading';

/** Somebody twice, and a manager whom nobody knows. */
const file = 'PersonId,ManagerId,Organization\nann@contoso.com,nobody@contoso.com,HR\nann@contoso.com,,HR\n';

describe.each([
	['stop' as const, false],
	['send' as const, true],
])('rows that contradict each other, with invalid rows: %s', (onInvalid, sent) => {
	it(`are ${sent ? 'not compared, and sent' : 'found, and stop the package'}`, async () => {
		const findings = createFindings();
		const { file: packed } = await prepareTable(
			async () => await readCsv(inPieces(file)),
			packageSettings({ onInvalid }),
			() => ({ findings }),
		);
		expect([packed !== undefined, findings.list.length === 0]).toEqual([sent, sent]);
		await packed?.dispose();
	});
});
