import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parse } from 'yaml';

// What GitHub runs and shows: read with GitHub's own parser, and held to what a release of HR software needs.

const root = path.resolve(__dirname, '../..');
const folder = path.join(root, '.github');
const read = (...name: string[]) => readFileSync(path.join(folder, ...name), 'utf8');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
	engines: { node: string };
	scripts: Record<string, string>;
};

interface Job {
	permissions?: Record<string, string>;
	'timeout-minutes'?: number;
	environment?: string;
	needs?: string;
	strategy?: { matrix: Record<string, string[]> };
	steps: Array<{ uses?: string; run?: string; with?: Record<string, unknown> }>;
}
interface Workflow {
	permissions?: Record<string, string>;
	jobs: Record<string, Job>;
}

const files = readdirSync(path.join(folder, 'workflows'));
const workflowOf = (name: string) => parse(read('workflows', name)) as Workflow;

describe.each(files)('.github/workflows/%s', (name) => {
	const text = read('workflows', name);
	const jobs = Object.entries(workflowOf(name).jobs);
	const steps = jobs.flatMap(([, job]) => job.steps);

	it("is valid for GitHub's own parser", async () => {
		const parsed = parseWorkflow({ name, content: text }, new NoOperationTraceWriter());
		expect(parsed.context.errors.getErrors().map(({ message }) => message)).toEqual([]);
		if (parsed.value === undefined) throw new Error('nothing parsed');
		const { errors = [] } = await convertWorkflowTemplate(parsed.context, parsed.value);
		expect(errors).toEqual([]);
	});

	it('gives rights to single jobs only, and none that it does not need', () => {
		expect(workflowOf(name).permissions).toEqual({});
		for (const [job, { permissions = {} }] of jobs) {
			const allowed: Record<string, Record<string, string>> = {
				analyze: { contents: 'read', 'security-events': 'write' },
				publish: { 'id-token': 'write' },
				announce: { contents: 'write' },
			};
			expect([job, permissions]).toEqual([job, allowed[job] ?? { contents: 'read' }]);
		}
	});

	it('ends, even when something hangs', () => {
		for (const [job, { 'timeout-minutes': minutes }] of jobs)
			expect([job, minutes]).toEqual([job, expect.any(Number)]);
	});

	it('takes actions by the hash of a commit, with the version beside it, and leaves no token behind', () => {
		const used = text.match(/uses:.*/g) ?? [];
		expect(used.length).toBeGreaterThan(1);
		for (const line of used)
			expect(line).toMatch(
				/^uses: (actions\/[\w-]+|github\/codeql-action\/\w+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$/,
			);
		for (const { uses = '', with: settings } of steps) {
			if (uses.includes('/checkout@')) expect(settings).toMatchObject({ 'persist-credentials': false });
		}
	});

	it('runs scripts that are there, and puts no text of strangers into a shell', () => {
		const lines = steps.flatMap(({ run }) => run ?? []);
		const scripts = lines.flatMap((line) =>
			[...line.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script),
		);
		expect(scripts.filter((script) => !(script in manifest.scripts))).toEqual([]);
		for (const [expression] of lines.join('\n').matchAll(/\$\{\{.*?\}\}/g)) {
			expect(expression).toMatch(
				/^\$\{\{ (matrix\.node|contains\(github\.ref_name, '-'\) && '[\w-]+' \|\| '\w*') \}\}$/,
			);
		}
	});
});

it('tests run on the oldest Node that package.json allows', () => {
	const { jobs } = workflowOf('ci.yml');
	const oldest = manifest.engines.node.replace('>=', '');
	for (const job of Object.values(jobs)) {
		const versions = job.strategy?.matrix.node ?? [];
		expect(versions.filter((version) => version === oldest || version.startsWith(`${oldest}.`))).toHaveLength(
			1,
		);
		expect(versions.length).toBeGreaterThan(1);
	}
});

it('every suite of .ci/run runs on changes too', () => {
	const suites = readFileSync(path.join(root, '.ci', 'run'), 'utf8').match(/^check .+/gm) ?? [];
	const runs = Object.values(workflowOf('ci.yml').jobs).flatMap(({ steps }) =>
		steps.flatMap(({ run }) => run ?? []),
	);
	expect(suites.length).toBeGreaterThan(2);
	for (const suite of suites) expect(runs).toContain(suite.replace('check ', ''));
});

it('publishing waits for all checks and a person, carries provenance, and takes the file that was tested', () => {
	const { check, publish, announce } = workflowOf('release.yml').jobs;
	const runsOf = ({ steps }: Job) => steps.flatMap(({ run }) => run ?? []);
	expect([publish.needs, publish.environment, announce.needs]).toEqual(['check', 'npm', 'publish']);
	const checks = runsOf(check);
	const packed = checks.indexOf('mkdir release && npm pack --ignore-scripts --pack-destination release');
	expect(checks[packed - 1]).toBe('npm run build');
	expect(checks.at(-1)).toBe('N8N_HR_TARBALL="$(ls "$PWD"/release/*.tgz)" .ci/run');
	expect(readFileSync(path.join(root, 'test/host/pack.ts'), 'utf8')).toContain('process.env.N8N_HR_TARBALL');
	expect(runsOf(publish)).toEqual([
		expect.stringMatching(/^npm publish \.\/release\/\*\.tgz --provenance --access public /),
	]);
	expect(read('workflows', 'release.yml')).not.toContain('secrets.');
});

it('a release looks for placeholders, checks the signatures of what it installs, and lists it', () => {
	const { check, announce } = workflowOf('release.yml').jobs;
	const runs = check.steps.flatMap(({ run }) => run ?? []);
	for (const command of [
		'node scripts/refuse-placeholders.mjs',
		'npm audit signatures',
		'npm sbom --omit dev --sbom-format cyclonedx --sbom-type library > release/sbom.cdx.json',
	])
		expect(runs.indexOf(command)).toBeGreaterThan(runs.indexOf('npm ci'));
	expect(announce.steps.at(-1)?.run).toMatch(/^gh release create .* release\/\*$/);
	const { steps } = workflowOf('ci.yml').jobs.fast;
	expect(steps.some(({ run }) => run === 'npm audit signatures')).toBe(true);
});

it('Dependabot looks after packages and actions', () => {
	const { version, updates } = parse(read('dependabot.yml')) as {
		version: number;
		updates: Array<{ 'package-ecosystem': string; directory: string; schedule: { interval: string } }>;
	};
	expect(version).toBe(2);
	expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions']);
	for (const { directory, schedule } of updates)
		expect([directory, schedule.interval]).toEqual(['/', 'weekly']);
});

describe('CodeQL', () => {
	it('looks at the code and at the workflows', () => {
		const { strategy } = workflowOf('codeql.yml').jobs.analyze;
		expect(strategy).toMatchObject({ matrix: { language: ['actions', 'javascript-typescript'] } });
	});
});

interface Form {
	name: string;
	description: string;
	body: Array<{
		type: string;
		id?: string;
		attributes: { label?: string; value?: string; options?: unknown[] };
		validations?: { required: boolean };
	}>;
}

describe.each(['bug.yml', 'feature.yml'])('.github/ISSUE_TEMPLATE/%s', (name) => {
	const form = parse(read('ISSUE_TEMPLATE', name)) as Form;

	it('is a form as GitHub wants it', () => {
		expect([typeof form.name, typeof form.description]).toEqual(['string', 'string']);
		const fields = form.body.filter(({ type }) => type !== 'markdown');
		expect(fields.length).toBeGreaterThan(1);
		for (const { type, id, attributes } of fields) {
			expect(['checkboxes', 'dropdown', 'input', 'textarea']).toContain(type);
			expect(id).toMatch(/^[\w-]+$/);
			expect(attributes.label).toMatch(/\S/);
			if (type === 'checkboxes' || type === 'dropdown') expect(attributes.options?.length).toBeGreaterThan(0);
		}
		const ids = fields.map(({ id }) => id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('warns of HR data before the first field, and asks to confirm', () => {
		expect(form.body[0].type).toBe('markdown');
		expect(form.body[0].attributes.value).toContain('Never post HR data');
		expect(form.body[1].type).toBe('checkboxes');
		expect(form.body[1].attributes.options?.[0]).toMatchObject({ required: true });
	});
});

it('there are no issues without a form', () => {
	expect(parse(read('ISSUE_TEMPLATE', 'config.yml'))).toMatchObject({ blank_issues_enabled: false });
});
