import type { OrganizationalDataTenant } from '../model';

/** How many rows of an upload need a value, in percent, for the Copilot Dashboard (B4). */
const DASHBOARD: ReadonlyArray<readonly [attribute: string, percent: number]> = [
	['Microsoft_PersonEmail', 100],
	['Microsoft_ManagerEmail', 95],
	['Microsoft_Organization', 95],
];

/** Counts the values that a selected app needs. */
export interface Coverage {
	/** @param record of the file, bad ones included */
	count(record: readonly string[]): void;
	/** Says what is short, once every record is counted. */
	shortfalls(): Array<{ column: string; message: string }>;
}

/**
 * Attributes that must be columns of an upload. Later uploads may leave them out (B4, a draft page of 2024).
 * @returns none where no app with a documented coverage is selected
 */
export function columnsOfApps(tenant: OrganizationalDataTenant): string[] {
	const first = tenant.profiles.people.size === 0;
	return first && tenant.apps.includes('copilotDashboard') ? DASHBOARD.map(([attribute]) => attribute) : [];
}

/**
 * Begins to count. A column that is there must be covered, at later uploads too (B4).
 * @param header of the file
 */
export function startCoverage(tenant: OrganizationalDataTenant, header: readonly string[]): Coverage {
	const needs = tenant.apps.includes('copilotDashboard') ? DASHBOARD : [];
	const counted = needs
		.map(([column, percent]) => ({ column, percent, index: header.indexOf(column), filled: 0 }))
		.filter(({ index }) => index >= 0);
	let rows = 0;
	return {
		count(record) {
			rows += 1;
			for (const one of counted) if ((record[one.index] ?? '') !== '') one.filled += 1;
		},
		shortfalls: () =>
			counted
				.filter(({ percent, filled }) => filled * 100 < percent * rows)
				.map(({ column, percent }) => ({
					column,
					message: `Less than ${percent} % of the rows have a value, which the Copilot Dashboard needs.`,
				})),
	};
}
