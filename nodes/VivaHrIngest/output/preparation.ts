import type { IDataObject } from 'n8n-workflow';
import { describeChecks, type DescribedInput } from '../../shared/n8n/input/invalidData';
import type { ReportObserver } from '../../shared/report/observe/reportObserver';
import type { DestinationId } from '../../shared/viva/service/destinations';
import type { PackageSettings, PreparedPackage } from '../../shared/viva/package/preparePackage';

/** One import as it stands before anything is sent. */
export interface PreparedImport extends PreparedPackage, DescribedInput {
	/** what is done with invalid rows; a prebuilt zip is sent as it is or not at all */
	onInvalid: PackageSettings['onInvalid'];
	/** what was seen for a report, where one is wanted */
	report?: ReportObserver;
}

/** What the checks and the mapping came to, for the output item. */
export function describePreparation(prepared: PreparedImport, destination: DestinationId): IDataObject {
	const { refresh, bodyType, file, readiness } = prepared;
	return {
		destination,
		refresh,
		sentAs: bodyType,
		...(file && !isNothingToSend(prepared) ? { bytes: file.size, sha256: file.sha256 } : {}),
		...describeChecks(prepared),
		...describeChanges(prepared),
		...(readiness && {
			readiness: { ...readiness, attributes: readiness.attributes.map((counted) => ({ ...counted })) },
		}),
	};
}

/** What is sent of the rows that were checked, and how the input differs from the previous file. */
function describeChanges({ changes }: PreparedImport): IDataObject {
	if (!changes) return {};
	const { columns, ...counts } = changes.counts;
	return { rows: counts.sentRows, changes: { ...counts, columns: columns.map((column) => ({ ...column })) } };
}

/** Whether all is well and nothing changed since the previous file. */
export function isNothingToSend({ file, changes }: PreparedPackage): boolean {
	return file !== undefined && changes?.counts.sentRows === 0;
}
