import { NodeConnectionTypes, type ExpressionString } from 'n8n-workflow';

const MAIN = NodeConnectionTypes.Main;

/** Whether, by the panel's values, only new rows are sent; hidden fields do not count. */
const ONLY_CHANGES =
	'["send", "validate"].includes($parameter["operation"]) && $parameter["scenario"] !== "employeeProfile" && ($parameter["options"] ?? {})["send"] === "changes"';

/** The step's inputs: the previous file has one of its own, where only changes are sent. */
export const INPUTS: ExpressionString = `={{ ${ONLY_CHANGES} ? [{ type: "${MAIN}", displayName: "Current" }, { type: "${MAIN}", displayName: "Previous File" }] : ["${MAIN}"] }}`;
