// Loaded into n8n by pollLoad.ts: writes, every second, what the process holds after a full garbage collection.
const { writeFileSync } = require('node:fs');
const v8 = require('node:v8');
const vm = require('node:vm');

const file = process.env.MEMORY_PROBE_FILE;
if (file && process.argv.includes('start')) {
	v8.setFlagsFromString('--expose-gc');
	const collect = vm.runInNewContext('gc');
	setInterval(() => {
		collect();
		const { rss, heapUsed } = process.memoryUsage();
		const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
		writeFileSync(file, JSON.stringify({ rss, heapUsed, timers, at: Date.now() }));
	}, 3000).unref();
}
