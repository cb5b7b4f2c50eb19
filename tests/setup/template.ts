/** The database every test database is a copy of: migrated, not seeded. */
export const templateDatabase = 'nandax_template';
