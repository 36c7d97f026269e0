import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import {
	createServer as createTunnelServer,
	type IncomingMessage,
	type RequestListener,
	type Server as PlainServer,
	type ServerResponse,
} from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { makeServerIdentity } from '../emulator/tls';

/** The registry that n8n installs from unless it is licensed for another one. */
const publicRegistry = 'registry.npmjs.org';

/** One published version of a package. */
export interface PublishedVersion {
	/** its package.json */
	manifest: { name: string; version: string; [field: string]: unknown };
	/** path of its tarball */
	tarball: string;
}

/**
 * Stands in for the public npm registry: serves packages of our own under its name, and passes all other questions on to it. Who is
 * to use it needs {@link RegistryStandIn.env}.
 */
export interface RegistryStandIn {
	/** environment variables by which n8n and the npm that it starts come here */
	env: Record<string, string>;
	/**
	 * the same as lines of an .npmrc, for the folder in which n8n keeps packages: n8n 1 asks npm for updates with an environment of
	 * its own, without proxy and npm_config_*
	 */
	npmrc: string;
	/** the authority to trust, PEM */
	caPem: string;
	/** paths of the packages of our own that were asked for */
	asked: string[];
	/** Publishes a version; the last one published is the latest. */
	publish(version: PublishedVersion): void;
	close(): Promise<void>;
}

/**
 * Starts the stand-in on loopback: a proxy that knows one host, and behind it a web server with that host's name.
 *
 * A proxy, because the address of the registry is fixed in n8n (another one needs a licence), and because npm and n8n both
 * honour HTTPS_PROXY.
 * @param folder where npm may keep its cache; not the user's own one, which would keep what is only published here
 */
export async function startRegistry(folder: string): Promise<RegistryStandIn> {
	const identity = await makeServerIdentity('Registry stand-in authority', [publicRegistry]);
	const caFile = path.join(folder, 'registry-ca.pem');
	writeFileSync(caFile, identity.caPem);
	const published = new Map<string, PublishedVersion[]>();
	const asked: string[] = [];
	const serve = (request: IncomingMessage, response: ServerResponse) => {
		answer(request, response, published, asked).catch((error: unknown) => {
			if (!response.headersSent) response.writeHead(502);
			response.end(String(error));
		});
	};
	const registry = createServer({ key: identity.privateKeyPem, cert: identity.certificatePem }, serve);
	const registryPort = await listen(registry);
	const tunnels = tunnelsTo(registryPort, serve);
	const proxy = `http://127.0.0.1:${await listen(tunnels.server)}`;
	const cache = path.join(folder, 'npm-cache');
	return {
		env: { HTTPS_PROXY: proxy, npm_config_cache: cache, npm_config_cafile: caFile },
		npmrc: `https-proxy=${proxy}\ncache=${cache}\ncafile=${caFile}\n`,
		caPem: identity.caPem,
		asked,
		publish(version) {
			const { name } = version.manifest;
			published.set(name, [...(published.get(name) ?? []), version]);
		},
		async close() {
			tunnels.end();
			registry.closeAllConnections();
			await Promise.all(
				[registry, tunnels.server].map(
					async (server) => await new Promise((resolve) => server.close(resolve)),
				),
			);
		},
	};
}

/**
 * A proxy that lets through what is for the registry, and nothing else: a test calls nobody.
 * @param serve n8n 1 asks the proxy to fetch an https address, in the open, where others ask for a tunnel
 */
function tunnelsTo(port: number, serve: RequestListener): { server: PlainServer; end(): void } {
	const open = new Set<Socket>();
	const server = createTunnelServer((request, response) => {
		if (request.url?.startsWith(`https://${publicRegistry}/`)) serve(request, response);
		else response.writeHead(403).end();
	});
	server.on('connect', (request: IncomingMessage, client: Socket) => {
		open.add(client);
		client.on('error', () => undefined).on('close', () => open.delete(client));
		if (request.url !== `${publicRegistry}:443`) {
			client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		const inner = connect(port, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			inner.pipe(client).pipe(inner);
		});
		inner.on('error', () => client.destroy());
		client.on('close', () => inner.destroy());
	});
	return { server, end: () => open.forEach((socket) => socket.destroy()) };
}

async function answer(
	request: IncomingMessage,
	response: ServerResponse,
	published: ReadonlyMap<string, PublishedVersion[]>,
	asked: string[],
): Promise<void> {
	const url = new URL(request.url ?? '/', `https://${publicRegistry}`);
	const place = decodeURIComponent(url.pathname).slice(1);
	const versions = [...published].find(([name]) => place === name || place.startsWith(`${name}/`));
	if (!versions) return await passOn(url, request, response);
	asked.push(`${request.method} /${place}`);
	const [name, all] = versions;
	const tarball = all.find((version) => place === tarballPath(version));
	if (tarball) {
		response.writeHead(200, { 'content-type': 'application/octet-stream' });
		response.end(readFileSync(tarball.tarball));
		return;
	}
	const wanted = place.slice(name.length + 1);
	const one = wanted === 'latest' ? all.at(-1) : all.find(({ manifest }) => manifest.version === wanted);
	if (wanted !== '' && !one) {
		json(response, 404, { error: 'Not found' });
		return;
	}
	json(response, 200, one ? described(one) : packument(name, all));
}

function packument(name: string, versions: PublishedVersion[]): object {
	return {
		name,
		'dist-tags': { latest: versions.at(-1)?.manifest.version },
		versions: Object.fromEntries(versions.map((version) => [version.manifest.version, described(version)])),
	};
}

function described(version: PublishedVersion): object {
	const bytes = readFileSync(version.tarball);
	const digest = (algorithm: string, form: 'hex' | 'base64') =>
		createHash(algorithm).update(bytes).digest(form);
	return {
		...version.manifest,
		dist: {
			tarball: `https://${publicRegistry}/${tarballPath(version)}`,
			shasum: digest('sha1', 'hex'),
			integrity: `sha512-${digest('sha512', 'base64')}`,
		},
	};
}

const tarballPath = ({ manifest: { name, version } }: PublishedVersion) => `${name}/-/${name}-${version}.tgz`;

/** From the real registry: the dependencies are those that users get. */
async function passOn(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { accept } = request.headers;
	const real = await fetch(url, {
		headers: accept === undefined ? {} : { accept },
	});
	response.writeHead(real.status, { 'content-type': real.headers.get('content-type') ?? 'application/json' });
	if (real.body) await pipeline(Readable.fromWeb(real.body as ReadableStream), response);
	else response.end();
}

function json(response: ServerResponse, status: number, body: object): void {
	// What is latest changes during a test.
	response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
	response.end(JSON.stringify(body));
}

async function listen(server: Server | PlainServer): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}
