import type { IDataObject, INodeExecutionData, INodeParameters, INodeType } from 'n8n-workflow';
import { PollIngestion } from '../../nodes/PollIngestion/PollIngestion.node';
import { PurviewHrSignal } from '../../nodes/PurviewHrSignal/PurviewHrSignal.node';
import { VivaHrIngest } from '../../nodes/VivaHrIngest/VivaHrIngest.node';
import { demo, type Emulator, type FaultService } from '../emulator/emulator';
import type { ReceivedIngestion } from '../emulator/model';
import { completed, failed, plant, twoErrors } from '../node/plantedIngestion';
import { addressesOf, employees, people, profiles } from './planted';

/** What the matrix needs to know of a service call, and of the step that makes it. */
export interface MatrixCall {
	title: string;
	/** the step and its operation, as a user reads them */
	step: string;
	/** one or two sentences for the document */
	about: string;
	service: FaultService;
	/** part of the address that the fault strikes; every address of the service unless told */
	pathContains?: string;
	/** so many requests of the service are let pass before the fault strikes */
	skip?: number;
	type: new () => INodeType;
	credential: 'vivaHrApi' | 'purviewHrApi';
	/** signs in with a certificate whose key is encrypted, instead of a secret */
	certificate?: true;
	parameters: INodeParameters;
	/** the input; `large` for faults that need a large body */
	items: (emulator: Emulator, large: boolean) => INodeExecutionData[];
	/** what the emulator's books say was accepted: the people of each delivery */
	accepted?: (emulator: Emulator) => string[][];
	/** what the step must have put out if it ended well; compares with the emulator's books, not with the step's own words */
	assertSuccess: (outputs: INodeExecutionData[][], emulator: Emulator, items: INodeExecutionData[]) => void;
}

const anImport = (emulator: Emulator): INodeExecutionData[] => [
	{ json: { ingestionId: plant(emulator, completed()), destination: 'vivaHr', scaleUnit: demo.scaleUnit } },
];

const aFailedImport = (emulator: Emulator): INodeExecutionData[] => [
	{ json: { ingestionId: plant(emulator, failed()), destination: 'vivaHr', scaleUnit: demo.scaleUnit } },
];

const peopleIn =
	(destination: ReceivedIngestion['destination']) =>
	(emulator: Emulator): string[][] =>
		emulator.ingestions
			.filter((ingestion) => ingestion.destination === destination)
			.map(({ rows }) => rows.map(([person]) => person));

const signalled = (emulator: Emulator): string[][] =>
	emulator.signals.map(({ rows }) => rows.map(([user]) => user));

function assertUpload(
	outputs: INodeExecutionData[][],
	emulator: Emulator,
	items: INodeExecutionData[],
): void {
	const [[{ json }]] = outputs;
	const [ingestion] = emulator.ingestions;
	expect(ingestion).toMatchObject({ id: json.ingestionId, sha256: json.sha256, valid: true, errors: [] });
	expect(ingestion.rows.map(([person]) => person)).toEqual(addressesOf(items));
}

function assertSignals(
	outputs: INodeExecutionData[][],
	emulator: Emulator,
	items: INodeExecutionData[],
): void {
	const [[{ json }]] = outputs;
	expect(json).toMatchObject({ status: 'Sent', rowsSent: items.length });
	const arrived = signalled(emulator).flat();
	expect([...new Set(arrived)]).toEqual(addressesOf(items));
	expect(emulator.signals.every(({ recordsSaved, rowCount }) => recordsSaved === rowCount)).toBe(true);
}

function assertStatus([[{ json }]]: INodeExecutionData[][], emulator: Emulator): void {
	expect(json).toMatchObject({
		ingestionId: emulator.ingestions[0].id,
		status: 'Completed',
		phase: 'completed',
	});
}

const upload: Pick<MatrixCall, 'type' | 'credential' | 'assertSuccess' | 'items'> = {
	type: VivaHrIngest,
	credential: 'vivaHrApi',
	items: (_, large) => people(large),
	assertSuccess: assertUpload,
};

const purview = (whenInDoubt: 'sendAgain' | 'stop'): Omit<MatrixCall, 'title' | 'about'> => ({
	step: `Purview HR Signal, Send, 'Rows in Doubt': ${whenInDoubt === 'stop' ? 'Stop' : 'Send Again'}`,
	service: 'signal',
	skip: 1,
	type: PurviewHrSignal,
	credential: 'purviewHrApi',
	parameters: {
		scenario: 'employeeProfile',
		jobId: demo.jobs.employeeProfile,
		options: { chunkRows: 2, whenInDoubt, sendColumns: 'found' },
	},
	items: (_, large) => employees(large),
	accepted: signalled,
	assertSuccess: assertSignals,
});

const polling = {
	type: PollIngestion,
	credential: 'vivaHrApi' as const,
	items: anImport,
};

/** Every service call of the matrix. */
export const CALLS = {
	token: {
		...upload,
		title: 'Token',
		step: 'Viva HR Ingest, Upload',
		about:
			'The first request of every step. Asking for a token changes nothing, so it may be asked for again.',
		service: 'token',
		parameters: { options: { otherColumns: 'custom' } },
		accepted: peopleIn('viva-hr'),
	},
	scaleUnit: {
		...upload,
		title: 'Scale unit',
		step: 'Viva HR Ingest, Upload',
		about: 'Looked up before the upload where the credential has none. Reading changes nothing.',
		service: 'scaleUnit',
		certificate: true,
		parameters: { options: { otherColumns: 'custom' } },
		accepted: peopleIn('viva-hr'),
	},
	ping: {
		type: VivaHrIngest,
		credential: 'vivaHrApi',
		title: 'Connector check',
		step: 'Viva HR Ingest, Check Connection',
		about: 'Reading changes nothing. The sentence stands in the checklist that the step puts out.',
		service: 'ping',
		// The step also asks for the connector of the other destination, which is none of this.
		pathContains: '/ingress/',
		parameters: { operation: 'checkConnection' },
		items: () => [{ json: {} }],
		assertSuccess: ([items]) => {
			expect(items.map(({ json }) => json.ok)).toEqual([true, true, true, true]);
			expect(items[2].json.meaning).toContain(demo.hrConnectorId);
		},
	},
	upload: {
		...upload,
		title: 'Upload to Viva Insights',
		step: 'Viva HR Ingest, Upload',
		about:
			'An upload replaces or adds data. It is repeated only where the first one certainly was not taken.',
		service: 'push',
		certificate: true,
		parameters: { options: { otherColumns: 'custom' } },
		accepted: peopleIn('viva-hr'),
	},
	uploadOrganizationalData: {
		...upload,
		title: 'Upload to Organizational Data',
		step: 'Viva HR Ingest, Upload',
		about: 'As for Viva Insights.',
		service: 'push',
		parameters: { destination: 'organizationalData' },
		items: (_, large) => profiles(large),
		accepted: peopleIn('organizational-data'),
	},
	status: {
		...polling,
		title: 'Status of an import',
		step: 'Poll Ingestion, Get Status',
		about: 'Reading changes nothing.',
		service: 'poll',
		parameters: { operation: 'getStatus' },
		assertSuccess: assertStatus,
	},
	wait: {
		...polling,
		title: 'Status, waiting to the end',
		step: 'Poll Ingestion, Wait Until Done',
		about:
			'Each look is one request; the next look is the next attempt. What may pass is waited out until the time limit of the step, and the import itself goes on whatever happens here.',
		service: 'poll',
		parameters: { operation: 'wait', waiting: 'inStep', limitMinutes: 10 },
		assertSuccess: ([, completedItems], emulator) => {
			assertStatus([completedItems], emulator);
		},
	},
	errors: {
		...polling,
		title: 'Error rows of an import',
		step: 'Poll Ingestion, Download Errors',
		about:
			'The format of the error file is documented nowhere, so any file counts. The download goes straight into the file storage of n8n: once it has begun, it is not begun again by itself.',
		service: 'errors',
		parameters: { operation: 'downloadErrors' },
		items: aFailedImport,
		assertSuccess: ([items]) => {
			expect(items[0].json.errors as IDataObject[]).toMatchObject(
				twoErrors.map(({ column, message }) => ({ column, message })),
			);
		},
	},
	signal: {
		...purview('sendAgain'),
		title: 'Purview chunk',
		about:
			'The fault strikes the second of two chunks. Rows in doubt are sent again by default, because a missing row is worse than one that is told twice; the step says which may have arrived twice.',
	},
	signalStop: {
		...purview('stop'),
		title: 'Purview chunk, Rows in Doubt: Stop',
		about: 'As before, for those who must not send a row twice: rows in doubt end the step.',
	},
} as const satisfies Record<string, MatrixCall>;

/** The name of a call. */
export type CallId = keyof typeof CALLS;

/** The names of all calls, in the order of the document. */
export const CALL_IDS = Object.keys(CALLS) as CallId[];
