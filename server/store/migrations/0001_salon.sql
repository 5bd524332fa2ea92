-- One text for SQLite and PostgreSQL: ids and days are text, instants are milliseconds since 1970, truth is 0 or 1.
-- Columns exist for what is searched, joined, summed or constrained; everything else lives in `body`.

-- Its row is the lock that makes version order equal commit order on every engine.
create table branch (
    branch_id        text   not null,
    version          bigint not null,
    epoch            bigint not null,
    durable_version  bigint not null,
    members          bigint not null,
    server_device_id text   not null,
    founded_at       bigint not null,

    constraint branch_key primary key (branch_id)
);

-- Without its people, who are in `staff` beside their credentials. `founded_body` is where verifying begins.
create table salon (
    branch_id    text   not null,
    version      bigint not null,
    body         text   not null,
    founded_body text   not null,

    constraint salon_key primary key (branch_id),
    constraint salon_of_branch foreign key (branch_id) references branch (branch_id)
);

create table staff (
    branch_id           text   not null,
    staff_id            text   not null,
    name                text   not null,
    roles               text   not null,
    is_active           bigint not null,
    password_hash       text,
    pin_hash            text,
    password_generation bigint not null,

    constraint staff_key primary key (branch_id, staff_id),
    constraint staff_of_branch foreign key (branch_id) references branch (branch_id),
    constraint staff_active_is_truth check (is_active in (0, 1))
);

create table device (
    branch_id       text   not null,
    device_id       text   not null,
    scope           text   not null,
    label           text   not null,
    generation      bigint not null,
    status          text   not null,
    cookie_hash     text,
    epoch           bigint not null,
    enrolled_by     text   not null,
    enrolled_at     bigint not null,
    last_contact_at bigint,

    constraint device_key primary key (branch_id, device_id),
    constraint device_of_branch foreign key (branch_id) references branch (branch_id),
    constraint device_cookie unique (branch_id, cookie_hash),
    constraint device_scope_known check (scope in ('treatment', 'desk', 'management')),
    constraint device_status_known check (status in ('active', 'revoked', 'stolen'))
);

create table enrol_code (
    branch_id  text   not null,
    code_hash  text   not null,
    scope      text   not null,
    label      text   not null,
    made_by    text   not null,
    expires_at bigint not null,
    used_at    bigint,

    constraint enrol_code_key primary key (branch_id, code_hash),
    constraint enrol_code_of_branch foreign key (branch_id) references branch (branch_id)
);

create table session (
    branch_id  text   not null,
    token_hash text   not null,
    device_id  text   not null,
    staff_id   text   not null,
    opened_at  bigint not null,
    expires_at bigint not null,

    constraint session_key primary key (branch_id, token_hash),
    constraint session_on_device foreign key (branch_id, device_id) references device (branch_id, device_id),
    constraint session_of_staff foreign key (branch_id, staff_id) references staff (branch_id, staff_id)
);
create index session_by_staff on session (branch_id, staff_id);

-- Without a branch ('') before the salon is founded: the set-up link can be guessed at too.
create table try_count (
    branch_id  text   not null,
    try_key    text   not null,
    started_at bigint not null,
    tries      bigint not null,

    constraint try_count_key primary key (branch_id, try_key)
);

create table customer (
    branch_id   text   not null,
    customer_id text   not null,
    version     bigint not null,
    latest_on   text   not null,
    body        text   not null,

    constraint customer_key primary key (branch_id, customer_id),
    constraint customer_of_branch foreign key (branch_id) references branch (branch_id),
    constraint customer_version unique (branch_id, version)
);
create index customer_by_latest on customer (branch_id, latest_on, customer_id);

-- Worked out from `customer.body`, so nothing refers to it and it refers to nothing.
create table customer_gram (
    branch_id   text not null,
    gram        text not null,
    customer_id text not null,

    constraint customer_gram_key primary key (branch_id, gram, customer_id)
);

create table visit (
    branch_id   text not null,
    visit_id    text not null,
    customer_id text not null,
    on_day      text not null,

    constraint visit_key primary key (branch_id, visit_id, customer_id),
    constraint visit_of_customer foreign key (branch_id, customer_id) references customer (branch_id, customer_id)
);
create index visit_by_day on visit (branch_id, on_day, customer_id);

-- What was applied, as its author made it. Replaying it in order gives every row again.
create table mutation (
    branch_id   text   not null,
    version     bigint not null,
    device_id   text   not null,
    seq         bigint not null,
    received_at bigint not null,
    envelope    text   not null,

    constraint mutation_key primary key (branch_id, version),
    constraint mutation_dot unique (branch_id, device_id, seq)
);

create table ledger (
    branch_id text   not null,
    device_id text   not null,
    seq       bigint not null,
    hash      text   not null,
    outcome   text   not null,
    version   bigint not null,

    constraint ledger_key primary key (branch_id, device_id, seq),
    constraint ledger_of_device foreign key (branch_id, device_id) references device (branch_id, device_id),
    constraint ledger_seq_positive check (seq > 0)
);

-- Numbers that a restore took away and no device holds any more.
create table lost (
    branch_id   text   not null,
    device_id   text   not null,
    from_seq    bigint not null,
    to_seq      bigint not null,
    epoch       bigint not null,
    recorded_at bigint not null,

    constraint lost_key primary key (branch_id, device_id, from_seq),
    constraint lost_on_device foreign key (branch_id, device_id) references device (branch_id, device_id),
    constraint lost_in_order check (0 < from_seq and from_seq <= to_seq)
);

-- The bytes stay sealed with the device's key.
create table quarantine (
    branch_id   text   not null,
    device_id   text   not null,
    seq         bigint not null,
    staff_id    text,
    kind        text,
    reason      text   not null,
    sealed      text   not null,
    received_at bigint not null,

    constraint quarantine_key primary key (branch_id, device_id, seq),
    constraint quarantine_of_entry foreign key (branch_id, device_id, seq) references ledger (branch_id, device_id, seq)
);

-- Ids, kinds and hashes, never contents. Each `link` is the hash of the one before and of this row's words.
create table audit (
    branch_id text   not null,
    number    bigint not null,
    at        bigint not null,
    kind      text   not null,
    device_id text,
    seq       bigint,
    staff_id  text,
    subject   text,
    version   bigint,
    hash      text   not null,
    link      text   not null,

    constraint audit_key primary key (branch_id, number),
    constraint audit_version unique (branch_id, version),
    constraint audit_of_branch foreign key (branch_id) references branch (branch_id)
);
create index audit_by_subject on audit (branch_id, subject, number);
