-- What a manager decided about an entry that was set aside; empty until then.
alter table quarantine add column decided_by text;
alter table quarantine add column decided_at bigint;

-- What the device last said of itself.
alter table device add column report text;
alter table device add column report_at bigint;
