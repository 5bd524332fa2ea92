-- What a manager decided about an entry that was set aside; empty until then.
alter table quarantine add column decided_by text;
alter table quarantine add column decided_at bigint;
