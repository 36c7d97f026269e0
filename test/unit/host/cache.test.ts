import { homedir } from 'node:os';
import path from 'node:path';
import { cacheRoot, canRunHost, hostKey } from '../../host/cache';

describe('cacheRoot', () => {
	it('takes the first of N8N_HR_CACHE, XDG_CACHE_HOME and ~/.cache', () => {
		const name = 'n8n-nodes-microsoft-hr';
		expect(cacheRoot({ N8N_HR_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe(path.join('/a', name));
		expect(cacheRoot({ N8N_HR_CACHE: '', XDG_CACHE_HOME: '/b' })).toBe(path.join('/b', name));
		expect(cacheRoot({})).toBe(path.join(homedir(), '.cache', name));
	});
});

describe('hostKey', () => {
	const identity = { version: '2.41.1', nodeMajor: 24, platform: 'linux', arch: 'x64', lockFile: '{}' };

	it('names what was installed', () => {
		expect(hostKey(identity)).toBe('2.41.1-node24-linux-x64-44136fa355b3');
	});

	it.each([
		{ version: '2.8.4' },
		{ nodeMajor: 20 },
		{ platform: 'darwin' },
		{ arch: 'arm64' },
		{ lockFile: '{ }' },
	])('differs with %p', (change) => {
		expect(hostKey({ ...identity, ...change })).not.toBe(hostKey(identity));
	});
});

describe('canRunHost', () => {
	it.each([
		['24.0.0', '>=24.0.0', true],
		['22.21.0', '>=24.0.0', false],
		['20.19.0', '>=20.19 <= 24.x', true],
		['20.18.3', '>=20.19 <= 24.x', false],
		['22.1.0', '>=20.19 <= 24.x', true],
		// native add-ons are built for even majors up to 24 only
		['23.5.0', '>=20.19 <= 24.x', false],
		['26.0.0', '>=24.0.0', false],
		['24.0.0', 'whatever', false],
	])('Node %s for an n8n that asks for %s: %s', (node, engines, expected) => {
		expect(canRunHost(node, engines)).toBe(expected);
	});
});
