// The process of an HR database; see hrDatabase.ts. It reads SQL on standard input, runs it, and answers queries on a port.
import { text } from 'node:stream/consumers';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const database = await PGlite.create();
await database.exec(await text(process.stdin));
const server = new PGLiteSocketServer({ db: database, host: '127.0.0.1', port: Number(process.argv[2]) });
await server.start();
process.stdout.write('ready\n');
// It must not outlive the tests.
process.once('disconnect', () => process.exit());
