import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ChokePointStage, type Shutter } from '../kit/choke-point-stage.ts';
import { drives, type Drive } from './order-drives.ts';
import { passages, type EntryPoint } from './order-paths.ts';

const open: Shutter = { scope: 'PORTFOLIO', state: 'ACTIVE' };

const shutters: readonly Shutter[] = [
  { scope: 'PORTFOLIO', state: 'REDUCING' },
  { scope: 'USER', state: 'REDUCING' },
  { scope: 'PLATFORM', state: 'REDUCING' },
  { scope: 'PORTFOLIO', state: 'HALTED' },
  { scope: 'USER', state: 'HALTED' },
  { scope: 'PLATFORM', state: 'HALTED' },
];

const rows = Object.entries(drives).flatMap(([entry, list]) =>
  list.map((drive) => ({ entry, drive, name: `${entry}: ${drive.what}` })),
);

/** The call of the broker that a drive comes to where it passes. */
const callOf = { ENTRY: 'place', EXIT: 'place', CHANGE: 'modify', CANCEL: 'cancel' } as const;

function passes({ kind }: Drive, { state }: Shutter): boolean {
  if (state === 'ACTIVE' || kind === 'CANCEL') return true;
  return state === 'REDUCING' && kind === 'EXIT';
}

/** The files whose functions make orders for an entry point, by the static list. */
function filesOf(entry: string): readonly string[] {
  return passages.flatMap(({ callers }) =>
    Object.entries(callers).flatMap(([caller, entries]) =>
      entries.includes(entry as EntryPoint) ? [caller.split(' ')[0] ?? ''] : [],
    ),
  );
}

test('every entry point of the static list is driven', () => {
  const listed = passages.flatMap(({ callers }) => Object.values(callers).flat());
  const entries = new Set(listed.filter((entry) => entry !== 'a passage'));
  const driven = Object.entries(drives).flatMap(([entry, { length }]) =>
    length > 0 ? [entry] : [],
  );
  expect([...entries].filter((entry) => !driven.includes(entry))).toEqual([]);
});

describe('the one choke point', () => {
  let stage: ChokePointStage;

  beforeAll(async () => {
    stage = await ChokePointStage.open();
  });
  beforeEach(() => stage.reset());
  afterAll(() => stage.close());

  /** Drives it with trading shut as told; gives what the broker was asked for. */
  async function drive({ before, act }: Drive, shutter: Shutter): Promise<readonly string[]> {
    await before?.(stage);
    await stage.shut(shutter);
    const asked = stage.broker.calls.length;
    stage.writtenBy.length = 0;
    await act(stage);
    await stage.deliver();
    const words = stage.broker.calls.slice(asked).map((call) => call.split(' ')[0] ?? '');
    return words.filter((word) => ['place', 'modify', 'cancel'].includes(word));
  }

  const orders = () => stage.world.database.prisma.order;

  test.each(rows)('is passed by $name', async ({ entry, drive: row }) => {
    const asked = await drive(row, open);
    if (row.restsIn?.includes('ACTIVE') === true) return;
    expect(new Set(asked)).toEqual(new Set([callOf[row.kind]]));
    const files = filesOf(entry);
    const byOther = stage.writtenBy.filter((stack) => !files.some((file) => stack.includes(file)));
    if (files.length > 0) {
      expect(stage.writtenBy).not.toEqual([]);
      expect(byOther).toEqual([]);
    }
    // The door leaves its mark in the trail; nothing reaches the broker without one.
    const sent = await orders().findMany({ where: { status: { not: 'CANCELLED' } } });
    const marks = await stage.world.database.prisma.auditEvent.count({
      where: { action: 'ORDER_PLACED', entityId: { in: sent.map(({ id }) => id) } },
    });
    expect(marks).toBe(sent.length);
  });

  describe.each(shutters)('$state for the $scope', (shutter) => {
    test.each(rows)('$name', async ({ drive: row }) => {
      const { kind, restsIn, passedBefore } = row;
      const asked = await drive(row, shutter);
      const rests = restsIn?.some((state) => state === shutter.state) === true;
      if (passes(row, shutter) && !rests) {
        expect(new Set(asked)).toEqual(new Set([callOf[kind]]));
        return;
      }
      expect(asked).toEqual([]);
      const denied = await orders().count({ where: { status: 'DENIED' } });
      // It came to the door and was turned away there, with the reason written down.
      if ((kind === 'ENTRY' || kind === 'EXIT') && !rests) expect(denied).toBeGreaterThan(0);
      if (passedBefore === true) expect(stage.writtenBy).toEqual([]);
    });
  });
});
