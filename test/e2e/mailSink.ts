import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A mail server on loopback that keeps what it gets, for tests. */
export interface MailSink {
	port: number;
	/** Each mail as it came: headers, a blank line, the body; lines end with CRLF. */
	mails: string[];
	close(): Promise<void>;
}

/** Starts a {@link MailSink} on a free port. It takes every sender and recipient, and no sign-in. */
export async function startMailSink(): Promise<MailSink> {
	const mails: string[] = [];
	const open = new Set<Socket>();
	const server = createServer((socket) => {
		open.add(socket);
		socket.on('close', () => open.delete(socket)).on('error', () => undefined);
		serve(socket, (mail) => mails.push(mail));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as AddressInfo).port,
		mails,
		async close() {
			for (const socket of open) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** As much of SMTP (RFC 5321) as a client needs that has a mail to send. */
function serve(socket: Socket, keep: (mail: string) => void): void {
	let waiting = '';
	let inMail = false;
	socket.setEncoding('utf8');
	socket.write('220 sink\r\n');
	socket.on('data', (piece: string) => {
		waiting += piece;
		for (;;) {
			const end = inMail ? '\r\n.\r\n' : '\r\n';
			const at = waiting.indexOf(end);
			if (at < 0) return;
			const text = waiting.slice(0, at);
			waiting = waiting.slice(at + end.length);
			if (inMail) {
				// A leading dot was doubled on the way.
				keep(text.replace(/^\.\./gm, '.'));
				inMail = false;
				socket.write('250 kept\r\n');
			} else if (/^data/i.test(text)) {
				inMail = true;
				socket.write('354 go ahead\r\n');
			} else if (/^quit/i.test(text)) socket.end('221 bye\r\n');
			else socket.write('250 sink\r\n');
		}
	});
}

/** The text of a mail, whatever it was encoded with. */
export function bodyOf(mail: string): string {
	const start = /^Content-Type: text\/plain/im.exec(mail)?.index ?? 0;
	return contentAt(mail, start);
}

/**
 * The files of a mail.
 * @returns file name → content as text
 */
export function attachmentsOf(mail: string): Record<string, string> {
	const parts = [...mail.matchAll(/^Content-Type: [^\r;]*;\s+name="?([^"\r]+)"?/gim)];
	return Object.fromEntries(parts.map(({ index, 1: name }) => [name, contentAt(mail, index)]));
}

/** Decodes the part of a mail whose headers begin there. */
function contentAt(mail: string, start: number): string {
	const part = mail.slice(start);
	const [headers, ...rest] = part.split('\r\n\r\n');
	const body = rest.join('\r\n\r\n').split(/\r\n--/)[0];
	const encoding = `${headers}\r\n${mail.split('\r\n\r\n')[0]}`;
	if (/quoted-printable/i.test(encoding)) {
		const bytes = body
			.replace(/=\r\n/g, '')
			.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
		return Buffer.from(bytes, 'latin1').toString('utf8');
	}
	if (/base64/i.test(encoding)) return Buffer.from(body, 'base64').toString('utf8');
	return body;
}
