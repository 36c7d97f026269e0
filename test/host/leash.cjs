// Loaded into n8n before it starts: when the process that started it is gone, however it went, so is n8n.
// Its end of the pipe on standard input closes at that moment.
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
	const end = () => process.kill(-process.pid, 'SIGKILL');
	process.stdin.once('close', end);
	process.stdin.once('error', end);
	process.stdin.resume();
	process.stdin.unref();
}
