/**
 * The stand-in broker as a process of its own, over HTTP, with the fault that it is told on its line:
 * what it took and executed survives whatever dies on our side. Prints its port when it listens.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SeededRandom } from '../simulation/seeded-random.ts';
import type { BrokerFault } from './faults.ts';
import { StandInBroker, type BookedOrder, type ListedInstrument } from './stand-in-broker.ts';
import { readOrder, readTerms, type Written } from './wire.ts';
import type { BrokerOrder } from '@nandax/app/ports/broker.ts';
import type { ChangeableTerms } from '@nandax/core/order/order.ts';

/** Longest that something is late, milliseconds: longer than a caller waits. */
const longestDelayMs = 1_200;
const faultChance = 0.5;
/** The market moves this often, milliseconds. */
const tickEveryMs = 150;

const settings = JSON.parse(process.env['BROKER'] ?? '{}') as {
  readonly instrument: ListedInstrument;
  readonly price: number;
  readonly marketTime: number;
};
const { instrument, price, marketTime } = settings;
const broker = new StandInBroker({ instruments: [instrument], placesOnce: true, marketTime });
const random = new SeededRandom(marketTime);
let fault: BrokerFault = 'NONE';
/** Every order that came, with the wall clock, epoch milliseconds. */
const arrivals: { clientOrderId: string; arrivedAt: number }[] = [];

const draw = (): BrokerFault => (random.chance(faultChance) ? fault : 'NONE');
const delay = (): Promise<void> => pause(random.below(longestDelayMs));

setInterval(() => {
  const moved = price + (random.below(41) - 20) * instrument.tickSize;
  broker.tick(instrument.id, Math.round(moved * 100) / 100);
}, tickEveryMs);

const server = createServer((request, response) => {
  void answer(request, response).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '';
  const order = /^\/orders\/(\w+)$/.exec(path);
  if (request.method === 'POST' && path === '/orders') {
    const arrivedAt = Date.now();
    const sent = JSON.parse(await bodyOf(request)) as Written<BrokerOrder>;
    arrivals.push({ clientOrderId: sent.clientOrderId, arrivedAt });
    await serve(response, () => broker.place(readOrder(sent)));
  } else if (order !== null && request.method === 'PUT') {
    const terms = readTerms(JSON.parse(await bodyOf(request)) as Written<ChangeableTerms>);
    await serve(response, () => broker.modify(order[1] ?? '', terms));
  } else if (order !== null && request.method === 'DELETE') {
    await serve(response, () => broker.cancel(order[1] ?? ''));
  } else if (order !== null) {
    await serve(response, () => broker.find(order[1] ?? ''));
  } else if (path === '/orders') {
    await serve(response, () => broker.book);
  } else if (path === '/words') {
    tellWords(response);
  } else if (path === '/arrivals') {
    response.end(JSON.stringify(arrivals));
  } else if (path === '/truth') {
    response.end(JSON.stringify(broker.book));
  } else {
    // What tests say to it: the fault from now on.
    fault = path.slice('/fault/'.length) as BrokerFault;
    response.end();
  }
}

/** Does what was asked and answers it, unless the line has it otherwise. */
async function serve(response: ServerResponse, work: () => unknown): Promise<void> {
  const met = draw();
  const onTheWay = random.chance(0.5);
  if (met === 'DROP' && onTheWay) return;
  if (met === 'DELAY' && onTheWay) await delay();
  const answered = JSON.stringify(work());
  if (met === 'DROP') return;
  if (met === 'DELAY') await delay();
  if (met === 'ERROR') response.writeHead(502);
  response.end(met === 'ERROR' || met === 'GARBAGE' ? '<html>Bad gateway' : answered);
}

/** Every order as it is now, and from then on each change, one a line. */
function tellWords(response: ServerResponse): void {
  const tell = (word: object): void => void response.write(`${JSON.stringify(word)}\n`);
  response.flushHeaders();
  for (const word of broker.book) tell(word);
  const forget = broker.onChange((word: BookedOrder) => {
    const met = draw();
    if (met === 'DROP') return;
    if (met === 'GARBAGE') response.write('{"clientOrderId":\n');
    else if (met === 'DELAY' || met === 'REORDER') void delay().then(() => tell(word));
    else for (let copy = 0; copy < (met === 'DUPLICATE' ? 2 : 1); copy += 1) tell(word);
  });
  response.once('close', forget);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
