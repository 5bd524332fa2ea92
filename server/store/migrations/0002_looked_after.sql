-- What a manager decided about an entry that was set aside; empty until then.
alter table quarantine add column decided_by text;
alter table quarantine add column decided_at bigint;

-- What the device last said of itself.
alter table device add column report text;
alter table device add column report_at bigint;

-- The last backup: when, and whether it lies on another medium than the data.
alter table branch add column backed_up_at bigint;
alter table branch add column backup_is_apart bigint;
