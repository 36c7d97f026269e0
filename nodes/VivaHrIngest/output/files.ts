import type { IBinaryData, IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';
import type { SpooledFile } from '../../shared/files/spool';
import { createReportFile } from '../../shared/n8n/output/reportFile';
import { loadLanguage, type LanguageId } from '../../shared/report/language/language';
import type { Outcome } from '../../shared/report/page/verdict';
import { DESTINATIONS, type BodyType } from '../../shared/viva/service/destinations';
import type { PackageSettings } from '../../shared/viva/package/preparePackage';
import type { PreparedImport } from './preparation';

const PACKAGE_FILES: Record<BodyType, { name: string; mimeType: string }> = {
	zip: { name: 'package.zip', mimeType: 'application/zip' },
	csv: { name: 'data.csv', mimeType: 'text/csv' },
	json: { name: 'data.json', mimeType: 'application/json' },
};

/** The files that go with a result; those that are missing are not given out. */
export interface OutputFiles {
	package?: { file: SpooledFile; bodyType: BodyType };
	findings?: SpooledFile;
	report?: IBinaryData;
	/** addresses of missing people, as CSV text */
	missing?: string;
}

/** Hands files to n8n. */
export async function prepareFiles(
	context: IExecuteFunctions,
	files: OutputFiles,
): Promise<IBinaryKeyData | undefined> {
	const { helpers } = context;
	const binary: IBinaryKeyData = files.report ? { report: files.report } : {};
	if (files.package) {
		const { name, mimeType } = PACKAGE_FILES[files.package.bodyType];
		binary.package = await helpers.prepareBinaryData(files.package.file.open(), name, mimeType);
	}
	if (files.findings) {
		binary.findings = await helpers.prepareBinaryData(files.findings.open(), 'findings.csv', 'text/csv');
	}
	if (files.missing !== undefined) {
		const bytes = Buffer.from(files.missing, 'utf8');
		binary.missing = await helpers.prepareBinaryData(bytes, 'missing.csv', 'text/csv');
	}
	return Object.keys(binary).length > 0 ? binary : undefined;
}

/**
 * Writes the report of one import and hands it to n8n.
 * @param context the step's execution
 * @param prepared what was prepared, and seen for the report
 * @param told what became of it, and where it was to be sent with which columns, and the report's language
 * @returns nothing where no report is wanted
 */
export async function prepareReport(
	context: IExecuteFunctions,
	prepared: PreparedImport,
	{ outcome, settings, language: id }: { outcome: Outcome; settings: PackageSettings; language: LanguageId },
): Promise<IBinaryData | undefined> {
	if (!prepared.report) return undefined;
	const { destination, otherColumns } = settings;
	const known = {
		...prepared,
		leftOut: prepared.plan.leftOut,
		proposals: prepared.plan.proposals,
		invalid: prepared.rejected,
		changes: prepared.changes?.counts,
		destination: DESTINATIONS[destination].displayName,
		delivery: 'import' as const,
		facts: [],
		otherColumns,
		made: new Date(),
		zone: context.getTimezone(),
		outcome,
	};
	const language = await loadLanguage(id);
	return await createReportFile(context, known, { seen: prepared.report, language });
}
