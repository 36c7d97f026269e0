// Loaded into n8n by the bench: tells over a loopback port how long its event loop was kept busy.
const { createServer } = require('node:http');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { isMainThread } = require('node:worker_threads');

const port = Number(process.env.LOOP_PROBE_PORT);
if (isMainThread && port && process.argv.includes('start')) {
	const delay = monitorEventLoopDelay({ resolution: 2 });
	delay.enable();
	createServer((request, response) => {
		const inMs = (nanoseconds) => Math.round(nanoseconds / 1e4) / 100;
		const told = { loopP99Ms: inMs(delay.percentile(99)), loopMaxMs: inMs(delay.max) };
		if (request.url === '/reset') delay.reset();
		response.setHeader('connection', 'close');
		response.end(JSON.stringify(told));
	})
		.listen(port, '127.0.0.1')
		.unref();
}
