import type { Clock } from './clock';
import type { FaultList } from './faults';
import type { Issuer } from './issuer';
import type { LoggedRequest, ReceivedIngestion, ReceivedSignal, Settings, StatusStep, Tenant } from './model';
import type { TokenAuthority } from './tokens';

/** An ending that a test chose for an ingestion, instead of the one validation gives. */
export interface PlannedIngestion {
	/** statuses and when they begin, in milliseconds after the push */
	statuses: StatusStep[];
	errorDetail?: string | null;
	/** for polls that must not find the ingestion any more: milliseconds after the push */
	forgottenAfterMs?: number;
}

/** Everything the emulator knows. Services read and write it; tests look at it. */
export interface EmulatorState {
	clock: Clock;
	settings: Settings;
	/** by tenant id, lower case */
	tenants: Map<string, Tenant>;
	/** in the order of arrival */
	ingestions: ReceivedIngestion[];
	/** accepted chunks, in the order of arrival */
	signals: ReceivedSignal[];
	requests: LoggedRequest[];
	faults: FaultList;
	tokens: TokenAuthority;
	/** who signs the tokens that apps trust through federated credentials */
	issuer: Issuer;
	/** endings for the next ingestions, first in first out */
	planned: PlannedIngestion[];
	/** endings already given, by ingestion id */
	plannedById: Map<string, PlannedIngestion>;
}
