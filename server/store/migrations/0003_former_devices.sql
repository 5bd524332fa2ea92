-- What an entry was recorded as, where the browser was another device then.
alter table quarantine add column sealed_as text;
