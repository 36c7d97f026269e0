import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { BodyForm, ValidationResult } from '../model';
import type { ReceivedFile } from '../receive';
import { checkHeader, planFromMetadata, planFromNames, readMetadata, type PlannedColumn } from './columnPlan';
import { readCsv, UnreadableCsv, type CsvRecords } from './csvRecords';
import { startFindings, type FindingList } from './findings';
import { hrAttributes, valueLimit } from './hrAttributes';
import { UnreadableJson, readJsonRecords } from './jsonRecords';
import { managerLoops, mergePerson, type Person, type PersonStore } from './personStore';
import { isDouble, isEmail, isInteger, parseDate } from './valueForms';
import { openZip, UnreadableZip } from './zipArchive';

/** How a Viva file is looked at. */
export interface HrCheck {
	form: BodyForm;
	datasetType: 'HR' | 'Survey';
	/** who was imported before; an accepted file changes it */
	people: PersonStore;
	excludeInvalidRows: boolean;
	keepRows: boolean;
	/** zips: keep unpacked files up to this size */
	keepBytesUpTo: number;
	/** day of the upload, yyyymmdd: the effective date of files that have none */
	today: number;
}

/** Validates a file as Viva Insights documents it (A9 to A12, A14), and takes it over when it is valid. */
export async function validateViva(file: ReceivedFile, check: HrCheck): Promise<ValidationResult> {
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
	try {
		if (check.form === 'zip') await readZip(file, check, findings, result);
		else if (check.form === 'csv') {
			await readTable(readCsv(createReadStream(file.path)), null, check, findings, result);
		} else await readTable(readJsonRecords(await readFile(file.path)), null, check, findings, result);
	} catch (error) {
		if (error instanceof UnreadableZip)
			findings.error(null, null, 'zip', `The zip cannot be read: ${error.message}.`);
		else if (error instanceof UnreadableCsv) {
			findings.error(result.rowCount + 2, null, 'csv', `The .csv cannot be read: ${error.message}.`);
		} else if (error instanceof UnreadableJson) findings.error(null, null, 'json', error.message);
		else throw error;
	}
	result.errorCount = findings.errorCount;
	result.valid = findings.errorCount === 0;
	if (!result.valid) result.acceptedRows = 0;
	return result;
}

async function readZip(
	file: ReceivedFile,
	check: HrCheck,
	findings: FindingList,
	result: ValidationResult,
): Promise<void> {
	const zip = await openZip(file.path);
	try {
		const csv = zip.names.filter((name) => /\.csv$/i.test(name));
		const json = zip.names.filter((name) => /\.json$/i.test(name));
		if (zip.names.length !== 2 || csv.length !== 1 || json.length !== 1) {
			findings.error(null, null, 'zipContents', 'The zip must hold one .csv and one .json and nothing else.');
			return;
		}
		if (csv[0] !== 'data.csv' || json[0] !== 'metadata.json') {
			findings.error(
				null,
				null,
				'zipNames',
				'The files in the zip must be named data.csv and metadata.json.',
			);
			return;
		}
		const jsonBytes = await readAll(zip.open('metadata.json'), 16 * 1024 * 1024);
		const { parsed, metadata } = readMetadata(jsonBytes, check.datasetType, findings);
		if (parsed !== undefined) result.metadata = parsed;
		if (check.keepBytesUpTo > 0) {
			const csvBytes = await readAll(zip.open('data.csv'), check.keepBytesUpTo).catch((error: unknown) => {
				if (error instanceof TooLarge) return null;
				throw error;
			});
			result.files = { 'metadata.json': jsonBytes, ...(csvBytes && { 'data.csv': csvBytes }) };
		}
		if (metadata) await readTable(readCsv(zip.open('data.csv')), metadata, check, findings, result);
	} finally {
		await zip.close();
	}
}

class TooLarge extends Error {}

async function readAll(stream: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
	const pieces: Buffer[] = [];
	let bytes = 0;
	for await (const piece of stream) {
		bytes += piece.length;
		if (bytes > limit) throw new TooLarge(`more than ${limit} bytes`);
		pieces.push(piece);
	}
	return Buffer.concat(pieces);
}

async function readTable(
	csv: CsvRecords,
	metadata: ReturnType<typeof readMetadata>['metadata'],
	check: HrCheck,
	findings: FindingList,
	result: ValidationResult,
): Promise<void> {
	let columns: PlannedColumn[] | null = null;
	let table: TableCheck | null = null;
	for await (const record of csv.records) {
		if (columns === null) {
			result.header = record;
			checkHeader(record, check.datasetType, findings);
			if (csv.hasForeignBytes() && record.some((name) => name.includes('\ufffd'))) {
				findings.error(1, null, 'utf8', 'The header has a byte that is not UTF-8.');
			}
			columns = metadata
				? planFromMetadata(record, metadata, check.datasetType, findings)
				: planFromNames(record, check.datasetType, findings);
			result.columns = columns.map(({ source, name, type }) => ({ source, name, type }));
			result.bootstrap = metadata ? metadata.bootstrap : check.people.people.size === 0;
			if (check.datasetType === 'HR')
				checkColumnsForRefresh(columns, metadata === null, result, check, findings);
			table = startTableCheck(columns, check, findings, result);
			continue;
		}
		result.rowCount += 1;
		if (check.keepRows) result.rows.push(record);
		table?.row(record, result.rowCount + 1, csv.hasForeignBytes());
	}
	if (columns === null) {
		findings.error(null, null, 'csvEmpty', 'The file with the data is empty.');
		return;
	}
	table?.end();
}

/** Which columns a full or incremental import must have (A5, A10, A12, F12, F13). */
function checkColumnsForRefresh(
	columns: PlannedColumn[],
	raw: boolean,
	result: ValidationResult,
	check: HrCheck,
	findings: FindingList,
): void {
	const names = new Set(columns.map((column) => column.name));
	const needed = result.bootstrap === true ? ['PersonId', 'ManagerId', 'Organization'] : ['PersonId'];
	for (const name of needed) {
		if (!names.has(name))
			findings.error(null, name, 'requiredMissing', `The required field ${name} is missing.`);
	}
	if (result.bootstrap === true) return;
	if (check.people.people.size === 0) {
		findings.error(null, null, 'firstImport', 'The first import must have IsBootstrap "true".');
	}
	if (!raw) return;
	for (const name of names) {
		if (!check.people.fields.has(name)) {
			findings.error(null, name, 'newColumn', 'A push without metadata cannot add a field.');
		}
	}
}

interface TableCheck {
	row(record: string[], number: number, maybeForeign: boolean): void;
	end(): void;
}

function startTableCheck(
	columns: PlannedColumn[],
	check: HrCheck,
	findings: FindingList,
	result: ValidationResult,
): TableCheck {
	const at = (name: string): number => columns.findIndex((column) => column.name === name);
	const person = at('PersonId');
	const manager = at('ManagerId');
	const organization = at('Organization');
	const effective = at('EffectiveDate');
	const names = new Set(columns.map((column) => column.name));
	const arrived = new Map<string, Person>();
	const newPeople = new Map<string, number>();
	let blankManagers = 0;

	/** Findings that the connection's setting turns into a left-out row (A11). */
	const leavesOut = (row: number, column: string | null, rule: string, message: string): void => {
		if (check.excludeInvalidRows) findings.warn(row, column, rule, `Row left out: ${message}`);
		else findings.error(row, column, rule, message);
	};

	return {
		row(record, number, maybeForeign) {
			if (record.length !== columns.length) {
				leavesOut(
					number,
					null,
					'rowWidth',
					`The row has ${record.length} columns instead of ${columns.length}.`,
				);
				return;
			}
			let fine = true;
			for (let index = 0; index < columns.length; index += 1) {
				const column = columns[index] as PlannedColumn;
				const value = record[index] as string;
				if (value === '') {
					const required = check.datasetType === 'HR' && hrAttributes.get(column.name)?.required === true;
					if (
						(required && column.name !== 'ManagerId') ||
						(check.datasetType === 'HR' && index === effective)
					) {
						findings.error(
							number,
							column.source,
							'requiredBlank',
							`The required field ${column.name} is blank.`,
						);
						fine = false;
					}
					continue;
				}
				if (maybeForeign && value.includes('\ufffd')) {
					leavesOut(number, column.source, 'utf8', 'The value has a byte that is not UTF-8.');
					fine = false;
					continue;
				}
				if (value.includes('\n') || value.includes('\r')) {
					findings.error(number, column.source, 'newline', 'The value has a newline.');
					fine = false;
				}
				if (value.length > valueLimit / 4 && Buffer.byteLength(value) > valueLimit) {
					findings.error(number, column.source, 'valueSize', 'The value is larger than 128 KB.');
					fine = false;
				}
				const wrong = wrongType(column, value);
				if (wrong !== null) {
					leavesOut(number, column.source, 'type', wrong);
					fine = false;
					continue;
				}
				if (check.datasetType === 'HR') warnOfRange(column, value, number, findings);
			}
			if (!fine) return;
			result.acceptedRows += 1;
			if (check.datasetType === 'HR' && person >= 0) takePerson(record, number);
		},
		end() {
			if (check.datasetType !== 'HR' || person < 0) return;
			if (blankManagers > 1) {
				findings.warn(null, 'ManagerId', 'managerBlank', `${blankManagers} people have no manager.`);
			}
			const bootstrap = result.bootstrap === true;
			const managerOf = (address: string): string | null =>
				arrived.get(address)?.manager ??
				(bootstrap ? null : check.people.people.get(address)?.manager) ??
				null;
			for (const address of managerLoops(arrived.keys(), managerOf)) {
				findings.error(null, 'ManagerId', 'managerLoop', `The managers of ${address} form a loop.`);
			}
			if (findings.errorCount > 0) return;
			if (bootstrap) check.people.replace(arrived, names);
			else check.people.merge(arrived, names);
		},
	};

	function takePerson(record: string[], number: number): void {
		const address = (record[person] as string).toLowerCase();
		const managerAddress = manager >= 0 ? (record[manager] as string).toLowerCase() : '';
		if (manager >= 0 && managerAddress === '') blankManagers += 1;
		if (result.bootstrap !== true && !check.people.people.has(address) && !newPeople.has(address)) {
			newPeople.set(address, number);
			checkNewPerson(record, number, managerAddress);
		}
		const column = effective >= 0 ? columns[effective] : undefined;
		const day = column ? (parseDate(record[effective] as string, column.order) as number) : check.today;
		mergePerson(arrived, address, {
			manager: managerAddress === '' ? null : managerAddress,
			latest: day,
			records: check.keepRows
				? new Map([[day, Object.fromEntries(columns.map((c, index) => [c.name, record[index] as string]))]])
				: null,
		});
	}

	/** Incremental imports: new people need everything that a full one has (A12, F13). */
	function checkNewPerson(record: string[], number: number, managerAddress: string): void {
		if (managerAddress === '') {
			findings.error(number, 'ManagerId', 'newPersonManager', 'A new PersonId has no ManagerId.');
		}
		if (organization < 0 || record[organization] === '') {
			findings.error(number, 'Organization', 'newPersonOrganization', 'A new PersonId has no Organization.');
		}
		for (const field of check.people.fields) {
			if (hrAttributes.has(field) && field !== 'EffectiveDate' && !names.has(field)) {
				findings.error(
					number,
					field,
					'newPersonField',
					'A new PersonId lacks a field that was imported before.',
				);
			}
		}
	}
}

function wrongType(column: PlannedColumn, value: string): string | null {
	switch (column.kind) {
		case 'email':
			return isEmail(value) ? null : 'The value is not an email like employee@contoso.com.';
		case 'date':
			return parseDate(value, column.order) !== null
				? null
				: `The value is not a date like ${column.order === 'monthFirst' ? 'MM/DD/YYYY' : 'DD/MM/YYYY'}.`;
		case 'integer':
			return isInteger(value) ? null : 'The value is not an integer.';
		case 'double':
			return isDouble(value) ? null : 'The value is not a double like 23.75.';
		case 'string':
			return null;
	}
}

/** The documents give these ranges, but no error for what lies outside (A10, A11): so only a warning. */
function warnOfRange(column: PlannedColumn, value: string, row: number, findings: FindingList): void {
	const outside =
		(column.name === 'SupervisorIndicator' && !['IC', 'Mngr', 'Mngr+'].includes(value)) ||
		(column.name === 'WeeklyBadgeOnsiteDays' && (Number(value) < 0 || Number(value) > 7)) ||
		(column.name === 'Layer' && Number(value) < 0);
	if (outside)
		findings.warn(row, column.source, 'range', `The value is outside the range of ${column.name}.`);
}
