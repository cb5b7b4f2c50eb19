/**
 * Container health check without curl: ends with 0 where the address answers with 2xx or 3xx.
 *
 *   node deploy/check-health.mjs http://127.0.0.1:3000/login
 *   node deploy/check-health.mjs http://127.0.0.1:3001/graphql '{ __typename }'   (asks by POST)
 */
import { request } from 'node:http';

const [address, query] = process.argv.slice(2);
const options =
  query === undefined
    ? { method: 'GET' }
    : { method: 'POST', headers: { 'content-type': 'application/json' } };

request(address, options, (response) => {
  process.exit(response.statusCode < 400 ? 0 : 1);
})
  .on('error', (error) => {
    console.error(error.message);
    process.exit(1);
  })
  .end(query === undefined ? undefined : JSON.stringify({ query }));
