// Runs a server as another user, and ends it when the process that started this one is gone, however it went:
// node leashed.cjs <signal> <uid> <gid> <command> <argument>…; a uid of -1 leaves the user as it is.
const { spawn } = require('node:child_process');

const [signal, uid, gid, command, ...args] = process.argv.slice(2);
const user = Number(uid) < 0 ? {} : { uid: Number(uid), gid: Number(gid) };
const child = spawn(command, args, { ...user, cwd: '/', stdio: ['ignore', 'inherit', 'inherit'] });
const end = () => {
	child.kill(signal);
	setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
};
process.once('SIGTERM', end);
// The other end of the pipe closes when that process ends.
process.stdin.once('close', end);
process.stdin.once('error', end);
process.stdin.resume();
child.once('error', (error) => {
	process.stderr.write(`${error.message}\n`);
	process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
