import type { PersonStore } from './validation/personStore';
import type { ProfileStore } from './validation/profileStore';

/** A client secret of an app. */
export interface SecretSetup {
	value: string;
	expired?: boolean;
}

/** A federated credential of an app: whose token proves the app (D5). */
export interface FederatedCredentialSetup {
	issuer: string;
	subject: string;
	audience: string;
	/** added a moment ago: not known everywhere yet, so its tokens get 70021 */
	spreading?: boolean;
}

/** An app registration in a tenant. */
export interface AppSetup {
	clientId: string;
	secrets?: Array<string | SecretSetup>;
	/** registered certificates, PEM */
	certificates?: string[];
	federatedCredentials?: FederatedCredentialSetup[];
	/** a blocked app gets 501051 */
	blocked?: boolean;
}

/** A connection that an administrator set up, with the apps that may use it. */
export interface ConnectorSetup {
	connectorId?: string;
	authorisedAppIds: string[];
}

/** The Viva Insights side of a tenant. */
export interface VivaSetup {
	scaleUnit?: string;
	/** null: no API-based import was set up */
	hrConnector?: ConnectorSetup | null;
	surveyConnector?: ConnectorSetup | null;
	/** the connection's setting "upload valid rows and exclude rows with invalid data" (A11) */
	excludeInvalidRows?: boolean;
}

/** The Organizational Data side of a tenant. */
export interface OrganizationalDataSetup {
	/** another one than Viva's, if wished */
	scaleUnit?: string;
	connector?: ConnectorSetup | null;
	/** the header-only CSV that an administrator uploads when the connector is set up (B2) */
	headerCsv: string;
	/** attributes that the selected apps require besides Microsoft_PersonEmail (B4) */
	requiredAttributes?: string[];
	/** apps that were selected for the connection, and whose coverage is documented (B4) */
	apps?: SelectedApp[];
}

/** An app with a documented coverage. */
export type SelectedApp = 'copilotDashboard';

/** The HR scenarios of the Purview connector (C5). */
export type ScenarioName =
	'resignation' | 'jobLevelChange' | 'performanceReview' | 'performanceImprovementPlan' | 'employeeProfile';

/** One scenario of a Purview connector, with the columns that were mapped when it was set up. */
export interface ScenarioSetup {
	scenario: ScenarioName;
	/** value in the identifier column, needed when the connector has several scenarios */
	value?: string;
	/** column names that differ from the documented ones: documented name → name in the file */
	columns?: Record<string, string>;
	/** optional columns that were mapped too; a mapped column must be in the header */
	optionalColumns?: string[];
}

/** A Purview HR connector: a job id, the app that may use it, and what was mapped. */
export interface PurviewJobSetup {
	jobId: string;
	appId: string;
	scenarios: ScenarioSetup[];
	/** name of the identifier column when there are several scenarios */
	scenarioColumn?: string;
	/** what the file mapping page was told to expect between the fields (C3); comma unless given */
	delimiter?: ',' | '\t' | '|';
}

/** The Purview side of a tenant. */
export interface PurviewSetup {
	/** false: the tenant gets 403 Forbidden for every call (C3) */
	enabled?: boolean;
	jobs: PurviewJobSetup[];
}

/** Everything that a tenant may have. A service that is left out is not known in the tenant (500011). */
export interface TenantSetup {
	tenantId: string;
	apps?: AppSetup[];
	viva?: VivaSetup | null;
	organizationalData?: OrganizationalDataSetup | null;
	purview?: PurviewSetup | null;
}

export interface Connector {
	connectorId: string;
	/** lower case */
	authorisedAppIds: string[];
}

export interface App {
	/** lower case */
	clientId: string;
	secrets: SecretSetup[];
	certificates: string[];
	federatedCredentials: FederatedCredentialSetup[];
	blocked: boolean;
}

export interface VivaTenant {
	scaleUnit: string;
	connectors: { HR: Connector | null; Survey: Connector | null };
	excludeInvalidRows: boolean;
	/** who was imported, and when each value began */
	people: PersonStore;
}

export interface OrganizationalDataTenant {
	scaleUnit: string;
	connector: Connector | null;
	/** attributes of the header-only CSV, in its order */
	attributes: string[];
	requiredAttributes: string[];
	apps: SelectedApp[];
	profiles: ProfileStore;
}

export interface PurviewTenant {
	enabled: boolean;
	jobs: PurviewJobSetup[];
}

/** A tenant as the emulator keeps it. */
export interface Tenant {
	/** lower case */
	tenantId: string;
	apps: App[];
	viva: VivaTenant | null;
	organizationalData: OrganizationalDataTenant | null;
	purview: PurviewTenant | null;
}

export type Destination = 'viva-hr' | 'viva-survey' | 'organizational-data';
export type BodyForm = 'zip' | 'csv' | 'json';

/** What validation has to say about a place in the file. */
export interface RowError {
	/** number of the record, the header being 1; null: the whole file */
	row: number | null;
	column: string | null;
	/** our name for the rule */
	rule: string;
	message: string;
}

/** A status that an ingestion has from a moment on. */
export interface StatusStep {
	/** milliseconds after the push */
	afterMs: number;
	status: string;
}

/** Where a column of the file goes. */
export interface MappedColumn {
	source: string;
	name: string;
	/** type as the metadata writes it; of raw bodies the attribute's own */
	type: string;
}

/** What validation made of a file. */
export interface ValidationResult {
	valid: boolean;
	/** full refresh; null where the service does not know the difference */
	bootstrap: boolean | null;
	header: string[];
	columns: MappedColumn[];
	/** records after the header, bad ones included */
	rowCount: number;
	/** records taken over */
	acceptedRows: number;
	/** cells as they came, record by record; empty when rows are not kept */
	rows: string[][];
	/** the first of them, see `errorCount` */
	errors: RowError[];
	errorCount: number;
	warnings: RowError[];
	/** parsed metadata.json, of zips */
	metadata?: unknown;
	/** unpacked files by name, of zips, when bytes are kept */
	files?: Record<string, Buffer>;
}

/** A push that was accepted with 200. */
export interface ReceivedIngestion extends ValidationResult {
	id: string;
	tenantId: string;
	appId: string;
	destination: Destination;
	connectorId: string;
	scaleUnit: string;
	/** by the emulator's clock */
	receivedAt: number;
	form: BodyForm;
	contentType: string;
	/** of multipart bodies */
	partName: string | null;
	partFileName: string | null;
	/** size of the file, without multipart framing */
	bytes: number;
	/** SHA-256 of the file, hexadecimal */
	sha256: string;
	/** the file itself, when bytes are kept and it is not large */
	body: Buffer | null;
	statuses: StatusStep[];
	errorDetail: string | null;
	/** a test has put it there, without an upload: it holds up none */
	planted?: true;
	/** true: the connection was cut by a fault, the sender never saw the answer */
	answerLost: boolean;
}

/** A chunk that the Purview webhook took. */
export interface ReceivedSignal {
	tenantId: string;
	appId: string;
	/** lower case */
	jobId: string;
	/** by the emulator's clock */
	receivedAt: number;
	partFileName: string | null;
	bytes: number;
	sha256: string;
	header: string[];
	rowCount: number;
	rows: string[][];
	/** rows that the connector's log would count as RecordsSaved (C6) */
	recordsSaved: number;
	/** records per identifier value, or per scenario of a one-scenario connector */
	perScenario: Record<string, number>;
	/** first reasons why records were not saved */
	rejected: RowError[];
	answerLost: boolean;
}

/** A request as the log keeps it. */
export interface LoggedRequest {
	number: number;
	/** real time */
	at: string;
	service: string;
	method: string;
	/** path with query */
	path: string;
	/** Authorization is masked */
	headers: Record<string, string>;
	/** bytes of the body that arrived */
	bodyBytes: number;
	/** null: no answer was sent */
	status: number | null;
	durationMs: number;
	/** action of the fault that struck, if any */
	fault: string | null;
	/** true while a fault keeps back an answer whose work is done */
	held: boolean;
}

/** What can be set on the whole emulator. */
export interface Settings {
	/** milliseconds from the push to ExtractionComplete */
	extractionMs: number;
	/** milliseconds from ExtractionComplete to the end */
	processingMs: number;
	/** life of an access token, in seconds */
	tokenLifetimeS: number;
	/** what Viva and Organizational Data answer to a token that is expired or not theirs (A6: 200 with HTML) */
	badTokenAnswer: 'html200' | 'unauthorized401' | 'redirect302';
	/** form of the 400 for an import that is still running; the reference does not know it */
	previousIngestionAnswer: 'text' | 'json';
	/** keep parsed rows; switch off for large files */
	keepRows: boolean;
	/** keep bodies up to this many bytes */
	keepBytesUpTo: number;
	/** false: rows are neither parsed nor checked, only counted in bytes and hashed */
	checkContents: boolean;
	/** error stream paths that are served (F4) */
	errorPaths: Array<'connectors' | 'fileIngestion' | 'literal'>;
	/** poll paths that are served (F19) */
	pollPaths: Array<'fileIngestion' | 'short'>;
	/** status that a partly accepted Organizational Data push ends with; the reference does not know it */
	partialSuccessStatus: string;
	/** what the Purview webhook answers to a chunk */
	signalAnswer: 200 | 201 | 202 | 207;
}

/** Settings that a fresh emulator has. */
export const defaultSettings: Settings = {
	extractionMs: 1_000,
	processingMs: 2_000,
	tokenLifetimeS: 3_599,
	badTokenAnswer: 'html200',
	previousIngestionAnswer: 'text',
	keepRows: true,
	keepBytesUpTo: 64 * 1024 * 1024,
	checkContents: true,
	errorPaths: ['connectors', 'fileIngestion', 'literal'],
	pollPaths: ['fileIngestion', 'short'],
	partialSuccessStatus: 'Completed',
	signalAnswer: 200,
};
