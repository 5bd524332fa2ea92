-- Every device asks for them whenever it asks what to hold.
create index customer_erased on customer (branch_id, customer_id) where is_erased is not null;
