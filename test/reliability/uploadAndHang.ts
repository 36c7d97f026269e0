import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { multipartBody } from '../../nodes/shared/http/multipart';
import { createSend } from '../../nodes/shared/http/transport/send';
import { createSpool } from '../../nodes/shared/files/spool';
import { createIngressClient } from '../../nodes/shared/viva/service/client';

// A process of its own that uploads a large package and is killed in the middle: node uploadAndHang.ts BASE_URL TENANT TOKEN TEXT

const MEGABYTES = 12;
const [baseUrl, tenantId, token, text] = process.argv.slice(2);

async function uploadOnce(): Promise<void> {
	const spool = createSpool();
	const pieces = Array.from({ length: MEGABYTES }, () => {
		const piece = Buffer.from(randomBytes(512 * 1024).toString('hex'));
		piece.write(text, 1000);
		return piece;
	});
	await pipeline(Readable.from(pieces), spool.sink);
	const file = spool.file();
	process.stdout.write(`${JSON.stringify(file.location)}\n`);
	const client = createIngressClient({
		...createSend(),
		getToken: async () => token,
		baseUrl,
		tenantId,
		scaleUnit: 'novaprdwus2-01',
	});
	const source = { length: file.size, open: file.open };
	await client.push('vivaHr', multipartBody({ name: 'info', fileName: 'info.zip', source }));
}

void uploadOnce();
