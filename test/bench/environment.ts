import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import type { Environment } from './results';

/**
 * Describes this machine and what runs on it.
 * @param others further versions, e.g. `n8n 2.41.1`
 */
export function describeEnvironment(others: string[] = []): Environment {
	const processors = cpus();
	const memory = Math.round(totalmem() / 1024 ** 3);
	const tools = [versionOf('zip', /Zip (\d+\.\d+)/), versionOf('curl', /curl (\d+\.\d+\.\d+)/)];
	return {
		day: new Date().toISOString().slice(0, 10),
		machine: `${processors.length} cores (${processors[0]?.model.trim() ?? 'unknown'}), ${memory} GB, ${system()}`,
		versions: [`Node ${process.versions.node}`, ...others, ...tools].join(', '),
		load: Math.round((loadavg()[0] / processors.length) * 100) / 100,
	};
}

function versionOf(tool: string, pattern: RegExp): string {
	return `${tool} ${pattern.exec(execFileSync(tool, ['--version'], { encoding: 'utf8' }))?.[1] ?? '?'}`;
}

function system(): string {
	try {
		const name = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
		if (name) return name;
	} catch {
		// not every Linux has it
	}
	return process.platform;
}
