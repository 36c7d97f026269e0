import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { BodyForm, OrganizationalDataTenant, ValidationResult } from '../model';
import type { ReceivedFile } from '../receive';
import { columnsOfApps, startCoverage, type Coverage } from './coverage';
import { readCsv, UnreadableCsv } from './csvRecords';
import { startFindings } from './findings';
import type { ValueKind } from './hrAttributes';
import { readJsonRecords, UnreadableJson } from './jsonRecords';
import { deletes } from './deletionMarkers';
import { isDouble, isEmail, isInteger, parseDate } from './valueForms';

/** Attributes of Organizational Data (B4); a date's form is not told, so the month-first ones are taken. */
export const profileAttributes: ReadonlyMap<string, ValueKind> = new Map<string, ValueKind>([
	['Microsoft_PersonEmail', 'email'],
	['Microsoft_ManagerEmail', 'email'],
	['Microsoft_Organization', 'string'],
	['Microsoft_LevelDesignation', 'string'],
	['Microsoft_JobDiscipline', 'string'],
	['Microsoft_Layer', 'integer'],
	['Microsoft_FirstName', 'string'],
	['Microsoft_LastName', 'string'],
	['Microsoft_DisplayName', 'string'],
	['Microsoft_JobTitle', 'string'],
	['Microsoft_SecondaryJobTitle', 'string'],
	['Microsoft_CompanyOfficeLocation', 'string'],
	['Microsoft_CompanyPostOfficeBox', 'string'],
	['Microsoft_CompanyOfficeStreet', 'string'],
	['Microsoft_CompanyOfficeCity', 'string'],
	['Microsoft_CompanyOfficeState', 'string'],
	['Microsoft_CompanyOfficeCountryOrRegion', 'string'],
	['Microsoft_CompanyOfficePostalCode', 'string'],
	['Microsoft_Company', 'string'],
	['Microsoft_CompanyCode', 'string'],
	['Microsoft_UserSkillNames', 'string'],
	['Microsoft_HireDate', 'date'],
	['Microsoft_HourlyRate', 'double'],
	['Microsoft_SupervisorIndicator', 'string'],
	['Microsoft_GlintEmploymentStatus', 'string'],
	['Microsoft_DotLineManagersEmailAndLabel', 'string'],
	['Microsoft_AssistantsEmail', 'string'],
]);

/** The kind of an attribute's values; those of the tenant's own are texts. */
export function kindOfAttribute(name: string): ValueKind {
	return profileAttributes.get(name) ?? 'string';
}

/** Names in a header-only CSV. Throws when one begins with Microsoft_ and is no attribute. */
export function parseHeaderCsv(headerCsv: string): string[] {
	const names = headerCsv.replace(/\r?\n$/, '').split(',');
	for (const name of names) {
		if (name.startsWith('Microsoft_') && !profileAttributes.has(name))
			throw new Error(`no attribute ${name}`);
	}
	return names;
}

/**
 * Validates an Organizational Data push (B2, B4) and merges its good rows.
 * `valid` is true for a partial success too; then errors are there as well.
 */
export async function validateProfiles(
	file: ReceivedFile,
	form: BodyForm,
	tenant: OrganizationalDataTenant,
	keepRows: boolean,
): Promise<ValidationResult> {
	const findings = startFindings();
	const result: ValidationResult = {
		valid: false,
		bootstrap: null,
		header: [],
		columns: [],
		rowCount: 0,
		acceptedRows: 0,
		rows: [],
		errors: findings.errors,
		errorCount: 0,
		warnings: findings.warnings,
	};
	let hard = false;
	const fail = (row: number | null, column: string | null, rule: string, message: string): void => {
		hard = true;
		findings.error(row, column, rule, message);
	};
	let coverage: Coverage | undefined;
	const good: Array<Record<string, string>> = [];
	try {
		const csv =
			form === 'json' ? readJsonRecords(await readFile(file.path)) : readCsv(createReadStream(file.path));
		for await (const record of csv.records) {
			if (result.header.length === 0) {
				result.header = record;
				checkColumns(record, tenant, fail);
				coverage = startCoverage(tenant, record);
				result.columns = record.map((name) => ({
					source: name,
					name,
					type: kindOfAttribute(name),
				}));
				continue;
			}
			result.rowCount += 1;
			coverage?.count(record);
			if (keepRows) result.rows.push(record);
			const number = result.rowCount + 1;
			if (record.every((value) => value === '')) {
				fail(number, null, 'rowBlank', 'The row is blank.');
				continue;
			}
			const wrong = wrongRow(record, result.header, csv.hasForeignBytes());
			if (wrong) findings.error(number, wrong.column, wrong.rule, `Row left out: ${wrong.message}`);
			else {
				result.acceptedRows += 1;
				good.push(Object.fromEntries(result.header.map((name, index) => [name, record[index] as string])));
			}
		}
		if (result.header.length === 0) fail(null, null, 'csvEmpty', 'The file is empty.');
		for (const { column, message } of coverage?.shortfalls() ?? []) fail(null, column, 'coverage', message);
	} catch (error) {
		if (error instanceof UnreadableCsv) fail(result.rowCount + 2, null, 'csv', error.message);
		else if (error instanceof UnreadableJson) fail(null, null, 'json', error.message);
		else throw error;
	}
	result.errorCount = findings.errorCount;
	result.valid = !hard && (result.acceptedRows > 0 || result.rowCount === 0);
	if (result.valid)
		for (const values of good) tenant.profiles.merge(values['Microsoft_PersonEmail'] ?? '', values);
	else result.acceptedRows = 0;
	return result;
}

function checkColumns(
	header: string[],
	tenant: OrganizationalDataTenant,
	fail: (row: number | null, column: string | null, rule: string, message: string) => void,
): void {
	const seen = new Set<string>();
	for (const name of header) {
		if (seen.has(name)) fail(1, name, 'headerDuplicate', 'The header occurs more than once.');
		seen.add(name);
		// that a column must be one of the connector's own is the emulator's choice
		if (!tenant.attributes.includes(name))
			fail(1, name, 'unmapped', 'The attribute is not mapped in the connector.');
	}
	for (const name of new Set([
		'Microsoft_PersonEmail',
		...tenant.requiredAttributes,
		...columnsOfApps(tenant),
	])) {
		if (!seen.has(name)) fail(1, name, 'requiredMissing', `The required attribute ${name} is missing.`);
	}
}

function wrongRow(
	record: string[],
	header: string[],
	maybeForeign: boolean,
): { column: string | null; rule: string; message: string } | null {
	if (record.length !== header.length) {
		const message = `The row has ${record.length} columns instead of ${header.length}.`;
		return { column: null, rule: 'rowWidth', message };
	}
	for (const [index, column] of header.entries()) {
		const value = record[index] as string;
		if (column === 'Microsoft_PersonEmail' && (value === '' || value === "''")) {
			return { column, rule: 'requiredBlank', message: 'The person email is blank.' };
		}
		if (value === '') continue;
		if (maybeForeign && value.includes('\ufffd')) {
			return { column, rule: 'utf8', message: 'The value has a byte that is not UTF-8.' };
		}
		const kind = kindOfAttribute(column);
		if (deletes(kind, value)) continue;
		const right =
			kind === 'string' ||
			(kind === 'email' && isEmail(value)) ||
			(kind === 'integer' && isInteger(value)) ||
			(kind === 'double' && isDouble(value)) ||
			(kind === 'date' && parseDate(value, 'monthFirst') !== null);
		if (!right) return { column, rule: 'type', message: `The value is no ${kind}.` };
	}
	return null;
}
