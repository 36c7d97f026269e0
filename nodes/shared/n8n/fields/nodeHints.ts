import type { NodeHint } from 'n8n-workflow';

/**
 * Says before the first run that n8n's setting Retry On Fail brings nothing. A hint cannot see the setting itself, so it names it.
 * @param operations those in which a step tries again by itself
 */
export const retryIsNotNeeded = (...operations: string[]): NodeHint => ({
	message: "Leave 'Retry On Fail' off in the tab Settings. This step already tries again where that is safe.",
	type: 'info',
	location: 'outputPane',
	whenToDisplay: 'beforeExecution',
	displayCondition: `={{ ${JSON.stringify(operations)}.includes($parameter["operation"]) }}`,
});
