import type { Evidence } from '../../core/evidence';
import type { Limit, OrganizationalDataAttribute, VivaHrAttribute } from '../attributes/attributes';
import type { DestinationId } from '../service/destinations';

/** Apps that read what a destination has imported, by the names that workflows store. */
export type AppId = 'copilotDashboard' | 'vivaInsights' | 'workforceInsights' | 'glint' | 'peopleSkills';

/** An attribute that an app needs. Only a documented need can stop an import. */
export interface Need<Name extends string = string> extends Evidence {
	attribute: Name;
	/** what a row with a value has, for sentences */
	has: string;
	/** of the rows that are sent, so many need a value; 0 where no number is known, so that one value is enough */
	percent: number;
	/** why the need is not sure, for one that is not documented */
	doubt?: string;
}

interface Needs {
	vivaHr?: ReadonlyArray<Need<VivaHrAttribute>>;
	organizationalData?: ReadonlyArray<Need<OrganizationalDataAttribute>>;
}

/** What one app needs of an import. */
export interface App {
	displayName: string;
	/** for the panel */
	description: string;
	/** by destination; the documents name no other one from which the app reads */
	needs: Partial<Record<DestinationId, readonly Need[]>>;
	/** different values that a custom attribute of texts may have */
	valuesPerCustomAttribute?: Limit;
	maximumCustomAttributes?: Limit;
	/** what is not known of the app's needs, in a sentence */
	unknown?: string;
}

const FIRST_IMPORT = { source: 'B4', certainty: 'documented' } as const;

const GOOD_QUALITY = {
	percent: 95,
	doubt: 'Microsoft calls more than 95 % good and names no limit',
	source: 'A12, B4',
	certainty: 'inferred',
} as const;

const NO_NUMBER = { percent: 0, source: 'B4', certainty: 'inferred' } as const;

const COPILOT_DASHBOARD: Needs = {
	vivaHr: [
		{ attribute: 'PersonId', has: 'an address of the person', percent: 100, ...FIRST_IMPORT },
		{ attribute: 'ManagerId', has: 'a manager', percent: 95, ...FIRST_IMPORT },
		{ attribute: 'Organization', has: 'an organization', percent: 95, ...FIRST_IMPORT },
	],
	organizationalData: [
		{ attribute: 'Microsoft_PersonEmail', has: 'an address of the person', percent: 100, ...FIRST_IMPORT },
		{ attribute: 'Microsoft_ManagerEmail', has: 'a manager', percent: 95, ...FIRST_IMPORT },
		{ attribute: 'Microsoft_Organization', has: 'an organization', percent: 95, ...FIRST_IMPORT },
	],
};

const VIVA_INSIGHTS: Needs = {
	vivaHr: [
		{ attribute: 'ManagerId', has: 'a manager', ...GOOD_QUALITY },
		{ attribute: 'Organization', has: 'an organization', ...GOOD_QUALITY },
	],
	organizationalData: [
		{ attribute: 'Microsoft_ManagerEmail', has: 'a manager', ...GOOD_QUALITY },
		{ attribute: 'Microsoft_Organization', has: 'an organization', ...GOOD_QUALITY },
	],
};

const GLINT: Needs = {
	organizationalData: [
		{
			attribute: 'Microsoft_GlintEmploymentStatus',
			has: 'an employment status',
			doubt: 'Microsoft names the attribute, but no share of people',
			...NO_NUMBER,
		},
	],
};

const PEOPLE_SKILLS: Needs = {
	organizationalData: [
		{
			attribute: 'Microsoft_UserSkillNames',
			has: 'skills',
			doubt: 'the app uses no other attribute, but no share of people is named',
			...NO_NUMBER,
		},
	],
};

/** Every app by its id. What the documents do not say is a warning, and says so. */
export const APPS: Readonly<Record<AppId, App>> = {
	copilotDashboard: {
		displayName: 'Copilot Dashboard',
		description: 'At the first import, all rows need the person, and 95 % a manager and an organization',
		needs: COPILOT_DASHBOARD,
	},
	glint: {
		displayName: 'Viva Glint',
		description: 'Employment status, and a limit of custom attributes; the rest of its needs is not known',
		needs: GLINT,
		maximumCustomAttributes: { value: 123, source: 'B4', certainty: 'documented' },
		unknown: 'The other attributes that it needs are not known.',
	},
	peopleSkills: {
		displayName: 'People Skills',
		description: 'Needs the skills of people',
		needs: PEOPLE_SKILLS,
		unknown: 'Whether the names are those of the skills library, only Microsoft can tell.',
	},
	vivaInsights: {
		displayName: 'Viva Insights',
		description: 'Needs managers and organizations; a warning below 95 %, which Microsoft calls good',
		needs: VIVA_INSIGHTS,
	},
	workforceInsights: {
		displayName: 'Workforce Insights',
		description: 'Takes at most 100 different values in each custom attribute',
		needs: { organizationalData: [] },
		valuesPerCustomAttribute: { value: 100, source: 'B4', certainty: 'documented' },
	},
};

/** Whether an app has a limit of attributes of its own. */
export const hasOwnLimit = (app: AppId | undefined): boolean =>
	app !== undefined && APPS[app].maximumCustomAttributes !== undefined;
