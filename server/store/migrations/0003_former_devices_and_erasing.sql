-- What an entry was recorded as, where the browser was another device then.
alter table quarantine add column sealed_as text;

-- 1 where nothing of the file is left but that it was; empty for all others.
alter table customer add column is_erased bigint;
