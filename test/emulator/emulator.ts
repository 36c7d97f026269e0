import { writeFileSync } from 'node:fs';
import { startClock } from './clock';
import type { EmulatorControls } from './control';
import { demoTenant } from './demoTenant';
import { startFaultList } from './faults';
import { startIssuer, type Issuer } from './issuer';
import { listen } from './listener';
import {
	defaultSettings,
	type LoggedRequest,
	type ReceivedIngestion,
	type ReceivedSignal,
	type Settings,
	type TenantSetup,
} from './model';
import type { EmulatorState } from './state';
import { makeTenant } from './tenants';
import { makeAppCertificate, makeServerIdentity, type KeyPair } from './tls';
import { startTokenAuthority } from './tokens';

export { demo, demoReport, exchangeAudience } from './demoTenant';
export type { Fault, FaultAction, FaultService } from './faults';
export type { PlannedIngestion } from './state';

/** How an emulator starts. */
export interface EmulatorOptions {
	/** 0, the default, takes a free one */
	port?: number;
	settings?: Partial<Settings>;
	/** tenants besides the demo's own */
	tenants?: TenantSetup[];
	/** certificate of the demo app; made anew unless given */
	appCertificate?: KeyPair;
}

/** A running stand-in for Entra, Viva ingress, Organizational Data, the Purview webhook and a Workday report. */
export interface Emulator extends EmulatorControls {
	/** https://localhost:PORT: login host and Purview host */
	origin: string;
	/** base address of Viva and Organizational Data, with the version */
	vivaBaseUrl: string;
	/** address of the Purview webhook, without the job id */
	signalsUrl: string;
	port: number;
	/** certificate and private key that are registered for the demo app */
	appCertificate: KeyPair;
	/** signs the tokens that apps trust through federated credentials */
	issuer: Issuer;
	/** the authority that clients must trust, PEM */
	caPem(): string;
	/** writes the authority to a file, for NODE_EXTRA_CA_CERTS */
	writeCa(path: string): void;
	state: EmulatorState;
	readonly settings: Settings;
	readonly tokensIssued: number;
	readonly ingestions: ReceivedIngestion[];
	readonly signals: ReceivedSignal[];
	readonly requests: LoggedRequest[];
	/** failures of the emulator itself; a test should find none */
	readonly failures: Error[];
	/** TLS handshakes since the start, of all services together */
	handshakes(): number;
	close(): Promise<void>;
}

/**
 * Starts an emulator on 127.0.0.1, over HTTPS with a certificate of its own.
 * Throws when the port is taken.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
	const [identity, appCertificate] = await Promise.all([
		makeServerIdentity(),
		options.appCertificate ?? makeAppCertificate('n8n HR demo'),
	]);
	const setups = [demoTenant(appCertificate.certificatePem), ...(options.tenants ?? [])];
	const state: EmulatorState = {
		clock: startClock(),
		settings: { ...defaultSettings, ...options.settings },
		tenants: new Map(),
		ingestions: [],
		signals: [],
		requests: [],
		faults: startFaultList(),
		tokens: startTokenAuthority(),
		issuer: startIssuer(),
		planned: [],
		plannedById: new Map(),
	};
	const controls: EmulatorControls = {
		addTenant(setup) {
			const tenant = makeTenant(setup);
			state.tenants.set(tenant.tenantId, tenant);
		},
		fault: (fault) => state.faults.add(fault),
		advance: (ms) => state.clock.advance(ms),
		expireTokens: () => state.tokens.expireAll(),
		planIngestion(plan) {
			if (plan.statuses.length === 0) throw new Error('a plan needs a status');
			state.planned.push(plan);
		},
		set(settings) {
			for (const name of Object.keys(settings)) {
				if (!(name in defaultSettings)) throw new Error(`no such setting: ${name}`);
			}
			Object.assign(state.settings, settings);
		},
		reset() {
			state.ingestions.length = 0;
			state.signals.length = 0;
			state.requests.length = 0;
			state.planned.length = 0;
			state.plannedById.clear();
			state.faults.clear();
			state.tokens.issued = 0;
			Object.assign(state.settings, defaultSettings, options.settings);
			state.tenants.clear();
			for (const setup of setups) controls.addTenant(setup);
		},
		caPem: () => identity.caPem,
	};
	for (const setup of setups) controls.addTenant(setup);

	const listener = await listen(state, controls, identity, options.port ?? 0);
	const origin = `https://localhost:${listener.port}`;
	return {
		...controls,
		origin,
		vivaBaseUrl: `${origin}/v1.0`,
		signalsUrl: `${origin}/api/signals`,
		port: listener.port,
		appCertificate,
		issuer: state.issuer,
		writeCa: (path) => writeFileSync(path, identity.caPem),
		state,
		settings: state.settings,
		get tokensIssued() {
			return state.tokens.issued;
		},
		ingestions: state.ingestions,
		signals: state.signals,
		requests: state.requests,
		failures: listener.failures,
		handshakes: listener.handshakes,
		close: listener.close,
	};
}
