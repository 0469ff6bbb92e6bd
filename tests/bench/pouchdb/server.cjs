// express-pouchdb (what pouchdb-server wraps) over LevelDB on loopback. Usage: node server.cjs <folder>; prints its port.
const [, , folder] = process.argv;
process.chdir(folder);
const PouchDB = require('pouchdb-node').defaults({ prefix: `${folder}/` });
const app = require('express')();
const mode = { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${folder}/log.txt` };
app.use('/', require('express-pouchdb')(PouchDB, mode));
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
