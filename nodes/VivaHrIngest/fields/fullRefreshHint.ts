import type { NodeHint } from 'n8n-workflow';

/** Says before the first run, beside the output, what a full refresh does (source A12). */
export const fullRefreshHint: NodeHint = {
	message:
		'A full refresh replaces everything that was imported before. Send all people with their whole history.',
	type: 'warning',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition:
		'={{ $parameter["operation"] === "upload" && ["vivaHr", "vivaSurvey"].includes($parameter["destination"]) && $parameter["refresh"] === "full" && ($parameter["options"] ?? {})["send"] !== "changes" && $parameter["send"] !== "changes" }}',
};
