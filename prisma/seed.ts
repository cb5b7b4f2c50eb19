import { systemClock } from '@nandax/adapters/clock/system-clock.ts';
import { systemIds } from '@nandax/adapters/clock/system-ids.ts';
import { readEnvironment } from '@nandax/adapters/env/environment.ts';
import { openDatabase } from '@nandax/adapters/postgres/open-database.ts';
import { seedReferenceData } from './seed-reference-data.ts';

/** `npm run db:seed`: loads the bundled reference data and sample into the database. */
const database = await openDatabase(readEnvironment());
try {
  await seedReferenceData(database.directUrl, { ids: systemIds(), clock: systemClock });
  process.stdout.write('The bundled data is in the database.\n');
} finally {
  await database.release();
}
