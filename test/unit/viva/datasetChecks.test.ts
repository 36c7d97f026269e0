import { createFindings } from '../../../nodes/shared/findings/findings';
import { readCsv } from '../../../nodes/shared/csv/csvReader';
import { prepareTable } from '../../../nodes/shared/viva/package/preparePackage';
import { packageSettings } from '../../fixtures/packageSettings';

it('judges nobody by a record that lacks fields, even where the user lets it pass', async () => {
	const findings = createFindings({ severities: { 'row-ragged': 'off' } });
	// If the second record's missing fields were taken from what lies behind it, Ann would be there twice.
	const text = 'Layer,PersonId,ManagerId,Organization\r\n1,ann@contoso.com,,HR\r\n2\r\n';
	const { records, file } = await prepareTable(
		async () =>
			await readCsv(
				(async function* () {
					yield Buffer.from(text);
				})(),
			),
		packageSettings({ form: 'csv', otherColumns: 'custom', onInvalid: 'leaveOut' }),
		() => ({ findings }),
	);
	await file?.dispose();
	expect(records).toBe(2);
	expect(findings.totals().map(({ code }) => code)).not.toContain('person-date-duplicate');
	expect(findings.errors).toBe(0);
});
