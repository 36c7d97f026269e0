import { NodeConnectionTypes, type ExpressionString } from 'n8n-workflow';

const MAIN = NodeConnectionTypes.Main;

/** Whether, by the panel's values, only changes are sent; hidden fields do not count. */
const ONLY_CHANGES =
	'["upload", "validate"].includes($parameter["operation"]) && $parameter["destination"] !== "vivaSurvey" && ($parameter["send"] ?? ($parameter["options"] ?? {})["send"]) === "changes"';

/** The step's inputs: the previous file has one of its own, where only changes are sent. */
export const INPUTS: ExpressionString = `={{ ${ONLY_CHANGES} ? [{ type: "${MAIN}", displayName: "Current" }, { type: "${MAIN}", displayName: "Previous File" }] : ["${MAIN}"] }}`;

/** The step's outputs: who is missing comes out at one of its own, where only changes are sent. */
export const OUTPUTS: ExpressionString = `={{ [{ type: "${MAIN}", displayName: "Ingestion" }, { type: "${MAIN}", displayName: "Rejected" }].concat(${ONLY_CHANGES} ? [{ type: "${MAIN}", displayName: "Missing" }] : []) }}`;
