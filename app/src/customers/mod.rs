//! 顾客: finding a customer, and adding one.

mod customer_row;
mod customers_page;
mod elsewhere;
mod new_customer;

pub use customers_page::CustomersPage;
