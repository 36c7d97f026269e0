import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';

/** Packs files into a zip, in the order given; level 0 stores them as they are. */
export async function zipOf(files: Record<string, string | Buffer>, level = 6): Promise<Buffer> {
	const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
	for (const [name, content] of Object.entries(files)) {
		const reader = typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content);
		await writer.add(name, reader, { level });
	}
	return Buffer.from(await writer.close());
}

/** metadata.json of the demo columns, with changes. */
export function metadataOf(changes: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		DatasetType: 'HR',
		IsBootstrap: 'true',
		Mapping: {
			Employee: { name: 'PersonId', type: 'EmailType' },
			Boss: { name: 'ManagerId', type: 'EmailType' },
			Org: { name: 'Organization', type: 'string' },
			From: { name: 'EffectiveDate', type: 'DateTime_MMDDYYYY' },
		},
		...changes,
	};
}

export const goodCsv = [
	'Employee,Boss,Org,From',
	'ceo@contoso.com,,Executive Office,01/31/2025',
	'ann@contoso.com,ceo@contoso.com,"Sales, EMEA",1/31/2025',
	'bob@contoso.com,ann@contoso.com,"Skunk ""works""",2025-01-31',
	'',
].join('\r\n');

/** A zip as Viva wants it. */
export async function hrZip(
	csv: string | Buffer = goodCsv,
	metadata: Record<string, unknown> | string = metadataOf(),
	level = 6,
): Promise<Buffer> {
	const json = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
	return await zipOf({ 'data.csv': csv, 'metadata.json': json }, level);
}
