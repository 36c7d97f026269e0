import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { GenericValue, IDataObject, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { forgetWaits, skipWaits } from '../helpers/skipWaits';
import { trust } from './emulatorNetwork';
import { runStep } from './executionContext';
import { completed, failed, plant } from './plantedIngestion';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator();
	trust(emulator);
	skipWaits(
		() => emulator,
		() => undefined,
	);
});
afterAll(async () => await emulator.close());
beforeEach(() => {
	forgetWaits();
	emulator.reset();
});

/** The part of JSON Schema that n8n's editor reads. */
interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** Objects whose names come from somebody's data, so that no schema can list them. */
const OPEN = new Set(['perScenario', 'errors']);

function schemaOf(value: GenericValue | IDataObject, name = ''): Schema {
	if (value === null) return { type: 'null' };
	if (Array.isArray(value)) {
		const [first, ...rest] = (value as IDataObject[]).map((entry) => schemaOf(entry, name));
		return first ? { type: 'array', items: rest.reduce(joined, first) } : { type: 'array' };
	}
	if (typeof value !== 'object') return { type: typeof value };
	if (OPEN.has(name)) return { type: 'object' };
	const entries = Object.entries(value as IDataObject).filter(([, held]) => held !== undefined);
	return {
		type: 'object',
		properties: Object.fromEntries(entries.map(([key, held]) => [key, schemaOf(held as IDataObject, key)])),
	};
}

/** What both say; where one has no value, the other one knows the type. */
function joined(one: Schema, other: Schema): Schema {
	if (one.type === 'null') return other;
	if (other.type === 'null') return one;
	expect(other.type).toBe(one.type);
	const properties = { ...one.properties };
	for (const [name, schema] of Object.entries(other.properties ?? {})) {
		properties[name] = name in properties ? joined(properties[name], schema) : schema;
	}
	const items = one.items && other.items ? joined(one.items, other.items) : (one.items ?? other.items);
	return { type: one.type, ...(one.properties && { properties }), ...(items && { items }) };
}

/** Where n8n looks: the folder of the step, the version with three numbers, the operation. */
function fileOf(type: INodeType, operation: string): string {
	const [major, minor = '0'] = String(Math.max(...[type.description.version].flat())).split('.');
	return path.resolve(
		__dirname,
		`../../nodes/${type.constructor.name}/__schema__/v${major}.${minor}.0/${operation}.json`,
	);
}

const people: IDataObject[] = [0, 1, 2].map((i) => ({
	Work_Email: `person${i}@contoso.com`,
	Manager_Work_Email: i === 0 ? '' : 'person0@contoso.com',
	Organization: i === 2 ? '#N/A' : 'HR',
	EffectiveDate: '2026-03-14',
	Division: 'North',
	Shoe_Size: '42',
}));
const leavers: IDataObject[] = [0, 1].map((i) => ({
	UserPrincipalName: `person${i}@contoso.com`,
	ResignationDate: '2026-03-01',
	LastWorkingDate: '2020-03-31',
}));
const planted = (): IDataObject[] =>
	[completed(), failed()].map((ingestion) => ({
		ingestionId: plant(emulator, ingestion),
		destination: 'vivaHr',
	}));

type Case = [INodeType, string, () => IDataObject[], INodeParameters];

const CASES: Case[] = [
	[new VivaHrIngest(), 'upload', () => people, {}],
	[new VivaHrIngest(), 'validate', () => people, { options: { prepareFor: 'copilotDashboard' } }],
	[new VivaHrIngest(), 'checkConnection', () => [{}], {}],
	[new VivaHrIngest(), 'createSampleFile', () => [{}], {}],
	[
		new VivaHrIngest(),
		'createDeletionFile',
		() => [{ PersonId: 'person0@contoso.com' }],
		{ destination: 'organizationalData', addressField: 'PersonId', substituteManager: 'nobody@contoso.com' },
	],
	[new PurviewHrSignal(), 'send', () => leavers, { jobId: demo.jobs.resignation }],
	[
		new PurviewHrSignal(),
		'sendTestRow',
		() => [{}],
		{ jobId: demo.jobs.resignation, testUser: 'test.leaver@contoso.com' },
	],
	[new PurviewHrSignal(), 'validate', () => leavers, {}],
	[new PurviewHrSignal(), 'checkConnection', () => [{}], {}],
	[new PurviewHrSignal(), 'createSampleFile', () => [{}], {}],
	[new PollIngestion(), 'wait', planted, { waiting: 'inStep' }],
	[new PollIngestion(), 'getStatus', planted, {}],
	[new PollIngestion(), 'downloadErrors', () => planted().slice(1), {}],
];

it.each(
	CASES.map(([type, operation, items, parameters]) => ({
		title: `${type.description.displayName}: ${operation}`,
		type,
		operation,
		items,
		parameters,
	})),
)(
	'the editor knows the output of $title before the first run',
	async ({ type, operation, items, parameters }) => {
		const outputs = await runStep({
			type,
			parameters: {
				operation,
				...parameters,
				options: { outputForm: 'simplified', ...(parameters.options as INodeParameters) },
			},
			items: items().map((json): INodeExecutionData => ({ json })),
			credentials: { vivaHrApi: vivaHrApi(emulator), purviewHrApi: purviewHrApi(emulator) },
		});
		const isPoll = type instanceof PollIngestion;
		const schemas = (isPoll ? outputs.flat() : outputs[0]).map(({ json }) => schemaOf(json));
		expect(schemas.length).toBeGreaterThan(0);
		const schema = { ...schemas.reduce(joined), version: 1 };
		const file = fileOf(type, operation);
		if (process.env.WRITE_DOCUMENTS) {
			mkdirSync(path.dirname(file), { recursive: true });
			writeFileSync(file, `${JSON.stringify(schema, undefined, '\t')}\n`);
		}
		expect(existsSync(file)).toBe(true);
		expect(schema).toEqual(JSON.parse(readFileSync(file, 'utf8')));
	},
);
