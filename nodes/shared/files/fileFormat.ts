import { problem, type Problem } from '../core/problem';

/** The forms of files that are read; all others are refused with a word about what to do. */
export type FileFormat = 'csv' | 'json' | 'zip';

/** How many bytes of a file {@link detectFileFormat} wants to see. */
export const FORMAT_BYTES = 4096;

/** Beginnings of files that hold no table as we read it, or not directly. */
const REFUSED: ReadonlyArray<{ begins: RegExp; what: string; advice: string }> = [
	{
		begins: /^\u00d0\u00cf[^\s\w]\u00e0/,
		what: 'an Excel file in the old format (.xls)',
		advice: extractAdvice('XLS'),
	},
	{
		begins: /^%PDF-/,
		what: 'a PDF',
		advice: 'Export the report as CSV.',
	},
	{
		begins: /^\s*<(?:!doctype\s+html|html|head|body)\b/i,
		what: 'a web page (HTML)',
		advice:
			'Check the step that downloads the file: it probably got a sign-in or error page in place of the report.',
	},
	{
		begins: /^\s*<(?:\?xml|\w+:\w+[\s>])/i,
		what: 'XML',
		advice:
			"Ask the HR system for CSV or JSON (for a Workday report add format=json to its address), or put n8n's step XML before this one.",
	},
];

/**
 * Finds out what kind of file this is, by its first bytes; names decide only where bytes leave it open.
 * @param head the file's first {@link FORMAT_BYTES} bytes, unpacked if it is gzip
 * @param fileName blank where it is not known
 * @param mimeType blank where it is not known
 * @throws Problem `input` for spreadsheets, PDF, HTML and XML, each with the way around
 */
export function detectFileFormat(head: Buffer, fileName: string, mimeType: string): FileFormat {
	if (isZip(head)) {
		const spreadsheet = spreadsheetIn(head.toString('latin1')) ?? spreadsheetNamed(`${fileName} ${mimeType}`);
		if (spreadsheet) throw refusal(spreadsheet.what, extractAdvice(spreadsheet.format));
		return 'zip';
	}
	// Zeros and byte order marks aside, the beginning of a UTF-16 text looks as in any other encoding.
	const text = head
		.toString('latin1')
		.replaceAll('\0', '')
		.replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '');
	const refused = REFUSED.find(({ begins }) => begins.test(text));
	if (refused) {
		throw refusal(refused.what, refused.advice);
	}
	if (/^\s*(?:\[\s*[[{\]]|\{\s*["}])/.test(text)) return 'json';
	const namedJson =
		/\.(?:json|jsonl|ndjson)(?:\.gz)?$/i.test(fileName) || /[/+](?:json|x-ndjson|jsonl)\b/i.test(mimeType);
	return namedJson ? 'json' : 'csv';
}

/** Whether a file begins with a zip's first local header or, for a zip of nothing, with its end record. */
function isZip(head: Buffer): boolean {
	return head.length >= 4 && [0x504b0304, 0x504b0506].includes(head.readUInt32BE(0));
}

interface SpreadsheetKind {
	what: string;
	format: Spreadsheet;
}
const EXCEL: SpreadsheetKind = { what: 'an Excel file (.xlsx)', format: 'XLSX' };
const OPEN_DOCUMENT: SpreadsheetKind = { what: 'an OpenDocument file (.ods)', format: 'ODS' };

/** What a zip is if it is a spreadsheet; the first entries of such a file tell. */
function spreadsheetIn(head: string): SpreadsheetKind | undefined {
	if (head.includes('mimetypeapplication/vnd.oasis.opendocument')) return OPEN_DOCUMENT;
	if (head.includes('[Content_Types].xml') || /(?:^|\0)(?:xl|_rels)\//.test(head)) return EXCEL;
	return undefined;
}

/** What a zip is by its name or type, where it is cut or written in an unusual order. */
function spreadsheetNamed(names: string): SpreadsheetKind | undefined {
	if (/\.xls[xmb]\b|spreadsheetml/i.test(names)) return EXCEL;
	return /\.ods\b|opendocument/i.test(names) ? OPEN_DOCUMENT : undefined;
}

/** What n8n's step 'Extract from File' calls the formats of spreadsheets. */
type Spreadsheet = 'XLSX' | 'XLS' | 'ODS';

function extractAdvice(format: Spreadsheet): string {
	return `Add the step 'Extract from File' with the operation 'Extract From ${format}' before this one, and set 'Input' to 'Items' here. Or save the file as CSV UTF-8.`;
}

function refusal(what: string, advice: string): Problem {
	return problem.input(`The file is ${what}, not CSV, JSON or a prebuilt zip.`, advice);
}
