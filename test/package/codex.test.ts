import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PurviewHrApi } from '../../credentials/PurviewHrApi.credentials';
import { VivaHrApi } from '../../credentials/VivaHrApi.credentials';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';

const root = path.resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
	name: string;
	homepage: string;
};
const repository = manifest.homepage.replace('#readme', '');

interface Codex {
	node: string;
	alias: string[];
	resources: Record<'credentialDocumentation' | 'primaryDocumentation', Array<{ url: string }>>;
}
const codexOf = (name: string) =>
	JSON.parse(readFileSync(path.join(root, `nodes/${name}/${name}.node.json`), 'utf8')) as Codex;

const steps = { VivaHrIngest, PollIngestion, PurviewHrSignal };
const names = Object.keys(steps) as Array<keyof typeof steps>;

/** What somebody types into the search of the node creator, and the steps that must come up. n8n's own search is tried by the install tests. */
it.each([
	['viva', ['VivaHrIngest', 'PollIngestion']],
	['workday', ['VivaHrIngest', 'PurviewHrSignal']],
	['hr', ['VivaHrIngest', 'PollIngestion', 'PurviewHrSignal']],
	['glint', ['VivaHrIngest']],
	['headcount', ['VivaHrIngest']],
	['performance review', ['PurviewHrSignal']],
	['insider risk', ['PurviewHrSignal']],
	['organizational data', ['VivaHrIngest', 'PollIngestion']],
	['purview', ['PurviewHrSignal']],
	['microsoft viva', ['VivaHrIngest', 'PollIngestion']],
	['microsoft purview', ['PurviewHrSignal']],
	['human resources', ['VivaHrIngest', 'PurviewHrSignal']],
	['people analytics', ['VivaHrIngest']],
	['resignation', ['PurviewHrSignal']],
	['employee', ['VivaHrIngest', 'PurviewHrSignal']],
	['copilot dashboard', ['VivaHrIngest']],
])('the search for "%s" finds %j', (words, wanted) => {
	const found = names.filter((name) =>
		[new steps[name]().description.displayName.toLowerCase(), ...codexOf(name).alias].some((text) =>
			text.includes(words),
		),
	);
	expect(found).toEqual(expect.arrayContaining(wanted));
});

it.each(names)('%s: aliases are words that people type, each once', (name) => {
	const { alias, node } = codexOf(name);
	expect(node).toBe(`${manifest.name}.${new steps[name]().description.name}`);
	expect(alias).toEqual(alias.map((word) => word.toLowerCase().trim()));
	expect(new Set(alias).size).toBe(alias.length);
});

it('links to documentation lead to pages of this repository', () => {
	const links = [
		...names.flatMap((name) =>
			Object.values(codexOf(name).resources)
				.flat()
				.map(({ url }) => url),
		),
		new VivaHrApi().documentationUrl,
		new PurviewHrApi().documentationUrl,
	];
	expect(links).toHaveLength(8);
	for (const link of links) {
		expect(link.startsWith(`${repository}/blob/main/docs/`)).toBe(true);
		expect([link, existsSync(path.join(root, link.slice(`${repository}/blob/main/`.length)))]).toEqual([
			link,
			true,
		]);
	}
});
