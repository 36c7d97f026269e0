import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';

/** Packs files into a zip, in the order given. */
export async function zipOf(files: Record<string, string | Buffer>): Promise<Buffer> {
	const writer = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
	for (const [name, content] of Object.entries(files)) {
		const reader = typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content);
		await writer.add(name, reader);
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
): Promise<Buffer> {
	return await zipOf({
		'data.csv': csv,
		'metadata.json': typeof metadata === 'string' ? metadata : JSON.stringify(metadata),
	});
}
