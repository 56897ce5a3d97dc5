-- The order in which jobs are listed: what is under way first, then the newest. Thousands of ended jobs are not sorted for
-- the forty that a screen shows.
CREATE INDEX backfill_jobs_in_order ON backfill_jobs (
    (CASE state WHEN 'running' THEN 0 WHEN 'queued' THEN 1 WHEN 'paused' THEN 2 ELSE 3 END), id DESC
);
