import { PurviewHrApi } from '../../../credentials/PurviewHrApi.credentials';
import { VivaHrApi } from '../../../credentials/VivaHrApi.credentials';

// n8n refuses to save a blank field that is required and shown, before it puts in the values of CREDENTIALS_OVERWRITE_DATA.
it.each([new VivaHrApi(), new PurviewHrApi()])(
	'$displayName can be left blank where another field decides',
	({ properties }) => {
		const dependent = properties.filter(({ displayOptions }) => displayOptions);
		expect(dependent.length).toBeGreaterThan(3);
		expect(dependent.filter(({ required }) => required).map(({ name }) => name)).toEqual([]);
	},
);
