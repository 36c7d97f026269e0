import type * as ZipWriter from '../../../nodes/shared/files/zipWriter';
import { checkCsv } from '../../fixtures/checkedInput';

/** What the writer says otherwise than it is. */
let mockWrong: Partial<ZipWriter.WrittenContent> = {};

jest.mock('../../../nodes/shared/files/zipWriter', () => {
	const { writeZip } = jest.requireActual<typeof ZipWriter>('../../../nodes/shared/files/zipWriter');
	const writeWrongly: typeof writeZip = async (...args) => ({ ...(await writeZip(...args)), ...mockWrong });
	return { writeZip: writeWrongly };
});

it.each<[string, Partial<ZipWriter.WrittenContent>]>([
	['another size', { size: 1 }],
	['another checksum', { checksum: 1 }],
])('gives no zip that holds a table of %s than was written', async (_what, wrong) => {
	const people =
		'PersonId,ManagerId,Organization,EffectiveDate\nann@contoso.com,,HR,2026-01-31\nbob@contoso.com,ann@contoso.com,HR,2026-01-31\n';
	mockWrong = {};
	expect((await checkCsv(people)).file).toBeDefined();
	mockWrong = wrong;
	await expect(checkCsv(people)).rejects.toThrow('The zip holds another table.');
});
