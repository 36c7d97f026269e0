import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { purviewHrApi, vivaHrApi } from '../demo/emulatorCredentials';
import { demo, startEmulator, type Emulator } from '../emulator/emulator';
import { SECOND_TENANT, secondTenant, tenantsThatGot } from '../fixtures/secondTenant';
import { trust } from './emulatorNetwork';
import { executionContext, runStep, storedFile, wireBack, type StepRun } from './executionContext';
import { completed, endless, plant } from './plantedIngestion';
import { thrownBy } from '../helpers/thrownBy';

jest.mock('../../nodes/shared/n8n/credentials/network', () => jest.requireActual('./emulatorNetwork'));

let emulator: Emulator;
beforeAll(async () => {
	emulator = await startEmulator({ tenants: [secondTenant()] });
	trust(emulator);
});
afterAll(async () => await emulator.close());
beforeEach(() => emulator.reset());

const TENANTS = [demo.tenantId, SECOND_TENANT];
const BY_ITEM = { tenantId: '={{ $json.tenant }}' };
const PEOPLE = 'PersonId,ManagerId,Organization,EffectiveDate\nann@contoso.com,,HR,2026-03-14\n';
const LEAVERS = 'UserPrincipalName,ResignationDate,LastWorkingDate\nann@contoso.com,2026-03-14,2026-04-30\n';

const fileFor = async (tenant: string, content: string): Promise<INodeExecutionData> => ({
	json: { tenant },
	binary: { data: await storedFile(content, 'people.csv') },
});

/** What the step does with a credential whose tenant comes from the item. */
async function run(step: keyof typeof STEPS, parameters: INodeParameters, more: Partial<StepRun>) {
	const { type, credentials } = STEPS[step];
	return await runStep({ type, credentials: credentials(), parameters, ...more });
}

const STEPS = {
	viva: { type: new VivaHrIngest(), credentials: () => ({ vivaHrApi: vivaHrApi(emulator, BY_ITEM) }) },
	poll: { type: new PollIngestion(), credentials: () => ({ vivaHrApi: vivaHrApi(emulator, BY_ITEM) }) },
	purview: {
		type: new PurviewHrSignal(),
		credentials: () => ({ purviewHrApi: purviewHrApi(emulator, BY_ITEM) }),
	},
};

describe('a credential whose tenant is an expression of the item', () => {
	it('sends the file of each item to the tenant of that item', async () => {
		const items = [await fileFor(TENANTS[0], PEOPLE), await fileFor(TENANTS[1], PEOPLE)];
		const [results] = await run('viva', { operation: 'upload', input: 'file' }, { items });
		expect(tenantsThatGot(emulator)).toEqual(TENANTS);
		expect(results.map(({ json }) => json.tenantId)).toEqual(TENANTS);
	});

	it('sends the signals of each file to the tenant of its item', async () => {
		const items = [await fileFor(TENANTS[0], LEAVERS), await fileFor(TENANTS[1], LEAVERS)];
		const parameters = { operation: 'send', input: 'file', jobId: demo.jobs.resignation };
		const [results] = await run('purview', parameters, { items });
		expect(tenantsThatGot(emulator)).toEqual(TENANTS);
		expect(results.map(({ json }) => json.tenantId)).toEqual(TENANTS);
	});

	it.each([
		['viva', { operation: 'upload' }, { PersonId: 'ann@contoso.com', ManagerId: '', Organization: 'HR' }],
		['viva', { operation: 'checkConnection' }, {}],
		[
			'purview',
			{ operation: 'send', jobId: demo.jobs.resignation },
			{ UserPrincipalName: 'ann@contoso.com' },
		],
		['purview', { operation: 'checkConnection' }, {}],
	] as const)('%s %j refuses items of two tenants that would go together', async (step, parameters, row) => {
		const items = TENANTS.map((tenant) => ({ json: { ...row, tenant } }));
		const running = run(step, parameters as INodeParameters, { items });
		const outcome =
			parameters.operation === 'checkConnection'
				? String((await running)[0][0].json.meaning)
				: (await thrownBy<Error>(running)).message;
		expect(outcome).toMatch(/items 0 and 1 resolve the credential to different values \(tenantId\)/);
		expect(tenantsThatGot(emulator)).toEqual([]);
	});

	it.each(['getStatus', 'wait', 'downloadErrors'])('asks the tenant of each item: %s', async (operation) => {
		const items = TENANTS.map((tenant) => ({
			json: { tenant, destination: 'vivaHr', ingestionId: plant(emulator, completed(), tenant) },
		}));
		const parameters = { operation, waiting: 'inStep' };
		const outputs = await run('poll', parameters, { items });
		const found = outputs.flat();
		expect(found.map(({ json }) => json.tenantId)).toEqual(TENANTS);
		const asked = emulator.requests.filter(({ path }) => path.includes('ngestion'));
		for (const [index, { json }] of items.entries()) {
			const about = asked.filter(({ path }) => path.includes(json.ingestionId));
			expect(about.length).toBeGreaterThan(0);
			expect(about.every(({ path }) => path.includes(TENANTS[index]))).toBe(true);
		}
	});

	it('refuses to ask another tenant than the one that got the import', async () => {
		const json = { tenant: TENANTS[0], tenantId: TENANTS[1], destination: 'vivaHr', ingestionId: 'x' };
		const { message } = await thrownBy<Error>(run('poll', { operation: 'getStatus' }, { items: [{ json }] }));
		expect(message).toMatch(/belongs to the tenant 6a1d8c2f.*signs in to another/);
		expect(emulator.requests).toEqual([]);
	});

	it('does not go on with an import whose credential signs in to another tenant after the sleep', async () => {
		const json: IDataObject = {
			tenant: TENANTS[0],
			destination: 'vivaHr',
			ingestionId: plant(emulator, endless),
		};
		const { type, credentials } = STEPS.poll;
		const wake = async (items: INodeExecutionData[]) => {
			const context = executionContext({ type, credentials: credentials(), items });
			wireBack(context, 0);
			await type.execute.call(context);
			return structuredClone(context.getExecuteData().data.main[0]!);
		};
		const [asleep] = await wake([{ json }]);
		expect(asleep.json.tenantId).toBe(TENANTS[0]);
		asleep.json.tenant = TENANTS[1];
		delete (asleep.json as { tenantId?: string }).tenantId;
		asleep.json.tenantId = TENANTS[0];
		(asleep.json.polling as IDataObject).nextPollAt = '2026-01-01T00:00:00Z';
		const polls = emulator.requests.length;
		expect((await thrownBy<Error>(wake([asleep]))).message).toMatch(/signs in to another/);
		expect(emulator.requests).toHaveLength(polls);
	});
});

describe('n8n is asked for the credential', () => {
	const asked: Array<number | 'raw'> = [];
	beforeEach(() => asked.splice(0));
	const items = Array.from({ length: 50 }, (_, i) => ({
		json: {
			PersonId: `p${i}@contoso.com`,
			ManagerId: i ? 'p0@contoso.com' : '',
			Organization: 'HR',
			tenant: TENANTS[0],
		},
	}));
	const ask = async (changes: IDataObject) =>
		await runStep({
			type: STEPS.viva.type,
			credentials: { vivaHrApi: vivaHrApi(emulator, changes) },
			parameters: { operation: 'upload' },
			items,
			onCredential: (item) => asked.push(item),
		});

	it.each([
		['no field is an expression', {}],
		[
			'expressions are the same for all items',
			{ clientSecret: `={{ $vars.nothing ?? '${demo.clientSecret}' }}` },
		],
	])('once where %s', async (_, changes) => {
		await ask(changes);
		expect(asked).toEqual(['raw', 0]);
	});

	it('for each item where an expression may depend on it', async () => {
		await ask(BY_ITEM);
		expect(asked).toEqual(['raw', ...items.keys()]);
	});
});
