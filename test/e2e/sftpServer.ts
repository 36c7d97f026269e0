import type { AddressInfo } from 'node:net';
import ssh2, { type Attributes, type AuthContext, type Connection, type SFTPWrapper } from 'ssh2';

const { Server, utils } = ssh2;
const { OPEN_MODE, STATUS_CODE } = utils.sftp;

/** An SFTP server on loopback that gives out what a test puts there. */
export interface SftpServer {
	/** Data of n8n's `sftp` credential. */
	login: { host: string; port: number; username: string; password: string };
	/** Puts a file at an absolute path. */
	put(place: string, content: string): void;
	close(): Promise<void>;
}

const username = 'hr-export';
const password = 'a password of the test';

/** Starts an {@link SftpServer} on a free port. Its files can be read only, and with the password only. */
export async function startSftpServer(): Promise<SftpServer> {
	const files = new Map<string, Buffer>();
	const open = new Set<Connection>();
	const hostKey = utils.generateKeyPairSync('ed25519').private;
	const server = new Server({ hostKeys: [hostKey] }, (client) => {
		open.add(client);
		client.on('close', () => open.delete(client)).on('error', () => undefined);
		client.on('authentication', (attempt) => (isOurs(attempt) ? attempt.accept() : attempt.reject()));
		client.on('session', (acceptSession) => {
			acceptSession().on('sftp', (acceptSftp) => serve(acceptSftp(), files));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const { port } = server.address() as AddressInfo;
	return {
		login: { host: '127.0.0.1', port, username, password },
		put(place, content) {
			files.set(place, Buffer.from(content));
		},
		async close() {
			for (const client of open) client.end();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

function isOurs(attempt: AuthContext): boolean {
	return attempt.method === 'password' && attempt.username === username && attempt.password === password;
}

/** As much of SFTP as a client needs that reads a file. A file's handle is its path. */
function serve(sftp: SFTPWrapper, files: ReadonlyMap<string, Buffer>): void {
	const tellAbout = (request: number, place: string) => {
		const file = files.get(place);
		if (file) sftp.attrs(request, attributesOf(file));
		else sftp.status(request, STATUS_CODE.NO_SUCH_FILE);
	};
	sftp.on('REALPATH', (request, place) => {
		sftp.name(request, [{ filename: place, longname: place, attrs: attributesOf(Buffer.alloc(0)) }]);
	});
	sftp.on('STAT', tellAbout);
	sftp.on('LSTAT', tellAbout);
	sftp.on('FSTAT', (request, handle) => tellAbout(request, handle.toString()));
	sftp.on('OPEN', (request, place, flags) => {
		if (!files.has(place)) sftp.status(request, STATUS_CODE.NO_SUCH_FILE);
		else if (flags !== OPEN_MODE.READ) sftp.status(request, STATUS_CODE.PERMISSION_DENIED);
		else sftp.handle(request, Buffer.from(place));
	});
	sftp.on('READ', (request, handle, offset, length) => {
		const piece = files.get(handle.toString())?.subarray(offset, offset + length);
		if (piece?.length) sftp.data(request, piece);
		else sftp.status(request, STATUS_CODE.EOF);
	});
	sftp.on('CLOSE', (request) => sftp.status(request, STATUS_CODE.OK));
}

function attributesOf(file: Buffer): Attributes {
	return { mode: 0o100444, uid: 0, gid: 0, size: file.length, atime: 0, mtime: 0 };
}
