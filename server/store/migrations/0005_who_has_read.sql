-- Who has had whose file before her. A chain of its own: it grows with every look, and a customer may ask for her part of it.
create table reading (
    branch_id   text   not null,
    number      bigint not null,
    customer_id text   not null,
    staff_id    text   not null,
    device_id   text,
    how         text   not null,
    at          bigint not null,
    received_at bigint not null,
    link        text   not null,

    constraint reading_key primary key (branch_id, number),
    constraint reading_of_branch foreign key (branch_id) references branch (branch_id)
);
create index reading_by_customer on reading (branch_id, customer_id, number);
