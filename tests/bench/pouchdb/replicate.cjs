// Put documents (one JSON object a line) into a local database in memory and replicate them, step after step.
// Usage: node replicate.cjs <file with a job, see client_jobs.py>. Prints a list of {"began","ended","seconds"}.
const fs = require('node:fs');
const PouchDB = require('pouchdb-node');
PouchDB.plugin(require('pouchdb-adapter-memory'));

const seconds = () => performance.now() / 1000;
const origin = performance.timeOrigin / 1000;

const replicate = async (local, remote, job, expected) => {
  const result = await local.replicate.to(remote, { batch_size: job.batch, batches_limit: 10 });
  if (result.docs_written !== expected) throw new Error(`${result.docs_written} of ${expected} were written`);
};

const step = async (local, remote, job, documents) => {
  const put = async () => documents.length && local.bulkDocs(documents);
  if (!job.keeping) await put();
  const began = seconds();
  if (job.keeping) await put();
  await replicate(local, remote, job, documents.length);
  const ended = seconds();
  return { began: origin + began, ended: origin + ended, seconds: ended - began };
};

const main = async (file) => {
  const job = JSON.parse(fs.readFileSync(file, 'utf8'));
  const documents = fs.readFileSync(job.records, 'utf8').split('\n').map((line) => JSON.parse(line));
  const local = new PouchDB(job.address, { adapter: 'memory' });
  const remote = new PouchDB(job.address);
  await remote.info(); // makes the database
  const timings = [];
  for (const count of job.steps) timings.push(await step(local, remote, job, documents.splice(0, count)));
  console.log(JSON.stringify(timings));
  process.exit(0);
};

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exit(1);
});
