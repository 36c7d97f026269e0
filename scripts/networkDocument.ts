import type { Fact } from '../nodes/shared/core/evidence';
import { AUDIENCES, CLOUDS, type Cloud } from '../nodes/shared/entra/clouds';

const BEGIN = '<!-- endpoints: written by `npm run docs:network` -->';
const END = '<!-- end of endpoints -->';
const MISSING = 'not documented';

/**
 * Puts the addresses that the steps use into the page about firewalls.
 * @param page docs/set-up/network.md
 * @returns the page with its tables as the code has them now
 * @throws Error when the page has no place for them
 */
export function withEndpoints(page: string): string {
	const begin = page.indexOf(BEGIN);
	const end = page.indexOf(END);
	if (begin < 0 || end < begin) throw new Error('docs/set-up/network.md has no place for the endpoints.');
	return `${page.slice(0, begin + BEGIN.length)}\n\n${endpoints()}\n\n${page.slice(end)}`;
}

function endpoints(): string {
	const clouds = Object.values<Cloud>(CLOUDS);
	return [
		'## Hosts to allow',
		'',
		'| Host | For | Cloud |',
		'|---|---|---|',
		...hosts(clouds),
		'',
		'## Clouds',
		'',
		"Choose the cloud in the credential. *Documented*: on Microsoft's pages. *Sample*: in Microsoft's scripts.",
		'',
		'| Cloud | Signs in at | Purview HR connector | Viva Insights, Organizational Data |',
		'|---|---|---|---|',
		...clouds.map(
			({ displayName, loginHost, purviewSignalsUrl, vivaApiUrl }) =>
				`| ${displayName} | ${told(loginHost)} | ${told(purviewSignalsUrl)} | ${vivaApiUrl ? told(vivaApiUrl) : MISSING} |`,
		),
		'',
		'Microsoft documents no address of Viva Insights and Organizational Data in a US Government cloud. Ask your Microsoft contact for it, then',
		'choose the cloud *Custom* and enter it.',
		'',
		'Audiences of the tokens:',
		'',
		`- Viva Insights and Organizational Data: ${told(AUDIENCES.viva)}, or by choice ${told(AUDIENCES.vivaUrl)}`,
		`- Purview, in all clouds: ${told(AUDIENCES.purview)}`,
	].join('\n');
}

/** One row for each host, whatever number of clouds and services share it. */
function hosts(clouds: Cloud[]): string[] {
	const rows = new Map<string, { purposes: Set<string>; clouds: Set<string> }>();
	const add = (host: string, purpose: string, cloud: string) => {
		const row = rows.get(host) ?? { purposes: new Set(), clouds: new Set() };
		row.purposes.add(purpose);
		row.clouds.add(cloud);
		rows.set(host, row);
	};
	for (const { displayName, loginHost, purviewSignalsUrl, vivaApiUrl } of clouds) {
		add(loginHost.value, 'signing in', displayName);
		if (vivaApiUrl) add(new URL(vivaApiUrl.value).host, 'Viva Insights, Organizational Data', displayName);
		add(new URL(purviewSignalsUrl.value).host, 'Purview HR connector', displayName);
	}
	return [...rows].map(
		([host, row]) => `| \`${host}\` | ${[...row.purposes].join(', ')} | ${[...row.clouds].join(', ')} |`,
	);
}

function told({ value, certainty }: Fact<string>): string {
	return `\`${value}\` (${certainty})`;
}
