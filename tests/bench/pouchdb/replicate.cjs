// Replicate documents (one JSON object a line) from memory to a server.
// Usage: node replicate.cjs <file> <server url> <batch size> <how many documents first, untimed>
// Prints {"seconds","written"}: the time of the replication alone, the documents being in the local database before it.
const fs = require('node:fs');
const PouchDB = require('pouchdb-node');
PouchDB.plugin(require('pouchdb-adapter-memory'));

const replicate = async (documents, url, batch) => {
  const local = new PouchDB(url, { adapter: 'memory' });
  await local.bulkDocs(documents);
  await fetch(url, { method: 'PUT' });
  const began = performance.now();
  const result = await local.replicate.to(url, { batch_size: batch, batches_limit: 10 });
  return { seconds: (performance.now() - began) / 1000, written: result.docs_written };
};

const main = async ([file, server, batch, first]) => {
  const documents = fs.readFileSync(file, 'utf8').split('\n').map((line) => JSON.parse(line));
  const begun = Number(first);
  if (begun) await replicate(documents.slice(0, begun), `${server}/first`, Number(batch));
  console.log(JSON.stringify(await replicate(documents.slice(begun), `${server}/records`, Number(batch))));
  process.exit(0);
};

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exit(1);
});
