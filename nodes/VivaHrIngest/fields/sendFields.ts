import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import { sendChoice } from '../../shared/n8n/fields/tableFields';
import { firstPanel, shortPanel } from '../../shared/n8n/fields/panelVersions';

type Shown = NonNullable<IDisplayOptions['show']>;

const dataOperations = { operation: ['upload', 'validate'] };

const everybodyOrChanges = sendChoice({
	description: 'Which people of the input are sent',
	everything: 'All people of the input',
	changes: "New and changed people only, compared with last time's file at a second input",
});

/** Option: which people are sent. */
export const sendOption: INodeProperties = {
	...everybodyOrChanges,
	displayOptions: { show: { ...shortPanel, '/destination': ['vivaHr', 'organizationalData'] } },
};

const NOTICE =
	"Connect the file of the last import to the input 'Previous File'. As long as there is none, everybody counts as new.";
const INCREMENTAL =
	'Changes are sent as an incremental refresh, so import everything once as a full refresh before.';

function notices(where: Shown, suffix: string): INodeProperties[] {
	const notice = (name: string, displayName: string, destination: string): INodeProperties => ({
		displayName,
		name: `${name}${suffix}`,
		type: 'notice',
		default: '',
		displayOptions: { show: { ...dataOperations, ...where, destination: [destination] } },
	});
	return [
		notice('changesNotice', `${NOTICE} ${INCREMENTAL}`, 'vivaHr'),
		notice('profileChangesNotice', NOTICE, 'organizationalData'),
	];
}

/** The field of the first panel, and what either panel says where only changes are sent. */
export const sendFields: INodeProperties[] = [
	{
		...everybodyOrChanges,
		displayOptions: {
			show: { ...firstPanel, ...dataOperations, destination: ['vivaHr', 'organizationalData'] },
		},
	},
	...notices({ ...firstPanel, send: ['changes'] }, ''),
	...notices({ ...shortPanel, '/options.send': ['changes'] }, 'OfOption'),
];

/**
 * The options that only make sense where changes are sent: one for each panel, since they look at different fields.
 * @param option as it is shown
 */
export const whereChangesAreSent = (option: INodeProperties): INodeProperties[] => [
	{ ...option, displayOptions: { show: { ...firstPanel, '/send': ['changes'] } } },
	{ ...option, displayOptions: { show: { ...shortPanel, send: ['changes'] } } },
];
