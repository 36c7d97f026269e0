import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import type { Problem } from '../../shared/core/problem';
import { createReportFile } from '../../shared/n8n/output/reportFile';
import type { Sending } from '../../shared/purview/delivery/sendSignals';
import { SCENARIOS } from '../../shared/purview/signals/scenarios';
import { loadLanguage, type Language } from '../../shared/report/language/language';
import type { ReportData } from '../../shared/report/observe/reportData';
import type { Outcome } from '../../shared/report/page/verdict';
import type { Settings } from '../settings';
import type { PreparedJob } from './preparation';

/** What became of a job, for its report. */
export interface ReportedOutcome {
	outcome: Outcome;
	/** of data that was sent */
	sending?: Sending;
	/** what ended the job */
	failure?: Problem;
}

type Facts = Array<ReportData['facts'][number]>;

/**
 * Writes the report of one job and hands it to n8n. It shows no organization: signals put persons under observation.
 * @param context the step's execution
 * @param prepared what was prepared, and seen for the report
 * @param told what became of it, and the step's settings
 * @returns nothing where no report is wanted
 */
export async function prepareReport(
	context: IExecuteFunctions,
	prepared: PreparedJob,
	{ settings, ...became }: ReportedOutcome & { settings: Settings },
): Promise<IBinaryData | undefined> {
	const { report, plan, rejected } = prepared;
	if (!report) return undefined;
	const language = await loadLanguage(settings.output.reportLanguage);
	const known = {
		...prepared,
		leftOut: plan.leftOut,
		proposals: plan.proposals,
		invalid: rejected,
		onInvalid: settings.signals.onInvalid,
		otherColumns: 'leaveOut' as const,
		destination: 'Microsoft Purview (HR connector)',
		delivery: 'signals' as const,
		facts: [...scenarioFacts(prepared, settings, language), ...deliveryFacts(settings, became, language)],
		made: new Date(),
		zone: context.getTimezone(),
		outcome: became.outcome,
	};
	return await createReportFile(context, known, { seen: report, language });
}

function scenarioFacts({ perScenario, unit }: PreparedJob, { signals }: Settings, { say }: Language): Facts {
	const { scenarios, identifiers } = signals.layout;
	if (!identifiers) return scenarios.map((id) => [say('scenario'), SCENARIOS[id].displayName]);
	const { unknown } = perScenario;
	return [
		...scenarios.map((id): Facts[number] => [
			SCENARIOS[id].displayName,
			say(`validOnes.${unit}`, { n: perScenario[id] ?? 0 }),
		]),
		...(unknown === undefined ? [] : [[say('noScenario'), say(`n.${unit}`, { n: unknown })] as const]),
	];
}

function deliveryFacts(
	{ delivery }: Settings,
	{ sending, failure }: ReportedOutcome,
	{ say }: Language,
): Facts {
	const facts: Facts = delivery.jobId === '' ? [] : [[say('jobId'), delivery.jobId]];
	const rowsOf = (n: number) => say('n.row', { n });
	if (sending) {
		const rows = sending.chunks.reduce((sum, { records }) => sum + records, 0);
		const chunks = say('nChunks', { n: sending.chunks.length });
		facts.push([say('sent'), say('sentInChunks', { rows: rowsOf(rows), chunks })]);
		if (sending.before.rows > 0) facts.push([say('sentEarlier'), rowsOf(sending.before.rows)]);
	}
	for (const [label, name] of FAILED_ROWS) {
		const rows = failure?.details[name];
		if (typeof rows === 'number') facts.push([say(label), rowsOf(rows)]);
	}
	return facts;
}

/** What an error of a delivery knows of the rows. */
const FAILED_ROWS = [
	['confirmed', 'confirmedRows'],
	['inDoubt', 'inDoubtRows'],
	['unsent', 'unsentRows'],
] as const;
