-- Which of a PostgreSQL's histories the rows belong to: another one after a standby has taken over.
alter table branch add column timeline text;
