import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { preparePackage } from '../../../nodes/shared/viva/package/preparePackage';
import { packageSettings } from '../../fixtures/packageSettings';
import { inPieces } from '../csv/reading';

it('judges nobody by a record that lacks fields, even where the user lets it pass', async () => {
	// If the second record's missing fields were taken from what lies behind it, Ann would be there twice.
	const text = 'Layer,PersonId,ManagerId,Organization\r\n1,ann@contoso.com,,HR\r\n2\r\n';
	const { records, file, findings } = await preparePackage(
		{ open: async () => await readCsv(inPieces(text)) },
		packageSettings({
			bodyType: 'csv',
			otherColumns: 'custom',
			onInvalid: 'leaveOut',
			severities: { 'row-ragged': 'off' },
		}),
	);
	await file?.dispose();
	expect(records).toBe(2);
	expect(findings.totals().map(({ code }) => code)).not.toContain('person-date-duplicate');
	expect(findings.errors).toBe(0);
});
