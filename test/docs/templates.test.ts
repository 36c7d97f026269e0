import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { templateDescription, TEMPLATES, templateWorkflow } from '../../scripts/templates';

const examples = join(__dirname, '../../examples');
const read = (path: string) => readFileSync(join(examples, path), 'utf8');

interface Step {
	name: string;
	type: string;
	parameters: { content?: string };
	credentials?: Record<string, object>;
}
const stepsOf = (text: string) =>
	(JSON.parse(text) as { nodes: Step[] }).nodes.filter(({ type }) => !type.endsWith('.stickyNote'));

it('are three, and no other file is beside them', () => {
	const files = TEMPLATES.flatMap(({ name }) => [`${name}.json`, `${name}.md`]);
	expect(TEMPLATES).toHaveLength(3);
	expect(readdirSync(join(examples, 'templates')).sort()).toEqual(files.sort());
});

describe.each(TEMPLATES.map((template) => [template.name, template] as const))('%s', (_, template) => {
	const text = read(`templates/${template.name}.json`);

	it('is what `npm run docs:templates` writes', () => {
		expect(JSON.parse(text)).toEqual(JSON.parse(templateWorkflow(template)));
		expect(read(`templates/${template.name}.md`)).toBe(templateDescription(template));
	});

	it('has the steps of an example that is run in a real n8n', () => {
		const plain = (steps: Step[]) =>
			steps.map(({ credentials, ...step }) => ({ ...step, has: Object.keys(credentials ?? {}) }));
		expect(plain(stepsOf(text))).toEqual(plain(stepsOf(read(`workflows/${template.example}.json`))));
	});

	it('names its credentials and holds none, and no address of a person', () => {
		for (const { credentials = {} } of stepsOf(text)) {
			for (const credential of Object.values(credentials)) expect(Object.keys(credential)).toEqual(['name']);
		}
		const domains = text.match(/@[\w.-]+/g) ?? [];
		expect(domains.filter((domain) => !/@(contoso\.example|example\.com)$/.test(domain))).toEqual([]);
	});

	it('says who it is for, how it works, what it needs, and names each step that is to be set up', () => {
		const { nodes } = JSON.parse(text) as { nodes: Step[] };
		const { content = '' } = nodes[0].parameters;
		for (const heading of [
			'Who is this for?',
			'How it works',
			'How to set up',
			'Requirements',
			'How to customize',
		]) {
			expect(content).toContain(`## ${heading}`);
		}
		const steps = new Set(nodes.map(({ name }) => name));
		const opened = [...template.setUp.join(' ').matchAll(/(?:Open|Run|Set the same fields in) \*([^*]+)\*/g)];
		expect(opened.length).toBeGreaterThan(0);
		for (const [, name] of opened) expect([...steps]).toContain(name);
	});
});
