import { setBench, type Bench } from './bench';
import { testChanges } from './changes';
import { testColumns } from './columns';
import { testCredentials } from './credentials';
import { testExample, testFailingExample } from './example';
import { testFailures } from './failures';
import { testFuse } from './fuse';
import { testHttpRequest } from './httpRequest';
import { testPlayground } from './playground';
import { testReadiness } from './readiness';
import { testSecrets } from './secrets';
import { testUploads } from './uploads';

// One file, because starting n8n takes longer than most tests: one n8n and one emulator serve them all.
describe('in a real n8n', () => {
	let running: Bench | undefined;
	const bench = (): Bench => {
		if (!running) throw new Error('n8n was not started; see the first error of this run.');
		return running;
	};

	beforeAll(async () => {
		running = await setBench();
	});
	beforeEach(() => {
		running?.emulator.reset();
		running?.forgetSent();
	});
	afterAll(async () => await running?.close());

	testExample(bench);
	testFailingExample(bench);
	testPlayground(bench);
	testCredentials(bench);
	testHttpRequest(bench);
	testUploads(bench);
	testColumns(bench);
	testReadiness(bench);
	testFuse(bench);
	testChanges(bench);
	testFailures(bench);
	testSecrets(bench);
});
