import type { INodeProperties } from 'n8n-workflow';
import { APPS } from '../../shared/viva/readiness/apps';

/** Option: the app whose needs the rows are counted for. */
export const prepareForOption: INodeProperties = {
	displayName: 'Prepare For',
	name: 'prepareFor',
	type: 'options',
	default: 'none',
	description:
		'The app that will read the data. The step counts whether the rows are what the app needs, and the result says so.',
	builderHint: {
		propertyHint:
			"Set this when the user names the app that will read the data. The result then has readiness.ready: 'yes', 'no', or 'perhaps' where the need of the app is not sure.",
	},
	options: [
		...Object.entries(APPS).map(([value, { displayName: name, description }]) => ({
			name,
			value,
			description,
		})),
		{ name: 'None', value: 'none', description: 'The rows are not counted for an app' },
	].sort((a, b) => a.name.localeCompare(b.name)),
	displayOptions: { show: { '/destination': ['vivaHr', 'organizationalData'] } },
};
