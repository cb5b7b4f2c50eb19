-- How orders of a search's trials fill; searches of before filled by the defaults.
ALTER TABLE "Optimisation" ADD COLUMN "fillModel" JSONB NOT NULL DEFAULT '{}';
