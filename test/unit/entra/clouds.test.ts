import { AUDIENCES, CLOUDS, type Cloud } from '../../../nodes/shared/entra/clouds';
import { readBaseUrl, readHost } from '../../../nodes/shared/http/host';

it('every address is as the rules for custom ones would write it', () => {
	for (const { loginHost, purviewSignalsUrl, vivaApiUrl } of Object.values<Cloud>(CLOUDS)) {
		expect(readHost(loginHost.value, 'x')).toBe(loginHost.value);
		for (const url of [purviewSignalsUrl, vivaApiUrl]) {
			if (url !== undefined) expect(readBaseUrl(url.value, 'x')).toBe(url.value);
		}
	}
});

it('every fact has a source', () => {
	const facts = [
		...Object.values(AUDIENCES),
		...Object.values(CLOUDS).flatMap(({ loginHost, purviewSignalsUrl }) => [loginHost, purviewSignalsUrl]),
	];
	for (const { source } of facts) expect(source).toMatch(/^[A-F]\d+(, [A-F]\d+)*$/);
});
