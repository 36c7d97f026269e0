import { json, readSmallBody, type Exchange, type Reply } from './exchange';
import type { Fault } from './faults';
import { publicIngestion } from './ingestions';
import type { ReceivedIngestion, Settings, TenantSetup } from './model';
import type { EmulatorState, PlannedIngestion } from './state';

/** What tests and the control paths can do with a running emulator. */
export interface EmulatorControls {
	addTenant(setup: TenantSetup): void;
	fault(fault: Fault): void;
	advance(ms: number): void;
	expireTokens(): void;
	planIngestion(plan: PlannedIngestion): void;
	set(settings: Partial<Settings>): void;
	/** forgets what was received, faults and plans; settings and tenants are those of the start */
	reset(): void;
	caPem(): string;
}

const prefix = '/__emulator__/';

/** True for paths of the control interface. */
export function isControlPath(path: string): boolean {
	return path.startsWith(prefix);
}

/**
 * The control interface, for people and for tests in another process; JSON, and loopback only because the emulator
 * listens nowhere else. `GET state`, `GET requests`, `GET ingestions`, `GET ingestions/{id}` and `GET signals` (with
 * rows), `GET ca.pem`; `POST faults` (one or an array; `DELETE faults` clears them), `POST advance` `{ms}`, `POST tenants`,
 * `POST settings`, `POST plan-ingestion`, `POST expire-tokens`, `POST reset`.
 */
export async function control(
	state: EmulatorState,
	controls: EmulatorControls,
	exchange: Exchange,
): Promise<Reply> {
	const [name = '', id] = exchange.path.slice(prefix.length).split('/');
	const body = async <T>(): Promise<T> => JSON.parse(await readSmallBody(exchange.request)) as T;
	const done = (): Reply => json(200, { done: true });
	switch (`${exchange.method} ${name}`) {
		case 'GET state':
			return json(200, overview(state));
		case 'GET requests':
			return json(200, state.requests);
		case 'GET ingestions': {
			if (id === undefined)
				return json(
					200,
					state.ingestions.map((ingestion) => brief(state, ingestion)),
				);
			const found = state.ingestions.find((ingestion) => ingestion.id === id.toLowerCase());
			if (!found) return json(404, { error: 'no such ingestion' });
			return json(200, { ...brief(state, found), rows: found.rows, errors: found.errors });
		}
		case 'GET signals':
			return json(200, state.signals);
		case 'GET ca.pem':
			return { status: 200, headers: { 'content-type': 'application/x-pem-file' }, body: controls.caPem() };
		case 'POST faults': {
			const faults = await body<Fault | Fault[]>();
			for (const fault of Array.isArray(faults) ? faults : [faults]) controls.fault(fault);
			return json(200, { waiting: state.faults.waiting() });
		}
		case 'DELETE faults':
			state.faults.clear();
			return done();
		case 'POST advance':
			controls.advance((await body<{ ms: number }>()).ms);
			return json(200, { now: new Date(state.clock.now()).toISOString() });
		case 'POST tenants':
			controls.addTenant(await body<TenantSetup>());
			return done();
		case 'POST settings':
			controls.set(await body<Partial<Settings>>());
			return json(200, state.settings);
		case 'POST plan-ingestion':
			controls.planIngestion(await body<PlannedIngestion>());
			return done();
		case 'POST expire-tokens':
			controls.expireTokens();
			return done();
		case 'POST reset':
			controls.reset();
			return done();
		default:
			return json(404, { error: 'no such control' });
	}
}

function overview(state: EmulatorState): Record<string, unknown> {
	return {
		now: new Date(state.clock.now()).toISOString(),
		tokensIssued: state.tokens.issued,
		settings: state.settings,
		tenants: [...state.tenants.values()].map((tenant) => ({
			tenantId: tenant.tenantId,
			apps: tenant.apps.map((app) => app.clientId),
			viva: tenant.viva && {
				scaleUnit: tenant.viva.scaleUnit,
				connectors: tenant.viva.connectors,
				people: tenant.viva.people.people.size,
				fields: [...tenant.viva.people.fields],
			},
			organizationalData: tenant.organizationalData && {
				scaleUnit: tenant.organizationalData.scaleUnit,
				connector: tenant.organizationalData.connector,
				people: tenant.organizationalData.profiles.people.size,
			},
			purview: tenant.purview,
		})),
		ingestions: state.ingestions.map((ingestion) => brief(state, ingestion)),
		signals: state.signals.map(({ rows, rejected, ...signal }) => ({
			...signal,
			rowsKept: rows.length,
			rejectedCount: rejected.length,
		})),
		faults: state.faults.waiting(),
		requestCount: state.requests.length,
	};
}

function brief(state: EmulatorState, ingestion: ReceivedIngestion): Record<string, unknown> {
	const { rows, body, files, errors, warnings, ...rest } = ingestion;
	return {
		...rest,
		answer: publicIngestion(state, ingestion),
		rowsKept: rows.length,
		bodyKept: body !== null,
		files: Object.keys(files ?? {}),
		firstErrors: errors.slice(0, 10),
		warningCount: warnings.length,
	};
}
