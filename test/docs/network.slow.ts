import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PurviewHrApi } from '../../credentials/PurviewHrApi.credentials';
import { VivaHrApi } from '../../credentials/VivaHrApi.credentials';
import { CLOUDS } from '../../nodes/shared/entra/clouds';
import { withEndpoints } from '../../scripts/networkDocument';

const text = readFileSync(join(__dirname, '../../docs/set-up/network.md'), 'utf8');

it('docs/set-up/network.md lists the addresses of the code (npm run docs:network)', () => {
	expect(text).toBe(withEndpoints(text));
});

it('names every host that a credential can lead to', () => {
	const urls = JSON.stringify([CLOUDS, new VivaHrApi().properties, new PurviewHrApi().properties]).matchAll(
		/https:\/\/([\w.-]+)/g,
	);
	const hosts = [...urls]
		.map(([, host]) => host)
		.filter((host) => !host.endsWith('onmicrosoft.com') && !host.endsWith('example.com'));
	expect(new Set(hosts).size).toBeGreaterThan(4);
	for (const host of hosts) expect(text).toContain(`| \`${host}\` |`);
});
