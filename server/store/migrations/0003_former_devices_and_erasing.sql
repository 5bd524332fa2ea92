-- What an entry was recorded as, where the browser was another device then.
alter table quarantine add column sealed_as text;

-- 1 where nothing of the file is left but that it was; empty for all others.
alter table customer add column is_erased bigint;

-- What was handed in for a device that the browser no longer was, by what it was recorded as: however it comes again, it is known.
create table handed_over (
    branch_id text   not null,
    device_id text   not null,
    seq       bigint not null,
    hash      text   not null,
    outcome   text   not null,

    constraint handed_over_key primary key (branch_id, device_id, seq, hash),
    constraint handed_over_of_branch foreign key (branch_id) references branch (branch_id)
);
