import { zipOf } from '../emulator/__tests__/zipFile';
import { asCsv, type People } from './people';

/** People as a package that somebody else has made for a full refresh. */
export async function readyZip(people: People): Promise<Buffer> {
	const types: Record<string, string> = {
		PersonId: 'EmailType',
		ManagerId: 'EmailType',
		EffectiveDate: 'DateTime_MMDDYYYY',
		HireDate: 'DateTime_MMDDYYYY',
		Layer: 'int32',
		HourlyRate: 'double',
	};
	const mapping = Object.fromEntries(
		people.header.map((name) => [name, { name, type: types[name] ?? 'string' }]),
	);
	const metadata = { DatasetType: 'HR', IsBootstrap: 'true', Mapping: mapping };
	return await zipOf({ 'data.csv': asCsv(people), 'metadata.json': JSON.stringify(metadata) });
}
