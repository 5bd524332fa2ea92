-- The file in which this one is shown, where both are of one person.
alter table customer add column joined_to text;
create index customer_joined on customer (branch_id, joined_to) where joined_to is not null;
